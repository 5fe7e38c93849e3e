package graft.meaning;

import graft.data.Examples;
import graft.data.OneInput;
import graft.inference.BatchTrial;
import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.RandomNumbers;
import graft.onnx.SubGraph;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A network's file as one that classifies: inputs for the examples, one tensor with a number per class.
 *
 * @param original what the file holds
 * @param model the same in inference mode and with the inputs fixed that take no examples; {@code original} itself where
 *     nothing had to change
 * @param lines for the user: what was changed, and which output counts
 */
public record Classifier(
        Path file, Model original, Model model, List<ValueInfo> inputs, Answer answer, List<String> lines) {

    /** How the line begins that says that answers depend on their batch. */
    public static final String ONE_BY_ONE = "Examples go through ";

    public static Classifier read(Path file, Reading reading) {
        return of(file, OnnxFile.read(file), reading);
    }

    /** @param file for messages, and where nothing has to change, what is run */
    public static Classifier of(Path file, Model original, Reading reading) {
        List<String> lines = new ArrayList<>();
        Model model = TrainingMode.off(FixedInputs.apply(file, original, reading.inputs(), lines), lines);
        Answer answer = Answer.of(file, model, reading);
        answer.inWords().ifPresent(lines::add);
        RandomNumbers.remark(model.graph()).ifPresent(lines::add);
        return new Classifier(file, original, model, model.graph().inputs(), answer, List.copyOf(lines));
    }

    /** The input that takes examples of one tensor each; refused where there are several. */
    public ValueInfo input() {
        return OneInput.of(file, inputs);
    }

    /** One that answers with what is below a last softmax, where there is one. */
    public Classifier ofLogits() {
        Answer below = new Answer(
                answer.output(), Logits.below(model.graph(), answer.scores()), answer.labelMakers(), answer.dropped());
        return new Classifier(file, original, model, inputs, below, lines);
    }

    /** How a file that was made from {@link #model} is to be read. */
    public Reading reading() {
        return Reading.ofOutput(Optional.of(answer.output()));
    }

    /** Numbers per example that the network answers with; found by asking it. */
    public int outputs(Examples examples) {
        int batch = fixedBatch().orElse(1);
        try (OrtSession session = open(0)) {
            long[] shape = session.run(
                            examples.fedTo(file, inputs).inputs(new int[batch], Examples.PLAIN), answer.scores())
                    .shape();
            long all = 1;
            for (long axis : shape) {
                all *= axis;
            }
            return Math.toIntExact(all / batch);
        }
    }

    /** Whether {@link #model} is another than the file's. */
    public boolean isChanged() {
        return model != original;
    }

    /** The model whose only output is the scores. */
    public Model scoring() {
        return SubGraph.cut(model, Set.of(), List.of(answer.scores()), Map.of());
    }

    /** Ready to answer; the file itself where it answers with scores. The caller closes it. */
    public OrtSession open(int threads) {
        boolean asItIs = !isChanged() && original.graph().outputNames().contains(answer.scores());
        return asItIs ? OrtSession.open(file, threads) : OrtSession.open(scoring(), threads);
    }

    /** The batch that the file fixes; empty where it is free. */
    public Optional<Integer> fixedBatch() {
        return inputs.get(0)
                .shape()
                .filter(shape -> !shape.isEmpty()
                        && shape.get(0).isFixed()
                        && shape.get(0).size() > 0)
                .map(shape -> Math.toIntExact(shape.get(0).size()));
    }

    /**
     * How many examples go through at once: the file's own number; {@code usual} where it is free and a few of the examples
     * are answered the same together as alone; else one.
     *
     * @param told gets the reason, in words
     */
    public int batch(Examples examples, int usual, java.util.function.Consumer<String> told) {
        if (fixedBatch().isPresent()) {
            return fixedBatch().get();
        }
        try (OrtSession session = open(0)) {
            return batch(session, examples, usual, told);
        }
    }

    /** As above, with a session that is open already. */
    public int batch(OrtSession session, Examples examples, int usual, java.util.function.Consumer<String> told) {
        if (fixedBatch().isPresent()) {
            return fixedBatch().get();
        }
        Optional<String> difference = BatchTrial.of(session, List.of(answer.scores()), examples, tolerance());
        difference.ifPresent(how -> told.accept(ONE_BY_ONE + file.getFileName() + " one by one: " + how));
        return difference.isPresent() ? 1 : usual;
    }

    private double tolerance() {
        boolean half = model.graph().initializers().values().stream()
                .anyMatch(tensor -> tensor.type() == graft.onnx.ElementType.FLOAT16);
        return half ? BatchTrial.HALF_TOLERANCE : BatchTrial.TOLERANCE;
    }
}
