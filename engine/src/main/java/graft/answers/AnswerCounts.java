package graft.answers;

import graft.data.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Adds up, question by question, what was answered and what is right. */
final class AnswerCounts {
    private static final int RESAMPLES = 1000;
    /** Draws in all, so that very many questions take no longer. */
    private static final long MOST_DRAWS = 20_000_000;

    private static final int WORST = 50;
    private static final String ANSWER = "answer";

    private final boolean mayBeNone;
    private final List<AnswerEvaluation.Asked> asked = new ArrayList<>();
    private final List<AnswerEvaluation.Marked> marked = new ArrayList<>();

    /** @param mayBeNone whether there are questions without an answer: SQuAD 2.0's rules */
    AnswerCounts(boolean mayBeNone) {
        this.mayBeNone = mayBeNone;
    }

    /**
     * @param answer "" for none; empty where nothing is said of the question, which is never right
     * @param place of it; empty where it is not known, or there is none
     */
    void add(Question question, Optional<String> answer, Optional<Candidate> place, Double probability) {
        List<String> golds = question.golds().stream().map(Gold::text).toList();
        String said = answer.orElse("");
        SquadScore.Right right =
                answer.isPresent() ? SquadScore.of(said, golds, mayBeNone) : new SquadScore.Right(false, 0);
        asked.add(new AnswerEvaluation.Asked(
                question.name(), question.text(), golds, said, probability, right.f1(), right.exact()));
        marked.add(new AnswerEvaluation.Marked(
                question.name(),
                question.text(),
                question.passage().text(),
                question.golds().stream()
                        .map(gold -> new Span(gold.start(), gold.end(), ANSWER))
                        .distinct()
                        .toList(),
                place.map(at -> new Span(at.from(), at.to(), ANSWER)).stream().toList(),
                said,
                probability,
                right.f1()));
    }

    /**
     * @param loss mean over windows
     * @param notFinite the first example whose answer is no number; −1 where there is none
     */
    AnswerEvaluation done(Double threshold, boolean chosen, double loss, int notFinite) {
        List<AnswerEvaluation.Group> groups = new ArrayList<>();
        if (mayBeNone) {
            groups.add(group("answerable", each -> !each.gold().isEmpty()));
            groups.add(group("no answer", each -> each.gold().isEmpty()));
        }
        marked.sort(Comparator.comparingDouble(AnswerEvaluation.Marked::f1));
        AnswerEvaluation.Group all = group("all", each -> true);
        return new AnswerEvaluation(
                all.f1(),
                all.exact(),
                interval(),
                groups,
                threshold,
                chosen,
                List.copyOf(asked),
                marked.stream().filter(each -> each.f1() < 1).limit(WORST).toList(),
                List.copyOf(marked),
                loss,
                notFinite);
    }

    private AnswerEvaluation.Group group(String name, java.util.function.Predicate<AnswerEvaluation.Asked> of) {
        int n = 0;
        double f1 = 0;
        int exact = 0;
        for (AnswerEvaluation.Asked each : asked) {
            if (of.test(each)) {
                n++;
                f1 += each.f1();
                exact += each.exact() ? 1 : 0;
            }
        }
        return new AnswerEvaluation.Group(name, n, n == 0 ? 0 : f1 / n, n == 0 ? 0 : (double) exact / n);
    }

    /** Percentiles of the F1 of questions drawn with replacement (Efron 1979); always the same for the same answers. */
    private double[] interval() {
        int n = asked.size();
        if (n == 0) {
            return new double[] {0, 1};
        }
        double[] f1 = asked.stream().mapToDouble(AnswerEvaluation.Asked::f1).toArray();
        int resamples = (int) Math.max(100, Math.min(RESAMPLES, MOST_DRAWS / n));
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += f1[random.nextInt(n)];
            }
            means[r] = sum / n;
        }
        Arrays.sort(means);
        return new double[] {means[(int) (0.025 * resamples)], means[(int) (0.975 * resamples)]};
    }
}
