package graft.train;

import ai.djl.ndarray.NDManager;
import graft.features.LabelledFeatures;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.judge.Score;
import graft.network.Network;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.problem.ClosedForm;
import graft.problem.Problem;
import graft.progress.Progress;
import graft.run.Checkpoint;
import graft.run.Checkpoints;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.Epoch;
import graft.run.PlanOptions;
import graft.run.Position;
import graft.run.TrainingEvents;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through one stage of a run step by step, from its start or from a checkpoint; can stop and go on between any two steps. */
final class TrainingLoop {
    private final FineTuningPlan plan;
    private final Problem problem;
    private final LabelledFeatures train;
    private final TrainablePart part;
    private final Optional<Shown> shown;
    private final Checkpoints checkpoints;
    private final Map<String, String> provenance;
    private final Progress progress;

    private final Set<String> learnt;
    /** What earlier stages learnt, and this one does not. */
    private final Map<String, Tensor> kept;

    private final Learner learner;
    private final Validation validation;
    /** Of another domain; chooses nothing. */
    private final Optional<Validation> target;

    private final Passes passes;
    private final NDManager manager;

    private Position position;
    private Map<String, Tensor> best;
    private boolean stopped;
    private Divergence divergence;
    /** Of the steps of this epoch. */
    private Judge judge;

    /**
     * @param plan of this stage alone
     * @param shown what the network is asked to show
     * @param manager owns what the loop keeps
     * @param from where to go on
     */
    TrainingLoop(
            FineTuningPlan plan,
            Problem problem,
            TrainablePart part,
            Optional<Shown> shown,
            NDManager manager,
            Checkpoints checkpoints,
            Checkpoint from,
            Progress progress) {
        this.plan = plan;
        this.problem = problem;
        this.train = problem.train();
        this.part = part;
        this.shown = shown;
        this.checkpoints = checkpoints;
        this.provenance = from.provenance();
        this.progress = progress;
        this.manager = manager;
        this.learnt = learnt(plan, problem.network());
        this.kept = without(from.learnt(), learnt);
        this.position = from.position();
        this.best = from.best();
        this.learner = new Learner(
                plan,
                problem,
                part,
                without(from.learnt(), kept.keySet()),
                from.optimizer(),
                position.optimizerSteps(),
                manager);
        this.validation = new Validation(problem, problem.val(), part, learner.head(), manager);
        this.target = problem.sources()
                .judged()
                .map(examples -> new Validation(problem, examples, part, learner.head(), manager));
        this.passes = new Passes(Math.toIntExact(problem.network().report().fixedBatch()));
        this.judge = problem.judge().apply(train.targets());
    }

    /** Names of what a stage changes: weights that learn, and the statistics of batch norms that do. */
    static Set<String> learnt(FineTuningPlan plan, Network network) {
        Set<String> out = new LinkedHashSet<>(network.trainable());
        if (!plan.get(PlanOptions.KEEP_STATISTICS)) {
            out.addAll(network.learningState());
        }
        return out;
    }

    private static Map<String, Tensor> without(Map<String, Tensor> tensors, Set<String> names) {
        Map<String, Tensor> out = new LinkedHashMap<>(tensors);
        out.keySet().removeAll(names);
        return out;
    }

