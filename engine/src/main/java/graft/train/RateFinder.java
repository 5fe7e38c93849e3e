package graft.train;

import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.network.Network;
import graft.onnx.NetworkFile;
import graft.onnx.Tensor;
import graft.ops.TorchEngine;
import graft.problem.Problem;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.Recipe;
import graft.run.Recipes;
import graft.run.RunFolder;
import graft.task.Task;
import graft.task.TaskTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

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
    /** Of a test before a run: with a frozen body they cost no time, and else they do not cost much of a run. */
    private static final int STEPS = 100;
    /** One order of the examples may be lucky or not: where steps cost no time, the middle one of three counts. */
    private static final int ORDERS = 3;
    /** The loss as it is smoothed reaches its lowest point late, when the rate is already too high to go on with. */
    private static final double OF_THE_LOWEST = 1 / 3.0;
    /** A fall of the loss is one where it is so many times the scatter of the losses before it. */
    private static final double SCATTERS = 3;

    private RateFinder() {}

    /**
     * One step.
     *
     * @param lr as {@code --lr} takes it
     * @param loss of the step; {@code smoothed}: with those before it, later ones weighing more
     */
    public record Point(double lr, double loss, double smoothed) {}

    /**
     * Some steps at one rate, from where a run starts.
     *
     * @param lr as {@code --lr} takes it
     * @param before mean loss of the last of these steps' examples before anything learns
     * @param after of these steps; null where a loss was no finite number
     * @param learns whether it fell, and not to that of guessing where it began above
     */
    public record Trial(double lr, double before, Double after, boolean learns) {}

    /**
     * What was found.
     *
     * @param suggestion for {@code --lr} of a run by the same plan: the careful choice, for long runs, proved by {@code trials};
     *     null where the loss fell nowhere
     * @param brisk a third of the rate at which the loss was lowest, at most 0.3, in two digits: for runs of some ten epochs; null
     *     likewise, and where more than the head learns
     * @param curve a point per step, until the loss ran away; of the first order of the examples, where several were tried
     * @param trials what the curve said first, and thirds of it until one learnt; empty where the loss fell nowhere
     */
    public record Found(Double suggestion, Double brisk, List<Point> curve, List<Trial> trials) {
        /** Heads gain nothing beyond; a body, which then learns at a tenth, is lost. */
        public static final double MOST = 0.3;

        /**
         * For a head that a body is to learn below, in two digits: the geometric middle of the two, at most the brisk one. A head that
         * learnt at the brisk rate is so sure that its first gradients throw the body off, whatever the body's own rate.
         */
        Double below() {
            return suggestion == null || brisk == null || suggestion >= brisk
                    ? brisk
                    : (Double) BigDecimal.valueOf(Math.sqrt(suggestion * brisk))
                            .round(new MathContext(2))
                            .doubleValue();
        }
    }

    /**
     * A rate was chosen before a run.
     *
     * @param tested whether by the test; false where the loss fell nowhere, so that it is the usual one
     * @param ofBody whether the body learns too, which bears a tenth of what was found for the head
     */
    public record Chosen(double lr, int steps, boolean tested, boolean ofBody) implements Event {
        @Override
        public String kind() {
            return "rate_chosen";
        }

        @Override
        public String line() {
            String rate = "Learning rate " + PlanOptions.LEARNING_RATE.kind().text(lr);
            if (!tested) {
                return rate + ", as usual: in a range test over " + steps + " steps the loss fell nowhere.";
            }
            return rate
                    + (ofBody
                            ? ", a tenth of what a range test over " + steps + " steps chose for the head."
                            : ", chosen by a range test over " + steps + " steps.");
        }
    }

    /**
     * The plan with a number where it leaves the learning rate to a test; itself where it says one. The head alone is tried, on a
     * frozen body, which costs hardly more than its features once. A run of the head alone gets the brisk rate; where a body learns too,
     * the head gets one that is nearer to the careful one, and a body bears a tenth of that, as in recipes.
     *
     * @throws graft.Refusal saying what stands in the way
     * @throws CancellationException where it was cancelled
     */
    public static FineTuningPlan settled(FineTuningPlan plan, NetworkFile file, Progress progress) {
        return plan.isRateToBeChosen()
                ? settled(plan, TaskTable.of(plan.data(), plan.get(PlanOptions.TASK)), file, progress)
                : plan;
    }

    static FineTuningPlan settled(FineTuningPlan plan, Task task, NetworkFile file, Progress progress) {
        if (!plan.isRateToBeChosen()) {
            return plan;
        }
        if (plan.isAtOnce()) {
            return plan.with(PlanOptions.LEARNING_RATE, PlanOptions.LEARNING_RATE.usual());
        }
        RunFolder.requireFree(plan);
        String head = PlanOptions.TRAINABLE.usual();
        // What is not used here is not proved either: the test is to cost little of a run.
        Found found = find(plan.ofHeadAlone(), task, file, STEPS, false, progress);
        boolean alone = plan.get(PlanOptions.RECIPE)
                .map(Recipes::isOfHeadAlone)
                .orElse(plan.get(PlanOptions.TRAINABLE).equals(head));
        boolean ofBody = !alone && plan.get(PlanOptions.RECIPE).isEmpty();
        Double chosen = alone ? found.brisk() : found.below();
        double rate = chosen == null ? PlanOptions.LEARNING_RATE.usual() : ofBody ? Recipe.ofBody(chosen) : chosen;
        progress.report(new Chosen(rate, STEPS, chosen != null, ofBody));
        return plan.with(PlanOptions.LEARNING_RATE, rate);
    }

    /**
     * Looks for a rate, and proves the careful one by some steps at it.
     *
     * @param steps of the test
     * @throws graft.Refusal saying what stands in the way
     */
    public static Found find(FineTuningPlan plan, NetworkFile file, int steps, Progress progress) {
        return find(plan, TaskTable.of(plan.data(), plan.get(PlanOptions.TASK)), file, steps, true, progress);
    }

    private static Found find(
            FineTuningPlan plan, Task task, NetworkFile file, int steps, boolean proved, Progress progress) {
        if (plan.isAtOnce()) {
            throw new Refusal("No rate is looked for where no step is taken: " + plan.network()
                    + " gets its head at once by this plan. Leave out --recipe to try rates.");
        }
        FineTuningPlan asked = plan.isRateToBeChosen()
                ? plan.with(PlanOptions.LEARNING_RATE, PlanOptions.LEARNING_RATE.usual())
                : plan;
        FineTuner.Given given = FineTuner.given(asked, task, file, progress);
        RunParts parts = given.parts(Further.NONE, progress);
        FineTuningPlan stage = parts.plan().alone(parts.plan().stages().get(0));
        // Of a recipe, --lr is the rate of the head; what its first stage makes of it is undone in what is suggested.
        double factor = stage.get(PlanOptions.LEARNING_RATE) / asked.get(PlanOptions.LEARNING_RATE);
        Network network = parts.selected(stage);
        try (NDManager manager = TorchEngine.start(
                asked.get(PlanOptions.THREADS), asked.computing().device())) {
            Optional<StageRoom> opened = StageRoom.open(parts, stage, network, Map.of(), manager);
            if (opened.isEmpty()) {
                throw new CancellationException("while features were computed");
            }
            try (StageRoom room = opened.get()) {
                Map<String, Tensor> start = room.part()
                        .values(TrainingLoop.learnt(stage, room.problem().network()));
                List<List<Point>> curves = new ArrayList<>();
                int orders = 1;
                while (curves.size() < orders) {
                    try (NDManager own = room.manager().newSubManager()) {
                        Learner learner = new Learner(stage, room.problem(), room.part(), start, Map.of(), 0, own);
                        // Where each step costs a pass through the network, one order has to do.
                        orders = learner.head().isPresent() && learner.view(0) == 0 ? ORDERS : 1;
                        curves.add(sweep(stage, learner, room.problem(), factor, steps, curves.size(), progress));
                    }
                }
                // A body that learns so fast loses what it knew.
                boolean headAlone = stage.get(PlanOptions.TRAINABLE).equals(PlanOptions.TRAINABLE.usual());
                Double said = middle(curves, RateFinder::suggestion);
                List<Trial> trials =
                        said == null || !proved ? List.of() : new RateProof(room, start, factor, progress).from(said);
                return new Found(
                        trials.isEmpty()
                                ? said
                                : (Double) RateProof.best(trials, room.problem().guessing())
                                        .lr(),
                        headAlone ? middle(curves, RateFinder::brisk) : null,
                        curves.get(0),
                        trials);
            }
        }
    }

    /** The median of what the orders say; nothing where most of them say nothing. */
    static Double middle(List<List<Point>> curves, Function<List<Point>, Double> rule) {
        return curves.stream()
                .map(rule)
                .sorted(Comparator.nullsFirst(Comparator.naturalOrder()))
                .toList()
                .get(curves.size() / 2);
    }

    /** @param number of the order that examples come in, from 0 */
    private static List<Point> sweep(
            FineTuningPlan stage,
            Learner learner,
            Problem problem,
            double factor,
            int steps,
            int number,
            Progress progress) {
        int perEpoch = TrialSteps.perEpoch(stage, problem);
        int begun = number * ((steps + perEpoch - 1) / perEpoch) * perEpoch;
        TrialSteps trial = new TrialSteps(stage, problem, learner);
        List<Point> out = new ArrayList<>();
        double average = 0;
        double weight = 0;
        double best = Double.POSITIVE_INFINITY;
        while (out.size() < steps) {
            if (progress.isCancelled()) {
                throw new CancellationException("at step " + out.size());
            }
            for (Learner.Done step :
                    trial.next(begun + out.size(), begun + steps, s -> rate(s - begun, steps) * factor)) {
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

    /** Null where the loss fell by no more than it scattered while the rates were too small to change anything. */
    static Double brisk(List<Point> curve) {
        if (curve.size() < LEAST_POINTS) {
            return null;
        }
        // The first ones are means of a few steps only.
        int from = curve.size() / 6;
        double[] before = curve.subList(from, curve.size() / 2).stream()
                .mapToDouble(Point::smoothed)
                .toArray();
        double mean = Arrays.stream(before).average().orElseThrow();
        double scatter = Math.sqrt(Arrays.stream(before)
                .map(loss -> (loss - mean) * (loss - mean))
                .average()
                .orElseThrow());
        Point lowest = curve.subList(from, curve.size()).stream()
                .min(Comparator.comparingDouble(Point::smoothed))
                .orElseThrow();
        return mean - lowest.smoothed() < SCATTERS * scatter
                ? null
                : Recipe.inTwoDigits(Math.min(Found.MOST, lowest.lr() * OF_THE_LOWEST));
    }
}
