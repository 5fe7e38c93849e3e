package graft.predict;

import graft.data.Examples;
import graft.inference.OrtSession;
import graft.meaning.Classifier;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/** Asks a network about examples, as many at once as it takes. Closed by whoever made it. */
final class Batches implements AutoCloseable {
    /** Takes what the network's file answers with. */
    interface Taker {
        /**
         * @param examples numbers of those that were asked about
         * @param real how many of them count
         */
        void take(Map<String, Values> said, int[] examples, int real);
    }

    private final Path file;
    private final Classifier read;
    private final OrtSession session;
    private final List<String> remarks;
    private final int most;
    private final boolean every;
    private int batch;

    /**
     * @param most examples at once
     * @param every whether all outputs are asked for, where the user names none: else the one that answers
     */
    Batches(NetworkFile network, PredictionPlan plan, int most, boolean every) {
        this.file = network.path();
        this.read = Classifier.of(file, network.model(), plan.reading());
        this.every = every && plan.reading().output().isEmpty() && !read.isChanged();
        this.session = this.every ? OrtSession.open(file, plan.threads()) : read.open(plan.threads());
        this.remarks = new ArrayList<>(read.lines());
        if (this.every) {
            read.answer().inWords().ifPresent(remarks::remove); // none is left aside
        }
        this.most = most;
        this.batch = read.fixedBatch().orElse(0);
    }

    Classifier read() {
        return read;
    }

    /** What was assumed so far. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    Examples fed(Examples given) {
        return given.fedTo(file, read.inputs());
    }

    /**
     * @param examples as {@link #fed} gives them
     * @param done is told after each batch how many of them are answered
     */
    void ask(Examples examples, IntConsumer done, Progress progress, Taker taker) {
        if (batch == 0 && examples.size() > 1) {
            batch = read.batch(session, examples, most, remarks::add);
        }
        int[] order = examples.bySize();
        int atOnce = Math.max(1, batch);
        for (int from = 0; from < order.length; from += atOnce) {
            if (progress.isCancelled()) {
                throw new CancellationException("asking " + file + " was cancelled");
            }
            int real = Math.min(atOnce, order.length - from);
            int[] asked =
                    Arrays.copyOfRange(order, from, from + read.fixedBatch().orElse(real));
            Arrays.fill(asked, real, asked.length, asked[real - 1]); // padding
            taker.take(said(examples.inputs(asked, Examples.PLAIN)), asked, real);
            done.accept(from + real);
        }
    }

    private Map<String, Values> said(Map<String, Values> inputs) {
        return every
                ? session.run(inputs)
                : Map.of(
                        read.answer().scores(),
                        session.run(inputs, read.answer().scores()));
    }

    @Override
    public void close() {
        session.close();
    }
}