    /**
     * Trains until the stage is done, early stopping or the user says so, or training {@link #divergence diverges}; false if it
     * ended because it was cancelled.
     */
    boolean run() {
        if (position.epochs().isEmpty() && position.step() == 0) {
            shown.ifPresent(network -> network.tell(0, progress));
        }
        int steps = problem.atOnce().isPresent()
                ? 1
                : (problem.sampling().length(train.size()) + plan.stepSize() - 1) / plan.stepSize();
        while (!isThrough() && !hasEnough()) {
            int epoch = position.epochs().size();
            int[] order = problem.sampling().order(epoch);
            while (position.step() < steps && !hasEnough()) {
                progress.waitWhilePaused();
                if (progress.isCancelled()) {
                    keep();
                    return false;
                }
                if (!advance(epoch, steps, order)) {
                    keep();
                    return false;
                }
                if (divergence != null) {
                    return true;
                }
                keepIfDue();
            }
            if (position.step() < steps) {
                stopped = true;
                // Before the epoch is closed: a resumed run goes on within it, as if nothing had been.
                keep();
                // An epoch cut short still counts where it is the only one: something was learnt, and is kept.
                if (position.bestEpoch() == 0) {
                    return finishEpoch(epoch);
                }
                return true;
            }
            if (!finishEpoch(epoch)) {
                keep();
                return false;
            }
            // A checkpoint of it would be of no use: a resumed run goes on from the one before, and ends in the same
            // way.
            if (divergence != null) {
                return true;
            }
            keepIfDue();
        }
        stopped = !isThrough();
        keep();
        return true;
    }

    /** Whether the user ended it before the plan did: there is more to learn. */
    boolean isStopped() {
        return stopped && divergence == null;
    }

    /** Whether the user wants no more than what is there; there must be something. */
    private boolean hasEnough() {
        return progress.isEnoughAsked() && (position.bestEpoch() > 0 || position.step() > 0);
    }

    Position position() {
        return position;
    }

    /** Where training left what can be computed; empty where it did not. */
    Optional<Divergence> divergence() {
        return Optional.ofNullable(divergence);
    }

    Validation validation() {
        return validation;
    }

    private boolean isThrough() {
        return position.stageEpochs() >= plan.get(PlanOptions.EPOCHS) || stopsEarly();
    }

    private boolean stopsEarly() {
        return plan.get(PlanOptions.EARLY_STOP) > 0
                && position.stageBest() > 0
                && position.epochs().size() - position.stageBest() >= plan.get(PlanOptions.EARLY_STOP);
    }

    private void keepIfDue() {
        if (checkpoints.isDue()) {
            keep();
        }
    }

    /**
     * Writes how far the run is, from the arrays where they lie: copies of weights and state would take more than the network
     * itself.
     */
    private void keep() {
        try (NDManager lent = manager.newSubManager()) {
            checkpoints.write(() -> {
                Map<String, Tensor> learning = new LinkedHashMap<>(kept);
                learning.putAll(ArrayTensors.lend(lent, part.arrays(learnt)));
                return new Checkpoint(position, learning, ArrayTensors.lend(lent, learner.state()), best, provenance);
            });
        }
    }

    /** What the next stage begins with. */
    Checkpoint forNextStage() {
        return new Checkpoint(position, values(), Map.of(), best, provenance).atNextStage();
    }

    /** What is asked for when nothing follows: nothing to go on from, which is large. */
    Checkpoint outcome() {
        return new Checkpoint(position, Map.of(), Map.of(), best, provenance);
    }

    /** Of everything that learnt so far. */
    private Map<String, Tensor> values() {
        Map<String, Tensor> out = new LinkedHashMap<>(kept);
        out.putAll(part.values(learnt));
        return out;
    }

    /** False if it was cancelled on the way. */
    private boolean advance(int epoch, int steps, int[] order) {
        if (problem.atOnce().isPresent()) {
            return findAtOnce(problem.atOnce().get(), epoch);
        }
        int first = position.step();
        long begun = position.optimizerSteps();
        for (Learner.Done done :
                learner.advance(order, first, steps - first, epoch, s -> learningRate(begun + s, steps), judge)) {
            if (!Double.isFinite(done.loss())) {
                int[] batch = learner.batch(order, position.step());
                divergence = new Divergence(
                        epoch + 1,
                        position.step() + 1,
                        done.loss(),
                        passes.firstNotFinite(train, batch, learner.view(epoch)));
                return true;
            }
            position = position.afterStep(done.loss(), done.score(), done.examples(), done.seconds());
            progress.report(new TrainingEvents.Step(epoch + 1, position.step(), steps, done.loss()));
        }
        return true;
    }

