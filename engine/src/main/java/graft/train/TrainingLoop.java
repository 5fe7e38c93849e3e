package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.data.SizeBuckets;
import graft.features.LabelledFeatures;
import graft.features.MicroBatch;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.judge.Score;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import graft.progress.Progress;
import graft.run.Checkpoint;
import graft.run.Checkpoints;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.Epoch;
import graft.run.PlanOptions;
import graft.run.Position;
import graft.run.TrainingEvents;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Follows a plan step by step, from the start or from a checkpoint; can stop and go on between any two steps. */
final class TrainingLoop {
    private static final int VALIDATION_BATCH = 32;

    private final FineTuningPlan plan;
    private final Problem problem;
    private final LabelledFeatures train;
    private final LabelledFeatures val;
    private final TrainablePart part;
    private final NDManager manager;
    private final Checkpoints checkpoints;
    private final Map<String, String> provenance;
    private final Progress progress;

    private final Set<String> learnt;
    private final Mode mode;
    private final Optimizer optimizer;
    private final StepLoss stepLoss;
    private final int fixedBatch;
    private final Optional<HeadSteps> head;

    private Position position = Position.START;
    private Map<String, Tensor> best = Map.of();
    private boolean stopped;
    private Divergence divergence;
    /** Of the steps of this epoch. */
    private Judge judge;

    /**
     * @param manager owns what the loop keeps
     * @param from where to go on; empty = at the start
     * @param provenance noted in every checkpoint
     */
    TrainingLoop(
            FineTuningPlan plan,
            Problem problem,
            TrainablePart part,
            NDManager manager,
            Checkpoints checkpoints,
            Optional<Checkpoint> from,
            Map<String, String> provenance,
            Progress progress) {
        this.plan = plan;
        this.problem = problem;
        this.train = problem.train();
        this.val = problem.val();
        this.part = part;
        this.manager = manager;
        this.checkpoints = checkpoints;
        this.provenance = provenance;
        this.progress = progress;
        Network network = problem.network();
        this.learnt = learnt(plan, network);
        this.mode = new Mode(
                plan.get(PlanOptions.DROPOUT),
                plan.get(PlanOptions.KEEP_STATISTICS) ? Set.of() : network.learningBatchNorms(),
                plan.computing().precision(),
                false);
        this.optimizer = Optimizer.of(
                plan,
                part.arrays(network.trainable()),
                from.map(Checkpoint::optimizer).orElse(Map.of()),
                manager);
        this.stepLoss = new StepLoss(problem.objective(), manager);
        this.judge = problem.judge().apply(train.targets());
        this.fixedBatch = Math.toIntExact(network.report().fixedBatch());
        from.ifPresent(this::restore);
        this.head = HeadSteps.of(plan, problem, part, optimizer, manager);
    }

    /** Names of what a run changes: weights that learn, and the statistics of batch norms that do. */
    static Set<String> learnt(FineTuningPlan plan, Network network) {
        Set<String> out = new LinkedHashSet<>(network.trainable());
        if (!plan.get(PlanOptions.KEEP_STATISTICS)) {
            out.addAll(network.learningState());
        }
        return out;
    }

    private void restore(Checkpoint checkpoint) {
        position = checkpoint.position();
        best = checkpoint.best();
        part.set(checkpoint.learnt());
        optimizer.resumeAfter(position.optimizerSteps());
    }

