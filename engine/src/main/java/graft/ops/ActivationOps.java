package graft.ops;

import ai.djl.ndarray.NDArray;

/** Element-wise activations, and softmax. */
final class ActivationOps {
    private ActivationOps() {}

    static void addTo(OpTable ops) {
        ops.add("Clip", 6, ActivationOps::clipByAttributes);
        ops.add("Clip", 11, ActivationOps::clip); // bounds became inputs
        ops.add("LeakyRelu", 6, in -> in.get(0)
                .getNDArrayInternal()
                .leakyRelu(in.node().attribute("alpha", 0.01f)));
        ops.add("Relu", 6, in -> in.get(0).getNDArrayInternal().relu());
        ops.add("Sigmoid", 6, in -> in.get(0).getNDArrayInternal().sigmoid());
        ops.add("Softmax", 1, ActivationOps::softmaxOfFlattened); // until opset 12: flattens to 2-D first
        ops.add("Softmax", 13, in -> in.get(0).softmax(in.node().attribute("axis", -1)));
        ops.add("Tanh", 6, in -> in.get(0).tanh());
    }

    private static NDArray clipByAttributes(Call in) {
        return clip(in, in.node().attribute("min", -Float.MAX_VALUE), in.node().attribute("max", Float.MAX_VALUE));
    }

    private static NDArray clip(Call in) {
        double min = in.optional(1).map(Call::scalar).orElse(Double.NEGATIVE_INFINITY);
        double max = in.optional(2).map(Call::scalar).orElse(Double.POSITIVE_INFINITY);
        return clip(in, min, max);
    }

    private static NDArray clip(Call in, double min, double max) {
        return in.get(0).clip(min, max);
    }

    private static NDArray softmaxOfFlattened(Call in) {
        NDArray x = in.get(0);
        int axis = ShapeOps.axis(in.node().attribute("axis", 1), x.getShape().dimension());
        return x.reshape(ShapeOps.flattened(x.getShape(), axis)).softmax(1).reshape(x.getShape());
    }
}
