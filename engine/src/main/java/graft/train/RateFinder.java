package graft.train;

import ai.djl.ndarray.NDManager;
import graft.judge.Judge;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.onnx.NetworkFile;
import graft.ops.TorchEngine;
import graft.problem.Problem;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.task.TaskTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Looks for a learning rate by a short run in which it grows from step to step (L. N. Smith, "Cyclical Learning Rates for Training
 * Neural Networks", 2015, section 3.3). What learns is what the first stage of the plan lets learn; nothing is written.
 */
public final class RateFinder {
    static final double FIRST = 1e-6;
    static final double LAST = 10;
    private static final double BETA = 0.9;
    /** A loss so many times the best one has run away (fastai's LRFinder). */
    private static final double RUN_AWAY = 4;

    private static final int LEAST_POINTS = 12;

    private RateFinder() {}

    /**
     * One step.
     *
     * @param lr as {@code --lr} takes it
     * @param loss of the step; {@code smoothed}: with those before it, later ones weighing more
     */
    public record Point(double lr, double loss, double smoothed) {}

    /**
     * What was found.
     *
     * @param suggestion for {@code --lr} of a run by the same plan; null where the loss fell nowhere
     * @param curve a point per step, until the loss ran away
     */
    public record Found(Double suggestion, List<Point> curve) {}

    /**
     * @param steps of the test
     * @throws graft.Refusal saying what stands in the way
     */
    public static Found find(FineTuningPlan asked, NetworkFile file, int steps, Progress progress) {
        FineTuner.Given given =
                FineTuner.given(asked, TaskTable.of(asked.data(), asked.get(PlanOptions.TASK)), file, progress);
        RunParts parts = given.parts(progress);
        FineTuningPlan stage = parts.plan().alone(parts.plan().stages().get(0));
        // Of a recipe, --lr is the rate of the head; what its first stage makes of it is undone in what is suggested.
        double factor = stage.get(PlanOptions.LEARNING_RATE) / asked.get(PlanOptions.LEARNING_RATE);
        Network network = TrainableSpec.apply(parts.headed(), stage.get(PlanOptions.TRAINABLE));
        try (NDManager manager = TorchEngine.start(
                asked.get(PlanOptions.THREADS), asked.computing().device())) {
            Optional<StageRoom> opened = StageRoom.open(parts, stage, network, Map.of(), manager);
            if (opened.isEmpty()) {
                throw new CancellationException("while features were computed");
            }
            try (StageRoom room = opened.get()) {
                List<Point> curve = sweep(stage, room, factor, steps, progress);
                return new Found(suggestion(curve), curve);
            }
        }
    }

    private static List<Point> sweep(
            FineTuningPlan stage, StageRoom room, double factor, int steps, Progress progress) {
        Problem problem = room.problem();
        Learner learner = new Learner(
                stage,
                problem,
                room.part(),
                room.part().values(TrainingLoop.learnt(stage, problem.network())),
                Map.of(),
                0,
                room.manager());
        int perEpoch = (problem.train().size() + stage.stepSize() - 1) / stage.stepSize();
        Judge judge = problem.judge().apply(problem.train().targets());
        List<Point> out = new ArrayList<>();
        double average = 0;
        double weight = 0;
        double best = Double.POSITIVE_INFINITY;
        while (out.size() < steps) {
            if (progress.isCancelled()) {
                throw new CancellationException("at step " + out.size());
            }
            int done = out.size();
            int first = done % perEpoch;
            int left = Math.min(perEpoch - first, steps - done);
            int[] order = problem.sampling().order(done / perEpoch);
            for (Learner.Done step :
                    learner.advance(order, first, left, done / perEpoch, s -> rate(done + s, steps) * factor, judge)) {
                if (!Double.isFinite(step.loss())) {
                    return out;
                }
                average = BETA * average + (1 - BETA) * step.loss();
                weight = BETA * weight + 1 - BETA;
                double smoothed = average / weight;
                out.add(new Point(rate(out.size(), steps), step.loss(), smoothed));
                best = Math.min(best, smoothed);
                if (smoothed > RUN_AWAY * best) {
                    return out;
                }
            }
            progress.stage("trying learning rates", out.size(), steps);
        }
        return out;
    }

    /** Grows by the same factor from step to step. */
    static double rate(int step, int steps) {
        return FIRST * Math.pow(LAST / FIRST, (double) step / Math.max(1, steps - 1));
    }

    /**
     * The middle of the second third of the longest valley: of the longest sequence of ever lower smoothed losses. It is fastai's
     * rule {@code valley}, which their own trials found to be right most often; null where there is no valley to speak of.
     */
    static Double suggestion(List<Point> curve) {
        List<Point> all =
                curve.subList(curve.size() / 10, Math.max(curve.size() / 10, curve.size() - curve.size() / 20));
        if (all.size() < LEAST_POINTS) {
            return null;
        }
        int[] longest = new int[all.size()];
        int end = 0;
        for (int i = 0; i < all.size(); i++) {
            longest[i] = 1;
            for (int j = 0; j < i; j++) {
                if (all.get(i).smoothed() < all.get(j).smoothed()) {
                    longest[i] = Math.max(longest[i], longest[j] + 1);
                }
            }
            end = longest[i] > longest[end] ? i : end;
        }
        if (longest[end] < LEAST_POINTS / 2) {
            return null;
        }
        double third = longest[end] / 3.0;
        return all.get(Math.max(0, end - longest[end] + (int) third + (int) (third / 2)))
                .lr();
    }
}
