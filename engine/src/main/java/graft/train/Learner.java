package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.features.LabelledFeatures;
import graft.features.MicroBatch;
import graft.judge.Judge;
import graft.network.LayerRates;
import graft.network.Network;
import graft.network.Undecayed;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import graft.problem.Problem;
import graft.problem.Sampling;
import graft.run.FineTuningPlan;
import graft.run.FineTuningPlan.Decayed;
import graft.run.PlanOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Takes steps: what a batch says of the weights, and the weights changed by it. */
final class Learner {
    private final FineTuningPlan plan;
    private final LabelledFeatures train;
    /** Examples of an epoch. */
    private final int sampled;

    private final Beside beside;
    private final TrainablePart part;
    private final NDManager manager;
    private final Mode mode;
    private final Optimizer optimizer;
    private final Rules rules;
    private final Set<String> weights;
    private final StepLoss stepLoss;
    private final Passes passes;
    private final Optional<HeadSteps> head;
    private final Optional<Mixing> mixing;
    private final FreshStatistics statistics;

    /**
     * @param plan of one stage
     * @param begunWith values of what learns, as a checkpoint has them
     * @param begun state of optimizer and rules, as a checkpoint has it
     * @param steps of the optimizer
     * @param manager owns what is kept
     */
    Learner(
            FineTuningPlan plan,
            Problem problem,
            TrainablePart part,
            Map<String, Tensor> begunWith,
            Map<String, Tensor> begun,
            long steps,
            NDManager manager) {
        this.plan = plan;
        this.train = problem.train();
        this.sampled = problem.sampling().length(train.size());
        this.part = part;
        this.manager = manager;
        Network network = problem.network();
        this.mode = new Mode(
                plan.get(PlanOptions.DROPOUT),
                plan.get(PlanOptions.KEEP_STATISTICS) ? Set.of() : network.learningBatchNorms(),
                plan.computing().precision(),
                false);
        this.stepLoss = new StepLoss(problem.objective(), manager);
        stepLoss.set(begun);
        Map<String, NDArray> learning = part.arrays(network.trainable());
        learning.putAll(stepLoss.arrays());
        this.optimizer = Optimizer.of(plan, learning, begun, manager)
                .at(LayerRates.of(network, plan.get(PlanOptions.LR_DECAY), plan.get(PlanOptions.LR_FACTORS)))
                .sparing(plan.get(PlanOptions.WEIGHT_DECAY_ON) == Decayed.MATRICES ? Undecayed.of(network) : Set.of());
        this.passes = new Passes(Math.toIntExact(network.report().fixedBatch()));
        this.beside = new Beside(problem, stepLoss, passes);
        this.weights = learning.keySet();
        part.set(begunWith);
        this.rules = new Rules(problem.rules(), part.arrays(TrainingLoop.learnt(plan, network)), begun, manager);
        optimizer.resumeAfter(steps);
        this.mixing = Mixing.of(plan);
        this.head = mixing.isPresent() ? Optional.empty() : HeadSteps.of(plan, problem, part, optimizer, manager);
        this.statistics = new FreshStatistics(network, train, part, passes);
    }

    /**
     * A step that was done.
     *
     * @param loss mean over the batch
     * @param score sum over the batch
     * @param seconds it took
     */
    record Done(double loss, double score, int examples, double seconds) {}

    /** Where a linear head is all that learns, on kept features: its steps may be many at once. */
    Optional<HeadSteps> head() {
        return head;
    }

    /** State of optimizer and rules, for a checkpoint. */
    Map<String, NDArray> state() {
        Map<String, NDArray> out = new LinkedHashMap<>(optimizer.state());
        out.putAll(rules.state());
        out.putAll(stepLoss.arrays());
        return out;
    }

    /** Values to be judged and kept in the place of weights; none where these are the weights themselves. */
    Map<String, Tensor> judged() {
        return rules.judged();
    }

    /** Takes statistics of batch norms anew where what is judged needs it. */
    void freshStatistics(int epoch) {
        if (rules.needFreshStatistics() && !plan.get(PlanOptions.KEEP_STATISTICS)) {
            statistics.take(plan.get(PlanOptions.BATCH), view(epoch), manager);
        }
    }

    /**
     * Does a step, or many at once where that is the same.
     *
     * @param order of the examples of the epoch
     * @param first number of the step in it
     * @param left how many steps the epoch has from it on
     * @param rates the learning rate of this step, of the next, …
     * @param judge of the steps' own answers
     */
    List<Done> advance(int[] order, int first, int left, int epoch, IntToDoubleFunction rates, Judge judge) {
        try (NDManager step = manager.newSubManager()) {
            Optional<NDArray> matrix =
                    head.isEmpty() ? Optional.empty() : train.features().matrix(step, view(epoch));
            if (matrix.isPresent()) {
                return headSteps(step, matrix.get(), order, first, left, rates);
            }
        }
        return List.of(step(order, first, epoch, rates.applyAsDouble(0), judge));
    }