    /**
     * Trains until the plan is done, early stopping or the user says so, or training {@link #divergence diverges}; false if it
     * ended because it was cancelled.
     */
    boolean run() {
        int steps = (train.size() + plan.stepSize() - 1) / plan.stepSize();
        while (position.epochs().size() < plan.get(PlanOptions.EPOCHS) && !stopsEarly() && !hasEnough()) {
            int epoch = position.epochs().size();
            int[] order = problem.sampling().order(epoch);
            while (position.step() < steps && !hasEnough()) {
                progress.waitWhilePaused();
                if (progress.isCancelled()) {
                    checkpoints.write(this::checkpoint);
                    return false;
                }
                advance(epoch, steps, order);
                if (divergence != null) {
                    return true;
                }
                checkpoints.writeIfDue(this::checkpoint);
            }
            if (position.step() < steps) {
                stopped = true;
                // Before the epoch is closed: a resumed run goes on within it, as if nothing had been.
                checkpoints.write(this::checkpoint);
                // An epoch cut short still counts where it is the only one: something was learnt, and is kept.
                if (position.bestEpoch() == 0) {
                    finishEpoch(epoch);
                }
                return true;
            }
            finishEpoch(epoch);
            // A checkpoint of it would be of no use: a resumed run goes on from the one before, and ends in the same
            // way.
            if (divergence != null) {
                return true;
            }
            checkpoints.writeIfDue(this::checkpoint);
        }
        stopped = position.epochs().size() < plan.get(PlanOptions.EPOCHS) && !stopsEarly();
        checkpoints.write(this::checkpoint);
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

    /** What was learnt by the end of the best epoch. */
    Map<String, Tensor> best() {
        return best;
    }

    private boolean stopsEarly() {
        return plan.get(PlanOptions.EARLY_STOP) > 0
                && position.bestEpoch() > 0
                && position.epochs().size() - position.bestEpoch() >= plan.get(PlanOptions.EARLY_STOP);
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(
                position, part.values(learnt), ArrayTensors.toTensors(optimizer.state()), best, provenance);
    }

    /** The augmented view of an epoch; 0 where there is no augmentation. */
    private long view(int epoch) {
        if (plan.get(PlanOptions.AUGMENT).isNone()) {
            return 0;
        }
        return 1
                + (plan.get(PlanOptions.VIEWS_PER_EXAMPLE) > 0
                        ? epoch % plan.get(PlanOptions.VIEWS_PER_EXAMPLE)
                        : epoch);
    }

    /** One step, or many at once where that is the same. */
    private void advance(int epoch, int steps, int[] order) {
        try (NDManager step = manager.newSubManager()) {
            Optional<NDArray> matrix =
                    head.isEmpty() ? Optional.empty() : train.features().matrix(step, view(epoch));
            if (matrix.isPresent()) {
                headSteps(step, matrix.get(), epoch, steps, order);
                return;
            }
        }
        step(epoch, steps, order);
    }

    private void headSteps(NDManager step, NDArray features, int epoch, int steps, int[] order) {
        long start = System.nanoTime();
        int first = position.step();
        double[] rates = IntStream.range(0, head.get().together(steps - first))
                .mapToDouble(s -> learningRate(position.optimizerSteps() + s, steps))
                .toArray();
        List<HeadSteps.Outcome> outcomes = head.get().run(step, features, order, first, rates);
        double took = secondsSince(start) / rates.length;
        for (HeadSteps.Outcome outcome : outcomes) {
            int from = position.step() * plan.stepSize();
            int examples = Math.min(from + plan.stepSize(), order.length) - from;
            if (!done(epoch, steps, outcome.loss(), outcome.correct(), examples, took)) {
                divergence = diverged(epoch, Arrays.copyOfRange(order, from, from + examples), outcome.loss());
                return;
            }
        }
    }

    private double learningRate(long step, int steps) {
        return plan.get(PlanOptions.LEARNING_RATE)
                * plan.get(PlanOptions.SCHEDULE).factor(step, (long) steps * plan.get(PlanOptions.EPOCHS));
    }

    private void step(int epoch, int steps, int[] order) {
        long start = System.nanoTime();
        int[] batch = batch(order, position.step());
        TorchEngine.seed(Sampling.mix(plan.get(PlanOptions.SEED), epoch, position.step()));
        double rate = learningRate(position.optimizerSteps(), steps);
        Outcome outcome = learn(batch, batch(order, position.step() + 1), view(epoch), rate);
        if (!done(epoch, steps, outcome.loss, outcome.score, batch.length, secondsSince(start))) {
            divergence = diverged(epoch, batch, outcome.loss);
        }
    }

    /** The examples of a step; none after the last one. */
    private int[] batch(int[] order, int step) {
        int from = Math.min(step * plan.stepSize(), order.length);
        return Arrays.copyOfRange(order, from, Math.min(from + plan.stepSize(), order.length));
    }

    private List<MicroBatch> passes(int[] examples, int size) {
        return MicroBatch.of(examples, fixedBatch > 0 ? fixedBatch : size, fixedBatch > 0);
    }

    /** Of one pass; those of the next are made while this one is computed. */
    private static Map<String, Values> features(LabelledFeatures from, List<MicroBatch> passes, int pass, long view) {
        Map<String, Values> features = from.features().of(passes.get(pass).examples(), view);
        if (pass + 1 < passes.size()) {
            from.features().expect(passes.get(pass + 1).examples(), view);
        }
        return features;
    }

    /** Counts a step; false where its loss is no finite number. */
    private boolean done(int epoch, int steps, double loss, double score, int examples, double took) {
        if (!Double.isFinite(loss)) {
            return false;
        }
        position = position.afterStep(loss, score, examples, took);
        progress.report(new TrainingEvents.Step(epoch + 1, position.step(), steps, loss));
        return true;
    }

    private Divergence diverged(int epoch, int[] batch, double loss) {
        return new Divergence(epoch + 1, position.step() + 1, loss, firstNotFinite(train, batch, view(epoch)));
    }

    /** The first of some examples whose features are no finite numbers. */
    private Optional<Integer> firstNotFinite(LabelledFeatures from, int[] examples, long view) {
        for (int example : examples) {
            int[] pass = passes(new int[] {example}, 1).get(0).examples();
            for (Values values : from.features().of(pass, view).values()) {
                if (values.type() == ElementType.FLOAT && !areFinite(values.floats())) {
                    return Optional.of(example);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean areFinite(FloatBuffer numbers) {
        while (numbers.hasRemaining()) {
            if (!Float.isFinite(numbers.get())) {
                return false;
            }
        }
        return true;
    }

    private record Outcome(double loss, double score) {}

    /** One step: the mean loss over the batch, its gradients added up over as many passes as the network asks for. */
    private Outcome learn(int[] batch, int[] next, long view, double learningRate) {
        double weight = train.targets().weight(batch);
        double loss = 0;
        double score = 0;
        try (NDManager step = manager.newSubManager()) {
            List<MicroBatch> passes = passes(batch, plan.get(PlanOptions.BATCH));
            int count = passes.size();
            passes.addAll(passes(next, plan.get(PlanOptions.BATCH)));
            for (int i = 0; i < count; i++) {
                MicroBatch pass = passes.get(i);
                Map<String, Values> targets = train.targets().of(pass.examples(), pass.real());
                Map<String, Values> features = features(train, passes, i, view);
                TorchEngine.recordGradients(true);
                try (NDManager once = step.newSubManager()) {
                    TrainablePart.Answer answer =
                            part.answer(once, features, mode, plan.computing().checkpointActivations());
                    NDArray share = stepLoss.of(once, answer.outputs(), targets, weight);
                    TorchEngine.backward(share);
                    answer.backward();
                    loss += share.getFloat();
                    score += judge.add(ArrayTensors.toValues(answer.outputs()), pass.examples(), pass.real());
                } finally {
                    TorchEngine.recordGradients(false);
                }
            }
            if (Double.isFinite(loss)) {
                optimizer.step(step, name -> part.gradient(step, name), learningRate);
            }
            part.clearGradients();
        }
        return new Outcome(loss, score);
    }

    private void finishEpoch(int epoch) {
        long start = System.nanoTime();
        Judge validation = problem.judge().apply(val.targets());
        validate(validation::add);
        Evaluation judged = validation.done();
        if (judged.firstNotFinite() >= 0 || Divergence.isAbsurd(judged.loss(), problem.guessing())) {
            int[] suspect = judged.firstNotFinite() < 0 ? new int[0] : new int[] {judged.firstNotFinite()};
            divergence = new Divergence(epoch + 1, 0, judged.loss(), firstNotFinite(val, suspect, 0));
            return;
        }
        double took = secondsSince(start);
        Score score = judged.primary();
        Epoch result = new Epoch(
                epoch + 1,
                position.lossSum() / position.seen(),
                position.scoreSum() / position.seen(),
                judged.loss(),
                score.value(),
                score.name(),
                position.epochSeconds() + took);
        boolean better = position.isBetter(result, score.higherIsBetter());
        if (better) {
            best = part.values(learnt);
        }
        position = position.afterEpoch(result, better, took);
        judge = problem.judge().apply(train.targets());
        progress.report(result);
        judged.events(epoch + 1).forEach(progress::report);
    }

    /** Takes the answers on some examples. */
    private interface Taker {
        void take(Map<String, Values> answers, int[] examples, int real);
    }

    /** The engine's answers on all validation examples. */
    Answers validationAnswers() {
        Answers out = new Answers(val.size());
        validate(out::put);
        return out;
    }

    private void validate(Taker taker) {
        int[] all = SizeBuckets.sorted(val.sizes());
        if (head.isPresent()) {
            try (NDManager step = manager.newSubManager()) {
                Optional<NDArray> matrix = val.features().matrix(step, 0);
                if (matrix.isPresent()) {
                    NDArray logits = head.get().logits(step, matrix.get());
                    int[] inOrder = IntStream.range(0, all.length).toArray();
                    String output =
                            problem.network().model().graph().outputNames().get(0);
                    taker.take(ArrayTensors.toValues(Map.of(output, logits)), inOrder, all.length);
                    return;
                }
            }
        }
        List<MicroBatch> passes = passes(all, VALIDATION_BATCH);
        for (int i = 0; i < passes.size(); i++) {
            try (NDManager step = manager.newSubManager()) {
                Map<String, NDArray> outputs = part.outputs(step, features(val, passes, i, 0), Mode.INFERENCE);
                MicroBatch pass = passes.get(i);
                taker.take(ArrayTensors.toValues(outputs), pass.examples(), pass.real());
            }
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
