package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;

/** Element-wise activations, and softmax. */
final class ActivationOps {
    private ActivationOps() {}

    static void addTo(OpTable ops) {
        ops.add("Celu", 12, in -> in.torch("torch.celu(a, " + number(in, "alpha", 1f) + ")", in.get(0)));
        ops.add("Clip", 1, ActivationOps::clipByAttributes);
        ops.add("Clip", 11, ActivationOps::clip); // bounds became inputs
        ops.add("Elu", 1, in -> in.torch("torch.elu(a, " + number(in, "alpha", 1f) + ")", in.get(0)));
        ops.add("Gelu", 20, ActivationOps::gelu);
        ops.add("Hardmax", 1, in -> hardmax(in, true)); // until opset 12: flattens to 2-D first
        ops.add("Hardmax", 13, in -> hardmax(in, false));
        ops.add("HardSigmoid", 1, ActivationOps::hardSigmoid);
        ops.add("HardSwish", 14, in -> in.torch("torch.hardswish(a)", in.get(0)));
        ops.add("LeakyRelu", 1, in -> in.get(0)
                .getNDArrayInternal()
                .leakyRelu(in.node().attribute("alpha", 0.01f)));
        ops.add("LogSoftmax", 1, in -> overFlattened(in, true)); // until opset 12: flattens to 2-D first
        ops.add("LogSoftmax", 13, in -> in.get(0)
                .logSoftmax(in.axis(-1, in.get(0).getShape().dimension())));
        ops.add("Mish", 18, in -> in.torch("torch.mish(a)", in.get(0)));
        ops.add("PRelu", 1, ActivationOps::prelu);
        ops.add("Relu", 1, in -> in.get(0).getNDArrayInternal().relu());
        ops.add("Selu", 1, ActivationOps::selu);
        ops.add("Shrink", 9, ActivationOps::shrink);
        ops.add("Sigmoid", 1, in -> in.get(0).getNDArrayInternal().sigmoid());
        ops.add("Softmax", 1, in -> overFlattened(in, false)); // until opset 12: flattens to 2-D first
        ops.add("Softmax", 13, in -> in.get(0)
                .softmax(in.axis(-1, in.get(0).getShape().dimension())));
        ops.add("Softplus", 1, in -> in.torch("torch.softplus(a)", in.get(0)));
        ops.add("Softsign", 1, in -> in.torch("torch.div(a, torch.add(torch.abs(a), 1))", in.get(0)));
        ops.add("Swish", 24, ActivationOps::swish);
        ops.add("Tanh", 1, in -> in.get(0).tanh());
        ops.add(
                "ThresholdedRelu",
                10,
                in -> in.torch("torch.threshold(a, " + number(in, "alpha", 1f) + ", 0)", in.get(0)));
        ops.withoutGradient("Hardmax");
        ops.note("Clip", "bounds that the network computes get gradients too; fixed ones are settings, not weights");
        ops.note("PRelu", "the slope is a weight");
    }

    private static String number(Call in, String attribute, float absent) {
        return ShapeOps.literal(in.node().attribute(attribute, absent));
    }

    private static NDArray clipByAttributes(Call in) {
        String min = ShapeOps.literal(in.node().attribute("min", -Float.MAX_VALUE));
        String max = ShapeOps.literal(in.node().attribute("max", Float.MAX_VALUE));
        return in.torch("torch.clamp(a, " + min + ", " + max + ")", in.get(0));
    }

    private static NDArray clip(Call in) {
        NDArray x = in.get(0);
        Optional<NDArray> min = in.optional(1);
        Optional<NDArray> max = in.optional(2);
        if (min.isEmpty() && max.isEmpty()) {
            return x;
        }
        if (!(min.isEmpty() || in.isFixed(1)) || !(max.isEmpty() || in.isFixed(2))) {
            // Bounds that are computed get their part of the gradient.
            NDArray above = min.isEmpty() ? x : in.torch("torch.maximum(a, b)", x, min.get());
            return max.isEmpty() ? above : in.torch("torch.minimum(a, b)", above, max.get());
        }
        return in.torch("torch.clamp(a, " + bound(min, x) + ", " + bound(max, x) + ")", x);
    }

