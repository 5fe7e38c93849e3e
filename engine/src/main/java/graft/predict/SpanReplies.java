package graft.predict;

import graft.data.Examples;
import graft.inference.OrtSession;
import graft.judge.Spotter;
import graft.meaning.Classifier;
import graft.network.Head;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Answers that are places in texts. */
final class SpanReplies implements Replies {
    private static final int BATCH = 16;

    private final NetworkFile network;
    private final Function<Examples, Spotter> spotting;
    private final Classifier read;
    private final OrtSession session;
    private final List<String> remarks;
    private final int top;
    private int batch;
    private boolean ranked;

    SpanReplies(NetworkFile network, PredictionPlan plan, Function<Examples, Spotter> spotting) {
        this.network = network;
        this.spotting = spotting;
        this.read = Classifier.of(network.path(), network.model(), plan.reading());
        this.session = read.open(plan.threads());
        this.remarks = new ArrayList<>(read.lines());
        this.top = plan.top();
        this.batch = read.fixedBatch().orElse(0);
    }

    @Override
    public List<Reply> to(Examples given, IntConsumer done, Progress progress) {
        Examples examples = given.fedTo(network.path(), read.inputs());
        if (batch == 0 && examples.size() > 1) {
            batch = read.batch(session, examples, BATCH, remarks::add);
        }
        Spotter spotter = spotting.apply(examples);
        ranked = spotter.ranks();
        int[] order = examples.bySize();
        int most = Math.max(1, batch);
        for (int from = 0; from < order.length; from += most) {
            if (progress.isCancelled()) {
                throw new CancellationException("asking " + network.path() + " was cancelled");
            }
            int real = Math.min(most, order.length - from);
            int[] asked =
                    Arrays.copyOfRange(order, from, from + read.fixedBatch().orElse(real));
            Arrays.fill(asked, real, asked.length, asked[real - 1]); // padding
            Values said = session.run(
                    examples.inputs(asked, Examples.PLAIN), read.answer().scores());
            spotter.add(Map.of(Head.LOGITS, said), asked, real);
            done.accept(from + real);
        }
        return spotter.done().stream()
                .map(each -> each.failed().map(Reply::none).orElseGet(() -> Reply.of(each)))
                .toList();
    }

    @Override
    public Layout layout(List<String> told) {
        return ranked ? Layout.ofAnswers(top) : Layout.ofSpans(told);
    }

    @Override
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public void close() {
        session.close();
    }
}
