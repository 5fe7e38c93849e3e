package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.TorchScript;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Changes weights by their gradients. DJL's own optimizers cannot save their state, and count steps over all weights
 * together.
 */
abstract class Optimizer {
    /** Elements of a weight that does not stay in the cache of a core, together with its gradient and state. */
    private static final long LARGE = 1L << 19;

    private final Map<String, NDArray> weights;
    private final double weightDecay;
    private final TorchScript torchScript;
    /** Of weights that learn at another rate than the rest: how many times that. */
    private final Map<String, Double> factors = new LinkedHashMap<>();
    /** Weights that nothing pulls towards zero. */
    private Set<String> spared = Set.of();

    private long steps;

    private Optimizer(Map<String, NDArray> weights, double weightDecay, NDManager held) {
        this.weights = weights;
        this.weightDecay = weightDecay;
        this.torchScript = new TorchScript(held); // closed with its owner
    }

    /**
     * @param weights by name; updated in place
     * @param stored state of a checkpoint; what is not in it begins at zero
     * @param held owns the optimizer's state
     */
    static Optimizer of(FineTuningPlan plan, Map<String, NDArray> weights, Map<String, Tensor> stored, NDManager held) {
        return switch (plan.get(PlanOptions.OPTIMIZER)) {
            case SGD -> sgd(weights, plan.get(PlanOptions.MOMENTUM), plan.get(PlanOptions.WEIGHT_DECAY), stored, held);
            case ADAMW -> adamW(weights, plan.get(PlanOptions.WEIGHT_DECAY), stored, held);
        };
    }

    /** AdamW; parameters as in {@link #of}. */
    static Optimizer adamW(
            Map<String, NDArray> weights, double weightDecay, Map<String, Tensor> stored, NDManager held) {
        return new AdamW(weights, weightDecay, stored, held);
    }

    /** Stochastic gradient descent; parameters as in {@link #of}. */
    static Optimizer sgd(
            Map<String, NDArray> weights,
            double momentum,
            double weightDecay,
            Map<String, Tensor> stored,
            NDManager held) {
        return new Sgd(weights, momentum, weightDecay, stored, held);
    }

    /** The same, where these weights learn at so many times the rate of a step. */
    Optimizer at(Map<String, Double> rates) {
        rates.forEach((name, factor) -> {
            if (factor != 1) {
                factors.put(name, factor);
            }
        });
        return this;
    }

    /** The same, where the decay leaves these weights alone. */
    Optimizer sparing(Set<String> names) {
        spared = Set.copyOf(names);
        return this;
    }

    /** Whether all weights learn at the rate of the step. */
    boolean isEven() {
        return factors.isEmpty();
    }

    /**
     * Changes every weight by its gradient.
     *
     * @param gradients by the weight's name; empty = zero
     * @param step owns what is needed on the way
     */
    void step(NDManager step, Function<String, Optional<NDArray>> gradients, double learningRate) {
        steps++;
        Map<Double, NDArray> byFactor = new HashMap<>();
        weights.forEach((name, weight) -> {
            NDArray numbers = byFactor.computeIfAbsent(factors.getOrDefault(name, 1.0), factor -> {
                float[] values = numbers(factor * learningRate, steps);
                return ArrayTensors.toArray(step, values, 1, values.length).reshape(values.length);
            });
            NDArray gradient =
                    gradients.apply(name).orElseGet(() -> step.zeros(weight.getShape(), weight.getDataType()));
            List<NDArray> state = state(name);
            NDArray[] arrays = Stream.concat(Stream.of(weight, gradient, numbers), state.stream())
                    .toArray(NDArray[]::new);
            List<String> names = List.of("d", "e");
            String change = weight.size() < LARGE || weight.getDevice().isGpu()
                    ? rule("a", "b", "c", names, weightDecay(name))
                    : largeRule("a", "b", "c", names, weightDecay(name));
            torchScript.call(step, change + "return a", 1, arrays);
        });
    }

    /** What differs from step to step, the same for all weights; steps count from 1. */
    abstract float[] numbers(double learningRate, long step);

    /**
     * TorchScript statements that change a weight and its state in place.
     *
     * @param numbers names the array of {@link #numbers}
     * @param state names of the arrays of {@link #state(String)}; there may be more names than arrays
     * @param decay of this weight
     */
    abstract String rule(String weight, String gradient, String numbers, List<String> state, double decay);

    /** The same for a weight so large that it is worth going through once instead of once for each of the rule's operations. */
    String largeRule(String weight, String gradient, String numbers, List<String> state, double decay) {
        return rule(weight, gradient, numbers, state, decay);
    }

    /** The state of a weight. */
    abstract List<NDArray> state(String name);

    /** State by name, for a checkpoint. */
    abstract Map<String, NDArray> state();

    /** Of weights that are not spared. */
    double weightDecay() {
        return weightDecay;
    }

    /** Of this one. */
    double weightDecay(String name) {
        return spared.contains(name) ? 0 : weightDecay;
    }

    long steps() {
        return steps;
    }

    /** Goes on after {@code steps} steps; the arrays of {@link #state} are set by the caller. */
    void resumeAfter(long steps) {
        this.steps = steps;
    }