    private List<Done> headSteps(
            NDManager step, NDArray features, int[] order, int first, int left, IntToDoubleFunction rates) {
        long start = System.nanoTime();
        double[] together =
                IntStream.range(0, head.get().together(left)).mapToDouble(rates).toArray();
        List<HeadSteps.Outcome> outcomes = head.get().run(step, features, order, first, together);
        double took = (System.nanoTime() - start) / 1e9 / together.length;
        return IntStream.range(0, outcomes.size())
                .mapToObj(s -> new Done(
                        outcomes.get(s).loss(), outcomes.get(s).correct(), batch(order, first + s).length, took))
                .toList();
    }

    private Done step(int[] order, int first, int epoch, double rate, Judge judge) {
        long start = System.nanoTime();
        int[] batch = batch(order, first);
        long chance = Sampling.mix(plan.get(PlanOptions.SEED), epoch, first);
        TorchEngine.seed(chance);
        return learn(batch, batch(order, first + 1), view(epoch), rate, judge, chance, start);
    }

    /** The examples of a step; none after the last one. */
    int[] batch(int[] order, int step) {
        int from = Math.min(step * plan.stepSize(), order.length);
        return Arrays.copyOfRange(order, from, Math.min(from + plan.stepSize(), order.length));
    }

    /** The augmented view of an epoch; 0 where there is no augmentation. */
    long view(int epoch) {
        if (plan.get(PlanOptions.AUGMENT).isNone()) {
            return 0;
        }
        return 1
                + (plan.get(PlanOptions.VIEWS_PER_EXAMPLE) > 0
                        ? epoch % plan.get(PlanOptions.VIEWS_PER_EXAMPLE)
                        : epoch);
    }

    private Optional<NDArray> gradient(NDManager step, String name) {
        return stepLoss.learning().contains(name) ? stepLoss.gradient(step, name) : part.gradient(step, name);
    }

    /** How much of the stage is done, 0…1. */
    private double progress() {
        long steps = (sampled + plan.stepSize() - 1) / plan.stepSize();
        return (double) optimizer.steps() / (steps * plan.get(PlanOptions.EPOCHS));
    }

    /** One step: the mean loss over the batch, its gradients added up over as many passes as the network asks for. */
    private Done learn(int[] batch, int[] next, long view, double learningRate, Judge judge, long chance, long start) {
        double weight = train.targets().weight(batch);
        double loss = 0;
        double score = 0;
        try (NDManager step = manager.newSubManager()) {
            List<MicroBatch> all = passes.of(batch, plan.get(PlanOptions.BATCH));
            int count = all.size();
            all.addAll(passes.of(next, plan.get(PlanOptions.BATCH)));
            List<Beside.Share> others = beside.shares(
                    optimizer.steps() * plan.stepSize(), batch.length, next.length, plan.get(PlanOptions.BATCH));
            boolean sparing = plan.computing().checkpointActivations();
            for (int i = 0; i < count; i++) {
                MicroBatch pass = all.get(i);
                Map<String, Values> known = new LinkedHashMap<>(beside.known(pass, view));
                known.putAll(train.targets().of(pass.examples(), pass.real()));
                Map<String, Values> features = Passes.features(train, all, i, view);
                if (mixing.isPresent()) {
                    Mixing.Batch mixed = mixing.get().mixed(features, known, pass.real(), chance + i);
                    features = mixed.features();
                    known.putAll(mixed.targets());
                }
                TorchEngine.recordGradients(true);
                try (NDManager once = step.newSubManager()) {
                    TrainablePart.Answer answer = part.answer(once, features, beside.mode(mode), sparing);
                    Map<String, NDArray> tensors = new LinkedHashMap<>(answer.computed());
                    for (Beside.Share other : others) {
                        other.answer(once, part, i, view, mode, sparing, tensors);
                        other.counts(i, known);
                    }
                    NDArray share = stepLoss.of(once, tensors, known, weight, progress());
                    TorchEngine.backward(share);
                    answer.backward();
                    others.forEach(Beside.Share::backward);
                    loss += share.getFloat();
                    // Of mixed examples nobody can say whether an answer is right.
                    score += mixing.isPresent() || !judge.scoresSteps()
                            ? Double.NaN
                            : judge.add(ArrayTensors.toValues(answer.outputs()), pass.examples(), pass.real());
                } finally {
                    TorchEngine.recordGradients(false);
                }
            }
            if (Double.isFinite(loss)) {
                rules.step(step, name -> gradient(step, name), weights, optimizer, learningRate);
            }
            part.clearGradients();
            stepLoss.clearGradients();
        }
        return new Done(loss, score, batch.length, (System.nanoTime() - start) / 1e9);
    }
}
