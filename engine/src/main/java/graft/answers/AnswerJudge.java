package graft.answers;

import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.onnx.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the best answer of all windows of a question against those that are right. */
public final class AnswerJudge implements Judge {
    private final AnswerTargets targets;
    private final BestSpans[] found;
    /** By window, so that the sum does not depend on the order in which they come. */
    private final double[] losses;

    private long windows;
    private int firstNotFinite = Integer.MAX_VALUE;

    public AnswerJudge(AnswerTargets targets) {
        this.targets = targets;
        this.found = new BestSpans[targets.questions().size()];
        this.losses = new double[targets.windows().size()];
    }

    @Override
    public double add(Map<String, Values> answers, int[] examples, int real) {
        SpanScores said = SpanScores.of(answers);
        for (int i = 0; i < real; i++) {
            int window = examples[i];
            int question = targets.question()[window];
            float[][] scores = said.of(i, targets.tokens(window).length());
            found[question] = found[question] == null ? new BestSpans() : found[question];
            found[question].add(
                    targets.questions().get(question).passage().text(),
                    targets.windows().get(window),
                    scores,
                    targets.longest());
            int[] places = targets.places()[window];
            losses[window] = (crossEntropy(scores[0], places[0]) + crossEntropy(scores[1], places[1])) / 2;
            windows++;
            if (!Double.isFinite(losses[window])) {
                firstNotFinite = Math.min(firstNotFinite, window);
            }
        }
        return Double.NaN; // an answer is the best of several windows
    }

    private static double crossEntropy(float[] scores, int place) {
        double most = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - most);
        }
        return most + Math.log(sum) - scores[place];
    }

    @Override
    public Judge merge(Judge other) {
        if (!(other instanceof AnswerJudge more) || more.losses.length != losses.length) {
            throw new IllegalArgumentException("two judges of different targets");
        }
        for (int i = 0; i < losses.length; i++) {
            losses[i] += more.losses[i]; // each window was judged once, and is 0 where it was not
        }
        for (int q = 0; q < found.length; q++) {
            found[q] =
                    found[q] == null ? more.found[q] : more.found[q] == null ? found[q] : found[q].and(more.found[q]);
        }
        windows += more.windows;
        firstNotFinite = Math.min(firstNotFinite, more.firstNotFinite);
        return this;
    }

    @Override
    public Evaluation done() {
        List<Question> questions = targets.questions();
        boolean mayBeNone = questions.stream().anyMatch(Question::impossible);
        boolean chosen = targets.threshold().kind() == Threshold.Kind.CHOSEN;
        double threshold = chosen
                ? NoAnswer.threshold(questions, found)
                : targets.threshold().value();
        boolean never = targets.threshold().kind() == Threshold.Kind.NEVER;
        AnswerCounts counts = new AnswerCounts(mayBeNone);
        for (int q = 0; q < found.length; q++) {
            if (found[q] == null) {
                continue; // not asked
            }
            BestSpans spans = found[q];
            boolean none = spans.isEmpty() || spans.missing() > threshold;
            Optional<Candidate> best =
                    none ? Optional.empty() : Optional.of(spans.best().get(0));
            String passage = questions.get(q).passage().text();
            counts.add(
                    questions.get(q),
                    Optional.of(best.map(it -> passage.substring(it.from(), it.to()))
                            .orElse("")),
                    best,
                    none ? spans.none() : spans.probabilities(!never)[0]);
        }
        double loss = Arrays.stream(losses).sum() / Math.max(1, windows);
        return counts.done(
                never ? null : threshold, chosen, loss, firstNotFinite == Integer.MAX_VALUE ? -1 : firstNotFinite);
    }
}
