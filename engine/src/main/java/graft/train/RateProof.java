package graft.train;

import ai.djl.ndarray.NDManager;
import graft.onnx.Tensor;
import graft.progress.Progress;
import graft.train.RateFinder.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleFunction;

/**
 * Whether a rate can be gone on with: some steps at it, from where a run would start. A range test alone cannot tell: where the
 * first losses are huge, its smoothed curve still falls while the network is already lost.
 */
final class RateProof {
    private static final int STEPS = 30;
    /** What the loss became is the mean of the last ones, held against that of the same examples before anything learnt. */
    private static final int JUDGED = 10;

    private static final int TRIALS = 6;
    private static final double NEXT = 1 / 3.0;
    /** Examples are dropped out and mixed by chance: less of a fall is none. */
    private static final double FELL = 0.99;
    /** So near to the loss of guessing, in parts of it, is guessing. */
    private static final double APART = 0.02;

    private final StageRoom room;
    private final Map<String, Tensor> start;
    private final double factor;
    private final Progress progress;

    /**
     * @param start values of what learns
     * @param factor what the stage makes of a rate
     */
    RateProof(StageRoom room, Map<String, Tensor> start, double factor, Progress progress) {
        this.room = room;
        this.start = start;
        this.factor = factor;
        this.progress = progress;
    }

    /** Tries this rate, and thirds of it until one of them learns. */
    List<Trial> from(double rate) {
        double before = mean(0, STEPS - JUDGED);
        double guessing = room.problem().guessing();
        return from(rate, guessing, lr -> trial(lr, before, mean(lr, 0), guessing));
    }

    static List<Trial> from(double rate, double guessing, DoubleFunction<Trial> tried) {
        List<Trial> out = new ArrayList<>();
        for (double lr = rate; out.size() < TRIALS; lr *= NEXT) {
            Trial trial = tried.apply(lr);
            double last = out.isEmpty() ? Double.POSITIVE_INFINITY : end(out.get(out.size() - 1), guessing);
            out.add(trial);
            // Where smaller steps only fall less far, it is not the rate that keeps the loss up.
            if (trial.learns() || last < trial.before() && last <= end(trial, guessing)) {
                break;
            }
        }
        return out;
    }

    /** The first rate that learns; where none does, the one at which the loss ended lowest without being that of guessing. */
    static Trial best(List<Trial> trials, double guessing) {
        Trial last = trials.get(trials.size() - 1);
        if (last.learns()) {
            return last;
        }
        return trials.stream()
                .reduce((a, b) -> end(b, guessing) <= end(a, guessing) ? b : a)
                .orElse(last);
    }

    private static double end(Trial trial, double guessing) {
        return trial.after() == null || fellToGuessing(trial.before(), trial.after(), guessing)
                ? Double.POSITIVE_INFINITY
                : trial.after();
    }

    /** A network that answers all examples alike learns no more. */
    private static boolean fellToGuessing(double before, double after, double guessing) {
        return before > guessing * (1 + APART) && Math.abs(after - guessing) <= guessing * APART;
    }

    /** @param guessing loss of who knows nothing; NaN where that is not known */
    static Trial trial(double lr, double before, double after, double guessing) {
        return Double.isFinite(after)
                ? new Trial(lr, before, after, after < before * FELL && !fellToGuessing(before, after, guessing))
                : new Trial(lr, before, null, false);
    }

    /** The mean loss of the last steps of so many, at a constant rate from the start; not finite where one of them was not. */
    private double mean(double lr, int first) {
        double sum = 0;
        try (NDManager own = room.manager().newSubManager()) {
            Learner learner = new Learner(room.plan(), room.problem(), room.part(), start, Map.of(), 0, own);
            TrialSteps steps = new TrialSteps(room.plan(), room.problem(), learner);
            int done = first;
            while (done < STEPS) {
                if (progress.isCancelled()) {
                    throw new CancellationException("at step " + done);
                }
                for (Learner.Done step : steps.next(done, STEPS, s -> lr * factor)) {
                    if (!Double.isFinite(step.loss())) {
                        return step.loss();
                    }
                    sum += done++ < STEPS - JUDGED ? 0 : step.loss();
                }
                progress.stage("proving the learning rate", done, STEPS);
            }
        }
        return sum / JUDGED;
    }
}
