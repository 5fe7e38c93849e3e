package graft.predict;

import graft.data.Examples;
import graft.evaluate.Answers;
import graft.evaluate.Evaluator;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Answers that are classes. */
final class ClassReplies implements Replies {
    private final PredictionPlan plan;
    private final Evaluator evaluator;
    private final Answers answers;

    ClassReplies(NetworkFile network, PredictionPlan plan) {
        this.plan = plan;
        this.evaluator = Evaluator.open(network, plan.reading(), plan.threads());
        this.answers = evaluator.answers();
    }

    @Override
    public List<Reply> to(Examples examples, IntConsumer done, Progress progress) {
        Answers.Portion said = answers.to(examples, done, progress);
        return IntStream.range(0, examples.size())
                .mapToObj(i -> said.failed().containsKey(i)
                        ? Reply.none(said.failed().get(i))
                        : new Reply(said.predicted()[i], said.probabilities()[i], Optional.empty()))
                .toList();
    }

    @Override
    public Layout layout(List<String> told) {
        return Layout.of(answers.classes().orElseThrow(), told, plan.top(), plan.probabilities());
    }

    @Override
    public List<String> remarks() {
        return answers.remarks();
    }

    @Override
    public void close() {
        evaluator.close();
    }
}
