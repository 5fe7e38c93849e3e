package graft.predict;

import graft.data.Examples;
import graft.judge.Spotter;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Answers that are places in texts. */
final class SpanReplies implements Replies {
    private static final int BATCH = 16;

    private final Function<Examples, Spotter> spotting;
    private final Batches batches;
    private final int top;
    private boolean ranked;

    SpanReplies(NetworkFile network, PredictionPlan plan, Function<Examples, Spotter> spotting) {
        this.spotting = spotting;
        this.batches = new Batches(network, plan, BATCH, true);
        this.top = plan.top();
    }

    @Override
    public List<Reply> to(Examples given, IntConsumer done, Progress progress) {
        Examples examples = batches.fed(given);
        Spotter spotter = spotting.apply(examples);
        ranked = spotter.ranks();
        batches.ask(examples, done, progress, (said, asked, real) -> spotter.add(said, asked, real));
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
        return batches.remarks();
    }

    @Override
    public void close() {
        batches.close();
    }
}
