package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.TorchScript;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes weights by their gradients. DJL's own optimizers cannot save their state, and count steps over all weights
 * together.
 */
abstract class Optimizer {
    private final Map<String, NDArray> weights;
    private final double weightDecay;
    private final TorchScript torchScript;
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
        return switch (plan.optimizer()) {
            case SGD -> sgd(weights, plan.momentum(), plan.weightDecay(), stored, held);
            case ADAMW -> new AdamW(weights, plan.weightDecay(), stored, held);
        };
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

    /** Applies the gradients at this learning rate and clears them. Scratch memory belongs to {@code step}. */
    void step(NDManager step, double learningRate) {
        steps++;
        float[] values = numbers(learningRate);
        NDArray numbers = ArrayTensors.toArray(step, values, 1, values.length).reshape(values.length);
        weights.forEach((name, weight) -> {
            NDArray gradient = weight.getGradient();
            gradient.attach(step);
            update(step, name, weight, gradient, numbers);
            JniUtils.zeroGrad((PtNDArray) weight);
        });
    }

    /** What differs from step to step, the same for all weights. */
    abstract float[] numbers(double learningRate);

    abstract void update(NDManager step, String name, NDArray weight, NDArray gradient, NDArray numbers);

    /** Changes arrays in place in one native call; they are {@code a}, {@code b}, {@code c}, … of the rule. */
    void script(NDManager step, String rule, NDArray... arrays) {
        torchScript.call(step, rule, 1, arrays);
    }

    /** State by name, for a checkpoint. */
    abstract Map<String, NDArray> state();

    double weightDecay() {
        return weightDecay;
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
        float[] numbers(double learningRate) {
            return new float[] {(float) -learningRate};
        }

        @Override
        void update(NDManager step, String name, NDArray weight, NDArray gradient, NDArray numbers) {
            String decayed = weightDecay() == 0 ? "b" : "torch.add(b, a, alpha=" + weightDecay() + ")";
            if (momentum == 0) {
                script(step, "return torch.add_(a, torch.mul(" + decayed + ", c[0]))", weight, gradient, numbers);
            } else {
                script(
                        step,
                        "v = torch.add(" + decayed + ", d, alpha=" + momentum + ", out=d)\n"
                                + "return torch.add_(a, v, alpha=float(c[0]))",
                        weight,
                        gradient,
                        numbers,
                        velocity.get(name));
            }
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
        private static final String RULE = "k = torch.mul_(a, c[0])\n"
                + "m = torch.lerp_(d, b, " + (1 - BETA1) + ")\n"
                + "v = torch.addcmul_(torch.mul_(e, " + BETA2 + "), b, b, value=" + (1 - BETA2) + ")\n"
                + "r = torch.add_(torch.mul_(torch.sqrt(v), c[1]), " + EPSILON + ")\n"
                + "return torch.addcdiv_(a, m, r, value=float(c[2]))";
        private final Map<String, NDArray> mean;
        private final Map<String, NDArray> square;

        AdamW(Map<String, NDArray> weights, double weightDecay, Map<String, Tensor> stored, NDManager held) {
            super(weights, weightDecay, held);
            this.mean = begun("mean/", weights, stored, held);
            this.square = begun("square/", weights, stored, held);
        }

        /** What a weight is multiplied by, one over the root of the second bias correction, the step size. */
        @Override
        float[] numbers(double learningRate) {
            return new float[] {
                (float) (1 - learningRate * weightDecay()),
                (float) (1 / Math.sqrt(1 - Math.pow(BETA2, steps()))),
                (float) (-learningRate / (1 - Math.pow(BETA1, steps())))
            };
        }

        @Override
        void update(NDManager step, String name, NDArray weight, NDArray gradient, NDArray numbers) {
            script(step, RULE, weight, gradient, numbers, mean.get(name), square.get(name));
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