    private boolean findAtOnce(ClosedForm form, int epoch) {
        long start = System.nanoTime();
        Optional<Evaluation> found = new AtOnce(problem, part, manager).find(form, learner.view(epoch), progress);
        found.ifPresent(judged -> position = position.afterStep(
                judged.loss(),
                judged.primary().value() * train.size(),
                train.size(),
                (System.nanoTime() - start) / 1e9));
        found.ifPresent(judged -> progress.report(new TrainingEvents.Step(epoch + 1, 1, 1, judged.loss())));
        return found.isPresent();
    }

    /** What is found anew after an epoch: how it answers stands for the epoch's steps, which learnt without it. */
    private boolean findAnew(int epoch) {
        if (problem.anew().isEmpty()) {
            return true;
        }
        Optional<Evaluation> found =
                new AtOnce(problem, part, manager).find(problem.anew().get(), learner.view(epoch), progress);
        found.ifPresent(judged ->
                position = position.answering(judged.loss(), judged.primary().value()));
        return found.isPresent();
    }

    private double learningRate(long step, int steps) {
        double rising = plan.get(PlanOptions.WARMUP) * steps;
        double risen = rising == 0 ? 1 : Math.min(1, (step + 1) / rising);
        return risen
                * plan.get(PlanOptions.LEARNING_RATE)
                * plan.get(PlanOptions.SCHEDULE).factor(step, (long) steps * plan.get(PlanOptions.EPOCHS), rising);
    }

    /** False if it was cancelled on the way. */
    private boolean finishEpoch(int epoch) {
        long start = System.nanoTime();
        Map<String, Tensor> instead = learner.judged();
        Map<String, Tensor> weights = instead.isEmpty() ? Map.of() : part.values(learnt);
        part.set(instead);
        try {
            learner.freshStatistics(epoch);
            if (!findAnew(epoch)) {
                return false;
            }
            judge(epoch, start);
            return true;
        } finally {
            part.set(weights);
        }
    }

    private void judge(int epoch, long start) {
        Evaluation judged = validation.judged();
        // What is found at once runs away from nothing; distances as logits are as sure as the features are large.
        boolean absurd = problem.atOnce().isEmpty()
                && problem.anew().isEmpty()
                && Divergence.isAbsurd(judged.loss(), problem.guessing());
        if (judged.firstNotFinite() >= 0 || absurd) {
            int[] suspect = judged.firstNotFinite() < 0 ? new int[0] : new int[] {judged.firstNotFinite()};
            divergence = new Divergence(epoch + 1, 0, judged.loss(), passes.firstNotFinite(problem.val(), suspect, 0));
            return;
        }
        double took = (System.nanoTime() - start) / 1e9;
        Score score = judged.primary();
        Epoch result = new Epoch(
                epoch + 1,
                position.stage() + 1,
                position.lossSum() / position.seen(),
                position.scoreSum() / position.seen(),
                judged.loss(),
                score.value(),
                score.name(),
                position.epochSeconds() + took,
                target.map(domain -> domain.judged().primary().value()).orElse(null));
        boolean last = plan.get(PlanOptions.KEEP) == PlanOptions.Kept.LAST;
        if (last || position.isBetter(result, score.higherIsBetter())) {
            if (position.stageEpochs() + 1 >= plan.get(PlanOptions.EPOCHS)) {
                // What the steps took is not needed any more; the copy need not come on top of it.
                Memory.giveBack();
            }
            best = values();
        }
        position = position.afterEpoch(result, score.higherIsBetter(), took);
        position = last ? position.keeping(result.epoch()) : position;
        judge = problem.judge().apply(train.targets());
        progress.report(result);
        judged.events(epoch + 1).forEach(progress::report);
        shown.ifPresent(network -> network.tell(epoch + 1, progress));
    }
}