    private static Map<String, NDArray> begun(
            String prefix, Map<String, NDArray> weights, Map<String, Tensor> stored, NDManager held) {
        Map<String, NDArray> out = new LinkedHashMap<>();
        try (TorchScript torchScript = new TorchScript(held);
                NDManager scratch = held.newSubManager()) {
            weights.forEach((name, weight) -> {
                // Laid out in memory as the weight is: what goes together element by element lies alike.
                NDArray array = torchScript
                        .call(held, "return torch.zeros_like(a)", 1, weight)
                        .head();
                Tensor tensor = stored.get(prefix + name);
                if (tensor != null) {
                    torchScript.call(
                            scratch, "return torch.copy_(a, b)", 1, array, ArrayTensors.toArray(scratch, tensor));
                }
                out.put(name, array);
            });
        }
        return out;
    }

    /** PyTorch's rule: v ← m·v + g, w ← w − lr·v, with weight decay added to the gradient. */
    private static final class Sgd extends Optimizer {
        private final double momentum;
        private final Map<String, NDArray> velocity;

        Sgd(
                Map<String, NDArray> weights,
                double momentum,
                double weightDecay,
                Map<String, Tensor> stored,
                NDManager held) {
            super(weights, weightDecay, held);
            this.momentum = momentum;
            this.velocity = momentum == 0 ? Map.of() : begun("velocity/", weights, stored, held);
        }

        @Override
        float[] numbers(double learningRate, long step) {
            return new float[] {(float) -learningRate};
        }

        @Override
        String rule(String weight, String gradient, String numbers, List<String> state, double decay) {
            String decayed = decay == 0 ? gradient : "torch.add(" + gradient + ", " + weight + ", alpha=" + decay + ")";
            String direction = momentum == 0
                    ? decayed
                    : "torch.add(" + decayed + ", " + state.get(0) + ", alpha=" + momentum + ", out=" + state.get(0)
                            + ")";
            return "q = torch.add_(" + weight + ", " + direction + ", alpha=float(" + numbers + "[0]))\n";
        }

        @Override
        List<NDArray> state(String name) {
            return momentum == 0 ? List.of() : List.of(velocity.get(name));
        }

        @Override
        Map<String, NDArray> state() {
            Map<String, NDArray> out = new LinkedHashMap<>();
            velocity.forEach((name, array) -> out.put("velocity/" + name, array));
            return out;
        }
    }

    /** Loshchilov and Hutter 2019, with PyTorch's defaults β = (0.9, 0.999), ε = 1e-8. */
    private static final class AdamW extends Optimizer {
        private static final double BETA1 = 0.9;
        private static final double BETA2 = 0.999;
        private static final double EPSILON = 1e-8;
        private final Map<String, NDArray> mean;
        private final Map<String, NDArray> square;

        AdamW(Map<String, NDArray> weights, double weightDecay, Map<String, Tensor> stored, NDManager held) {
            super(weights, weightDecay, held);
            this.mean = begun("mean/", weights, stored, held);
            this.square = begun("square/", weights, stored, held);
        }

        /**
         * What a weight is multiplied by, one over the root of the second bias correction, the step size; for the kernel that does
         * all at once the rate and the step.
         */
        @Override
        float[] numbers(double learningRate, long step) {
            return new float[] {
                (float) (1 - learningRate * weightDecay()),
                (float) (1 / Math.sqrt(1 - Math.pow(BETA2, step))),
                (float) (-learningRate / (1 - Math.pow(BETA1, step))),
                (float) learningRate,
                step
            };
        }

        @Override
        String rule(String weight, String gradient, String numbers, List<String> state, double decay) {
            String mean = state.get(0);
            String square = state.get(1);
            String pulled = decay == 0 ? "" : "q = torch.mul_(" + weight + ", " + numbers + "[0])\n";
            return pulled
                    + "q = torch.lerp_(" + mean + ", " + gradient + ", " + (1 - BETA1) + ")\n"
                    + "q = torch.addcmul_(torch.mul_(" + square + ", " + BETA2 + "), " + gradient + ", " + gradient
                    + ", value=" + (1 - BETA2) + ")\n"
                    + "q = torch.add_(torch.mul_(torch.sqrt(" + square + "), " + numbers + "[1]), " + EPSILON + ")\n"
                    + "q = torch.addcdiv_(" + weight + ", " + mean + ", q, value=float(" + numbers + "[2]))\n";
        }

        /** PyTorch's own kernel; it takes gradients and state laid out as the weight, which its gradients are. */
        @Override
        String largeRule(String weight, String gradient, String numbers, List<String> state, double decay) {
            return "all = [" + weight + "]\n"
                    + "torch._fused_adamw_(all, [" + gradient + "], [" + state.get(0) + "], [" + state.get(1)
                    + "], annotate(List[Tensor], []), [torch.clone(" + numbers + "[4])], lr=float(" + numbers
                    + "[3]), beta1="
                    + BETA1 + ", beta2=" + BETA2 + ", weight_decay=" + decay + ", eps=" + EPSILON
                    + ", amsgrad=False, maximize=False)\n"
                    // What nobody reads is left out by the interpreter: it sees that the list changes, not what is in
                    // it.
                    + weight + " = all[0]\n";
        }

        @Override
        List<NDArray> state(String name) {
            return List.of(mean.get(name), square.get(name));
        }

        @Override
        Map<String, NDArray> state() {
            Map<String, NDArray> out = new LinkedHashMap<>();
            mean.forEach((name, array) -> out.put("mean/" + name, array));
            square.forEach((name, array) -> out.put("square/" + name, array));
            return out;
        }
    }
}
