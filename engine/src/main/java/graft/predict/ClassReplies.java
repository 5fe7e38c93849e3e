package graft.predict;

import graft.data.Examples;
import graft.evaluate.Answers;
import graft.evaluate.Evaluator;
import graft.novelty.Novelty;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Answers that are classes. */
final class ClassReplies implements Replies {
    private final PredictionPlan plan;
    private final Evaluator evaluator;
    private final Answers answers;
    private final Optional<Novelty> novelty;

    ClassReplies(NetworkFile network, PredictionPlan plan) {
        this.plan = plan;
        this.evaluator = Evaluator.open(network, plan.reading(), plan.threads());
        this.answers = evaluator.answers();
        this.novelty = Novelty.open(network, plan.reading(), plan.threads());
    }

    @Override
    public List<Reply> to(Examples examples, IntConsumer done, Progress progress) {
        Answers.Portion said = answers.to(examples, done, progress);
        Optional<double[]> strangeness = novelty.map(known -> known.of(examples, Progress.NONE));
        return IntStream.range(0, examples.size())
                .mapToObj(i -> said.failed().containsKey(i)
                        ? Reply.none(said.failed().get(i))
                        : new Reply(
                                said.predicted()[i],
                                said.probabilities()[i],
                                strangeness.map(of -> OptionalDouble.of(of[i])).orElse(OptionalDouble.empty()),
                                Optional.empty()))
                .toList();
    }

    @Override
    public Layout layout(List<String> told) {
        return Layout.of(answers.classes().orElseThrow(), told, plan.top(), plan.probabilities(), novelty.isPresent());
    }

    @Override
    public List<String> remarks() {
        return answers.remarks();
    }

    @Override
    public void close() {
        novelty.ifPresent(Novelty::close);
        evaluator.close();
    }
}
