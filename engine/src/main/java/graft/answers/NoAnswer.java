package graft.answers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses when a question is left without an answer, as {@code find_best_thresh} of SQuAD 2.0's program does: by the best F1. It
 * lies in the middle between the last question that is answered and the first that is not, so that no rounding turns one over.
 */
final class NoAnswer {
    /** How far beside all of them. */
    private static final double BEYOND = 0.5;

    private NoAnswer() {}

    /** @param gain of answering it over leaving it: F1 of its answer, or minus what leaving it is worth */
    private record Step(double missing, double gain) {}

    /** @param found by question; null where it was not asked */
    static double threshold(List<Question> questions, BestSpans[] found) {
        List<Step> steps = new ArrayList<>();
        for (int q = 0; q < found.length; q++) {
            if (found[q] == null || found[q].isEmpty() || !Double.isFinite(found[q].missing())) {
                continue;
            }
            Question question = questions.get(q);
            Candidate best = found[q].best().get(0);
            String said = question.passage().text().substring(best.from(), best.to());
            List<String> golds = question.golds().stream().map(Gold::text).toList();
            double answered = SquadScore.of(said, golds, true).f1();
            double left = SquadScore.of("", golds, true).f1();
            steps.add(new Step(found[q].missing(), answered - left));
        }
        steps.sort(Comparator.comparingDouble(Step::missing));
        // Below all of them: none is answered.
        double best = steps.isEmpty() ? 0 : steps.get(0).missing() - BEYOND;
        double most = 0;
        double gain = 0;
        for (int i = 0; i < steps.size(); i++) {
            gain += steps.get(i).gain();
            double here = steps.get(i).missing();
            double next =
                    i + 1 == steps.size() ? here + 2 * BEYOND : steps.get(i + 1).missing();
            if (next > here && gain > most) {
                most = gain;
                best = (here + next) / 2;
            }
        }
        return best;
    }
}
