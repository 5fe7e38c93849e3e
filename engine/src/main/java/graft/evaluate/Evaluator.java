package graft.evaluate;

import graft.data.DataSet;
import graft.data.Examples;
import graft.inference.OrtSession;
import graft.meaning.ClassOrder;
import graft.meaning.Classifier;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** Judges a network's file as it would run after shipping: through ONNX Runtime. Closed by whoever opened it. */
public final class Evaluator implements AutoCloseable {
    /** Examples at once, where the file does not fix how many. */
    public static final int USUAL_BATCH = 32;

    private static final String JUDGING = "judging examples";

    private final Path file;
    private final Reading reading;
    private final Classifier classifier;
    private final OrtSession session;

    private Evaluator(NetworkFile opened, Reading reading, int threads) {
        this.file = opened.path();
        this.reading = reading;
        this.classifier = Classifier.of(file, opened.model(), reading);
        this.session = classifier.open(threads);
    }

    /** Opens a network's file. {@code threads} 0 = one per core. The caller closes the evaluator. */
    public static Evaluator open(Path file, int threads) {
        return open(file, Reading.USUAL, threads);
    }

    /** The same, with what the user says of the file. */
    public static Evaluator open(Path file, Reading reading, int threads) {
        return open(NetworkFile.at(file), reading, threads);
    }

    /** The same for a file that may have been read. */
    public static Evaluator open(NetworkFile file, Reading reading, int threads) {
        return new Evaluator(file, reading, threads);
    }

    /** Judges by the validation part of {@code data}. */
    public Evaluation evaluate(DataSet data, Progress progress) {
        return Evaluation.of(predict(data.classes(), data.val(), progress));
    }

    /**
     * Runs every example once, without augmentation.
     *
     * @param classes names of the labels of {@code examples}; {@link ClassOrder} says which output is which
     */
    public Predictions predict(List<String> classes, Examples given, Progress progress) {
        Examples examples = given.fedTo(file, classifier.inputs());
        List<String> remarks = new ArrayList<>(classifier.lines());
        int batch = classifier.batch(session, examples, USUAL_BATCH, remarks::add);
        boolean full = classifier.fixedBatch().isPresent();
        int n = examples.size();
        Rows rows = null;
        ClassOrder order = null;
        int[] predicted = new int[n];
        float[][] probabilities = new float[n][];
        float[][] outputs = new float[n][];
        for (int from = 0; from < n; from += batch) {
            if (progress.isCancelled()) {
                throw new CancellationException("judging " + file + " was cancelled");
            }
            int used = Math.min(batch, n - from);
            Values answers = run(examples, from, used, full ? batch : used);
            if (rows == null) {
                rows = Rows.of(classifier, answers, full ? batch : used, classes.size());
                order = ClassOrder.of(file, classifier.model(), classifier.answer(), rows.classes(), classes, reading);
                rows.remark(order.names()).ifPresent(remarks::add);
                order.remark().ifPresent(remarks::add);
            }
            for (int i = 0; i < used; i++) {
                float[] row = rows.row(answers, i, examples.place(from + i));
                predicted[from + i] = Rows.largest(row);
                probabilities[from + i] = rows.probabilities(row);
                outputs[from + i] = row;
            }
            progress.stage(JUDGING, from + used, n);
        }
        int[] outputOf = order.outputOf();
        String only = order.names().get(predicted[0]);
        boolean several = IntStream.range(0, n).map(examples::label).distinct().count() > 1;
        if (several && IntStream.of(predicted).distinct().count() == 1) {
            remarks.add("It answers " + only + " for every one of the " + n
                    + " examples. Either it learnt nothing that tells"
                    + " these classes apart, or the examples are prepared in another way than it learnt them (--scale,"
                    + " --mean, --std, --channels, --size).");
        }
        return new Predictions(
                order.names(),
                IntStream.range(0, n).mapToObj(examples::name).toList(),
                IntStream.range(0, n).map(i -> outputOf[examples.label(i)]).toArray(),
                predicted,
                probabilities,
                outputs,
                List.copyOf(remarks));
    }

    /** A file with a fixed batch size gets its last batch filled up with the last example. */
    private Values run(Examples examples, int from, int used, int batch) {
        int[] indices =
                IntStream.range(0, batch).map(i -> from + Math.min(i, used - 1)).toArray();
        return session.run(
                examples.inputs(indices, Examples.PLAIN), classifier.answer().scores());
    }

    @Override
    public void close() {
        session.close();
    }
}
