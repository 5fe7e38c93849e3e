package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes weights by their gradients. DJL's own optimizers cannot save their state, and count steps over all weights
 * together.
 */
abstract class Optimizer {
    private final Map<String, NDArray> weights;
    private final double weightDecay;
    private long steps;

    private Optimizer(Map<String, NDArray> weights, double weightDecay) {
        this.weights = weights;
        this.weightDecay = weightDecay;
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
        weights.forEach((name, weight) -> {
            NDArray gradient = weight.getGradient();
            gradient.attach(step);
            update(name, weight, gradient, learningRate);
            JniUtils.zeroGrad((PtNDArray) weight);
        });
    }

    abstract void update(String name, NDArray weight, NDArray gradient, double learningRate);

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
        weights.forEach((name, weight) -> {
            Tensor tensor = stored.get(prefix + name);
            out.put(
                    name,
                    tensor == null
                            ? held.zeros(weight.getShape(), weight.getDataType())
                            : ArrayTensors.toArray(held, tensor));
        });
        return out;
    }

    /** A product that belongs to the manager of {@code owner}, not to that of the factor. */
    private static NDArray scaled(NDArray array, NDArray owner, double factor) {
        NDArray product = array.mul((float) factor);
        product.attach(owner.getManager());
        return product;
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
            super(weights, weightDecay);
            this.momentum = momentum;
            this.velocity = momentum == 0 ? Map.of() : begun("velocity/", weights, stored, held);
        }

        @Override
        void update(String name, NDArray weight, NDArray gradient, double learningRate) {
            if (weightDecay() != 0) {
                gradient.addi(scaled(weight, gradient, weightDecay()));
            }
            NDArray direction = gradient;
            if (momentum != 0) {
                direction = velocity.get(name);
                direction.muli((float) momentum);
                direction.addi(gradient);
            }
            weight.subi(scaled(direction, gradient, learningRate));
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
            super(weights, weightDecay);
            this.mean = begun("mean/", weights, stored, held);
            this.square = begun("square/", weights, stored, held);
        }

        @Override
        void update(String name, NDArray weight, NDArray gradient, double learningRate) {
            NDManager step = gradient.getManager();
            NDArray m = mean.get(name);
            NDArray v = square.get(name);
            if (weightDecay() != 0) {
                weight.muli((float) (1 - learningRate * weightDecay()));
            }
            m.muli((float) BETA1);
            m.addi(gradient.mul((float) (1 - BETA1)));
            v.muli((float) BETA2);
            v.addi(gradient.mul(gradient).muli((float) (1 - BETA2)));
            NDArray root = v.sqrt();
            root.attach(step);
            NDArray divisor =
                    root.divi((float) Math.sqrt(1 - Math.pow(BETA2, steps()))).addi((float) EPSILON);
            NDArray change = m.div(divisor);
            change.attach(step);
            weight.subi(change.muli((float) (learningRate / (1 - Math.pow(BETA1, steps())))));
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
