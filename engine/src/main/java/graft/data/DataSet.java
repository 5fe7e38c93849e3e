package graft.data;

import graft.onnx.ElementType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Labelled examples, in a part to learn from and a part to judge by.
 *
 * @param classes names by label
 * @param test examples that are judged once, at the end of a run, and choose nothing
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
        List<Skipped> skipped,
        List<Remark> remarks,
        String fingerprint) {

    /** The same data in the element type of a network's input. */
    public DataSet as(ElementType type) {
        return new DataSet(
                source,
                classes,
                train.as(type),
                val.as(type),
                test.map(examples -> examples.as(type)),
                skipped,
                remarks,
                fingerprint);
    }
}