    private static String bound(Optional<NDArray> bound, NDArray x) {
        return bound.map(b -> x.getDataType() == DataType.INT64
                        ? Long.toString(b.getLong())
                        : Types.literal(Call.number(b), x.getDataType()))
                .orElse("None");
    }

    private static NDArray gelu(Call in) {
        boolean exact = in.node().attribute("approximate", "none").equals("none");
        return exact
                ? in.get(0).getNDArrayInternal().gelu()
                : in.torch("torch.gelu(a, approximate=\"tanh\")", in.get(0));
    }

    private static NDArray hardSigmoid(Call in) {
        return in.torch(
                "torch.clamp(torch.add(torch.mul(a, " + number(in, "alpha", 0.2f) + "), " + number(in, "beta", 0.5f)
                        + "), 0, 1)",
                in.get(0));
    }

    /** 1 at the first largest element, else 0. */
    private static NDArray hardmax(Call in, boolean flattened) {
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        int axis = in.axis(flattened ? 1 : -1, rank);
        NDArray rows = flattened ? x.reshape(ShapeOps.flattened(x.getShape(), axis)) : x;
        String along = Integer.toString(flattened ? 1 : axis);
        return in.torch(
                        "torch.scatter(torch.zeros_like(a), " + along + ", torch.argmax(a, " + along + ", True), 1.0)",
                        rows)
                .reshape(x.getShape());
    }

    private static NDArray shrink(Call in) {
        String bias = number(in, "bias", 0f);
        String bound = number(in, "lambd", 0.5f);
        return in.torch(
                "torch.add(torch.mul(torch.sub(a, " + bias + "), torch.gt(a, " + bound + ")), torch.mul(torch.add(a, "
                        + bias + "), torch.lt(a, -" + bound + ")))",
                in.get(0));
    }

    private static NDArray prelu(Call in) {
        NDArray x = in.get(0);
        NDArray slope = in.get(1);
        int rank = x.getShape().dimension();
        if (in.opset() < 7
                && slope.getShape().dimension() == 1
                && slope.getShape().size() > 1
                && rank > 2) {
            // One slope per channel; later versions broadcast from the last axis on.
            slope = slope.reshape(channelShape(slope.getShape().size(), rank));
        }
        return in.torch("torch.where(torch.ge(a, 0), a, torch.mul(a, b))", x, slope);
    }

    /** {@code [1, channels, 1, …]} of the given rank. */
    static Shape channelShape(long channels, int rank) {
        long[] shape = new long[rank];
        java.util.Arrays.fill(shape, 1);
        shape[1] = channels;
        return new Shape(shape);
    }

    private static NDArray selu(Call in) {
        // The defaults until version 5 were rounded: 1.6732 and 1.0507.
        String alpha = number(in, "alpha", in.opset() < 6 ? 1.6732f : 1.67326319217681884765625f);
        String gamma = number(in, "gamma", in.opset() < 6 ? 1.0507f : 1.05070102214813232421875f);
        return in.torch("torch.elu(a, " + alpha + ", " + gamma + ")", in.get(0));
    }

    private static NDArray swish(Call in) {
        float alpha = in.node().attribute("alpha", 1f);
        return alpha == 1
                ? in.torch("torch.silu(a)", in.get(0))
                : in.torch("torch.mul(a, torch.sigmoid(torch.mul(a, " + ShapeOps.literal(alpha) + ")))", in.get(0));
    }

    private static NDArray overFlattened(Call in, boolean log) {
        NDArray x = in.get(0);
        int axis = in.axis(1, x.getShape().dimension());
        NDArray rows = x.reshape(ShapeOps.flattened(x.getShape(), axis));
        return (log ? rows.logSoftmax(1) : rows.softmax(1)).reshape(x.getShape());
    }
}
