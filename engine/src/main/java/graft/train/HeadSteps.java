package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.data.ClassTargets;
import graft.objective.CrossEntropy;
import graft.ops.ArrayTensors;
import graft.ops.TorchEngine;
import graft.ops.TorchScript;
import graft.problem.Problem;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Many steps of a linear head on kept features in one native call: softmax cross-entropy and its gradient are written out,
 * so that nothing is recorded, copied or called per step. Each step computes the same whatever call it falls into.
 */
final class HeadSteps {
    /** What one call does takes a fraction of a second at most; in between the user may stop the run. */
    private static final int STEPS_AT_MOST = 64;

    private final FineTuningPlan plan;
    private final ClassTargets wanted;
    private final Optimizer optimizer;
    private final TorchScript torchScript;
    private final List<String> names;
    private final NDArray[] head;
    private final NDArray targets;
    private final NDArray labels;
    private final String code;

    /** Loss and number of right answers of a step. */
    record Outcome(double loss, int correct) {}

    /**
     * @param wanted of the training examples
     * @param weights the arrays of weight and bias, in this order
     * @param held owns what is made here
     */
    HeadSteps(
            FineTuningPlan plan,
            ClassTargets wanted,
            Map<String, NDArray> weights,
            Optimizer optimizer,
            NDManager held) {
        this.plan = plan;
        this.wanted = wanted;
        this.optimizer = optimizer;
        this.torchScript = new TorchScript(held);
        this.names = List.copyOf(weights.keySet());
        this.head = weights.values().toArray(NDArray[]::new);
        int[] all = IntStream.range(0, wanted.labels().length).toArray();
        this.targets = ArrayTensors.toArray(held, wanted.of(all, all.length).get(ClassTargets.NAME));
        this.labels = longs(held, wanted.labels());
        this.code = code(optimizer.state(names.get(0)).size(), plan.stepSize());
    }

    /** For a linear head under a cross-entropy, where any number of examples may go through together; empty for all else. */
    static Optional<HeadSteps> of(
            FineTuningPlan plan, Problem problem, TrainablePart part, Optimizer optimizer, NDManager held) {
        if (problem.network().report().fixedBatch() > 0
                || !optimizer.isEven()
                || !problem.rules().isEmpty()
                || !CrossEntropy.is(problem.objective())
                || !(problem.train().targets() instanceof ClassTargets wanted)) {
            return Optional.empty();
        }
        return part.linearHead(problem.network().trainable())
                .map(names -> new HeadSteps(plan, wanted, part.arrays(names), optimizer, held));
    }

    private String code(int states, int batch) {
        List<String> stored = List.of("h", "i", "j", "k");
        String body = "r = e[s]\n"
                + "p = torch.slice(b, 0, torch.mul(s, " + batch + "), torch.mul(torch.add(s, 1), " + batch + "))\n"
                + "x = torch.index_select(a, 0, p)\n"
                + "t = torch.index_select(c, 0, p)\n"
                + "z = torch.log_softmax(torch.addmm(g, x, torch.t(f)), 1)\n"
                + "losses = torch.append(losses, torch.mul(torch.neg(torch.sum(torch.mul(z, t))), r[-1]))\n"
                + "right = torch.append(right,"
                + " torch.sum(torch.eq(torch.argmax(z, 1), torch.index_select(d, 0, p))))\n"
                + "y = torch.sub(torch.mul(torch.exp(z), torch.sum(t, [1], True)), t)\n"
                + "y = torch.mul(y, r[-1])\n"
                + "u = torch.mm(torch.t(y), x)\n"
                + "v = torch.sum(y, [0])\n"
                + optimizer.rule("f", "u", "r", stored, optimizer.weightDecay(names.get(0)))
                + optimizer.rule(
                        "g", "v", "r", stored.subList(states, stored.size()), optimizer.weightDecay(names.get(1)));
        return "losses = annotate(List[Tensor], [])\n"
                + "right = annotate(List[Tensor], [])\n"
                + "for s in range(torch.size(e, 0)):\n  "
                + body.strip().replace("\n", "\n  ")
                + "\nreturn (torch.stack(losses), torch.stack(right))";
    }

    /**
     * Does the steps from {@code first} on, of an epoch in this order.
     *
     * @param features {@code [examples, width]}
     * @param rates the learning rate of each step to be done
     */
    List<Outcome> run(NDManager step, NDArray features, int[] order, int first, double[] rates) {
        int batch = plan.stepSize();
        int[] used = Arrays.copyOfRange(order, first * batch, Math.min((first + rates.length) * batch, order.length));
        float[][] numbers = new float[rates.length][];
        for (int s = 0; s < rates.length; s++) {
            int[] examples = Arrays.copyOfRange(used, s * batch, Math.min((s + 1) * batch, used.length));
            double norm = Arrays.stream(examples)
                    .mapToDouble(example -> wanted.weights()[wanted.label(example)])
                    .sum();
            float[] rule = optimizer.numbers(rates[s], optimizer.steps() + s + 1);
            numbers[s] = Arrays.copyOf(rule, rule.length + 1);
            numbers[s][rule.length] = (float) (1 / norm);
        }
        NDArray[] arguments = {
            features, longs(step, used), targets, labels, table(step, numbers), head[0], head[1], null, null, null, null
        };
        int count = 7;
        for (String name : names) {
            for (NDArray state : optimizer.state(name)) {
                arguments[count++] = state;
            }
        }
        NDArray[] given = Arrays.copyOf(arguments, count);
        NDList results = TorchEngine.onOneThread(() -> torchScript.call(step, code, 2, given));
        optimizer.resumeAfter(optimizer.steps() + rates.length);
        float[] losses = results.get(0).toFloatArray();
        long[] right = results.get(1).toLongArray();
        return IntStream.range(0, losses.length)
                .mapToObj(s -> new Outcome(losses[s], (int) right[s]))
                .toList();
    }

    /** The answers on all {@code features}; belong to {@code step}. */
    NDArray logits(NDManager step, NDArray features) {
        String product = "return torch.addmm(c, a, torch.t(b))";
        return TorchEngine.onOneThread(() -> torchScript.call(step, product, 1, features, head[0], head[1]))
                .head();
    }

    /** How many of the steps that are left in an epoch one call does. */
    int together(int left) {
        return plan.get(PlanOptions.CHECKPOINT_SECONDS) == 0 ? 1 : Math.min(left, STEPS_AT_MOST);
    }

    private static NDArray table(NDManager manager, float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
        }
        return ArrayTensors.toArray(manager, all, rows.length, rows[0].length);
    }

    private static NDArray longs(NDManager manager, int[] values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(data::putLong);
        return ArrayTensors.toArray(manager, data.flip(), new Shape(values.length), DataType.INT64);
    }
}
