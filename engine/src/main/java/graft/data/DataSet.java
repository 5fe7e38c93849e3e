package graft.data;

import graft.Refusal;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Labelled examples, in a part to learn from and a part to judge by.
 *
 * @param classes names by label; empty where there are no classes
 * @param test examples that are judged once, at the end of a run, and choose nothing
 * @param encoder how examples become inputs
 * @param skipped files that were left out
 * @param remarks what may mislead
 * @param fingerprint SHA-256 over names, labels and content, in hexadecimal: a data set that changed has another one
 */
public record DataSet(
        Path source,
        List<String> classes,
        Examples train,
        Examples val,
        Optional<Examples> test,
        Encoder encoder,
        List<Skipped> skipped,
        List<Remark> remarks,
        String fingerprint) {

    /** What the file of a network that learnt from them says of them: how examples become inputs, and names of classes. */
    public Map<String, String> notes() {
        Map<String, String> out = new LinkedHashMap<>(encoder.notes());
        if (!classes.isEmpty()) {
            out.put(ClassNames.KEY, ClassNames.toMetadata(classes));
        }
        return out;
    }

    /** @throws Refusal where there is no such part, saying which there are */
    public Examples part(Parts part) {
        return switch (part) {
            case TRAIN -> train;
            case VAL -> val;
            case TEST ->
                test.orElseThrow(
                        () -> new Refusal(source + " has no test part, only train and val. Judge one of these with"
                                + " --part, or add the test part: a folder test/ with the class folders of train/, lines of a split"
                                + " test, or the arrays x_test and y_test."));
        };
    }

    /**
     * The same data as a network's inputs take them.
     *
     * @param file the network's, for messages
     * @throws graft.Refusal where they do not fit
     */
    public DataSet fedTo(Path file, List<ValueInfo> inputs) {
        return new DataSet(
                source,
                classes,
                train.fedTo(file, inputs),
                val.fedTo(file, inputs),
                test.map(examples -> examples.fedTo(file, inputs)),
                encoder,
                skipped,
                remarks,
                fingerprint);
    }

    /** What is learnt from left out: only what is judged is of use. */
    public DataSet judgedAlone() {
        return new DataSet(source, classes, val, val, test, encoder, skipped, remarks, fingerprint);
    }

    /** The same examples with something else to be answered, which is no class. */
    public DataSet answering(Function<Examples, Targets> what) {
        return new DataSet(
                source,
                List.of(),
                train.withTargets(what.apply(train)),
                val.withTargets(what.apply(val)),
                test.map(examples -> examples.withTargets(what.apply(examples))),
                encoder,
                skipped,
                remarks,
                fingerprint);
    }

    /** The same examples, which become inputs as before but mean something else to a network. */
    public DataSet with(Encoder other) {
        return new DataSet(source, classes, train, val, test, other, skipped, remarks, fingerprint);
    }

    /** Other examples of the same source, which have no classes. */
    public DataSet with(Examples learntFrom, Examples judgedBy) {
        return new DataSet(
                source, List.of(), learntFrom, judgedBy, Optional.empty(), encoder, skipped, remarks, fingerprint);
    }
}
