package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Normalisations of {@code [batch, channels, …]}. */
final class NormalizationOps {
    private NormalizationOps() {}

    static void addTo(OpTable ops) {
        ops.addAll("BatchNormalization", 1, NormalizationOps::batchNormalization);
        ops.add("GroupNormalization", 18, in -> groupNormalization(in, true)); // scale and bias per group
        ops.add("GroupNormalization", 21, in -> groupNormalization(in, false)); // scale and bias per channel
        ops.add("InstanceNormalization", 1, NormalizationOps::instanceNormalization);
        // ONNX has it from 17 on; ONNX Runtime puts it, and the one without a mean, into files of any version.
        ops.addAll("LayerNormalization", 1, NormalizationOps::layerNormalization);
        ops.add("LpNormalization", 1, NormalizationOps::lpNormalization);
        ops.add("LRN", 1, NormalizationOps::localResponseNormalization);
        ops.add("MeanVarianceNormalization", 9, NormalizationOps::meanVariance);
        ops.add("RMSNormalization", 23, NormalizationOps::rootMeanSquare);
        ops.add("SimplifiedLayerNormalization", 1, NormalizationOps::rootMeanSquare);
        ops.note("BatchNormalization", "by stored statistics, or learning them");
    }

    private static String epsilon(Call in) {
        return ShapeOps.literal(in.node().attribute("epsilon", 1e-5f));
    }

    /** Learns its running statistics in place where the mode says so; momentum is that of the stored value. */
    private static NDList batchNormalization(Call in) {
        NDArray x = in.get(0);
        if (in.opset() < 9 && in.node().attribute("spatial", 1) == 0) {
            return new NDList(perElement(in, x));
        }
        if (in.opset() >= 14 && in.node().attribute("training_mode", 0) != 0) {
            return byBatch(in, x);
        }
        if (!in.batchStatistics() && !(in.isFixed(3) && in.isFixed(4))) {
            return new NDList(byComputedStatistics(in, x));
        }
        float epsilon = in.node().attribute("epsilon", 1e-5f);
        float momentum = in.node().attribute("momentum", 0.9f);
        // One value per channel has no variance: such a batch is normalised by the stored statistics.
        boolean learns = in.batchStatistics() && valuesPerChannel(x.getShape()) > 1;
        // It would learn the same statistics once more.
        NDArray mean = learns && in.again() ? in.get(3).duplicate() : in.get(3);
        NDArray variance = learns && in.again() ? in.get(4).duplicate() : in.get(4);
        return x.getNDArrayInternal().batchNorm(x, mean, variance, in.get(1), in.get(2), 1, momentum, epsilon, learns);
    }

    /** Statistics that the network computes get their part of the gradient, which PyTorch's own batch norm refuses. */
    private static NDArray byComputedStatistics(Call in, NDArray x) {
        String channels = Call.list(
                ActivationOps.channelShape(x.getShape().get(1), x.getShape().dimension())
                        .getShape());
        return in.script(
                        "k = torch.mul(b, torch.rsqrt(torch.add(e, " + epsilon(in) + ")))\n"
                                + "m = torch.sub(c, torch.mul(d, k))\n"
                                + "return torch.add(torch.mul(a, torch.reshape(k, " + channels
                                + ")), torch.reshape(m, " + channels + "))",
                        1,
                        x,
                        in.get(1),
                        in.get(2),
                        in.get(3),
                        in.get(4))
                .head();
    }

    /** Every element has statistics of its own; they have the shape of one example. */
    private static NDArray perElement(Call in, NDArray x) {
        return in.torch(
                "torch.add(torch.mul(torch.mul(torch.sub(a, d), torch.rsqrt(torch.add(e, " + epsilon(in)
                        + "))), b), c)",
                x,
                in.get(1),
                in.get(2),
                in.get(3),
                in.get(4));
    }

    /** A file that asks for training itself: the new running statistics are outputs; the variance is the population's. */
    private static NDList byBatch(Call in, NDArray x) {
        int rank = x.getShape().dimension();
        String others = Arrays.toString(
                IntStream.range(0, rank).filter(axis -> axis != 1).toArray());
        float momentum = in.node().attribute("momentum", 0.9f);
        String kept = ShapeOps.literal(momentum);
        String fresh = ShapeOps.literal(1.0 - momentum);
        return in.script(
                "m = torch.mean(a, " + others + ")\n"
                        + "v = torch.var(a, " + others + ", False)\n"
                        + "y = torch.batch_norm(a, b, c, None, None, True, 0.0, " + epsilon(in) + ", False)\n"
                        + "return (y, torch.add(torch.mul(d, " + kept + "), torch.mul(m, " + fresh
                        + ")), torch.add(torch.mul(e, " + kept + "), torch.mul(v, " + fresh + ")))",
                3,
                x,
                in.get(1),
                in.get(2),
                in.get(3),
                in.get(4));
    }

    private static long valuesPerChannel(Shape shape) {
        return shape.size() / shape.get(1);
    }

    private static NDArray instanceNormalization(Call in) {
        return in.torch(
                "torch.instance_norm(a, b, c, None, None, True, 0.0, " + epsilon(in) + ", False)",
                in.get(0),
                in.get(1),
                in.get(2));
    }

    private static NDArray groupNormalization(Call in, boolean weightsPerGroup) {
        NDArray x = in.get(0);
        long groups = in.node().attribute("num_groups", 1L);
        long repeats = weightsPerGroup ? x.getShape().get(1) / groups : 1;
        String scale = repeats == 1 ? "b" : "torch.repeat_interleave(b, " + repeats + ")";
        String bias = repeats == 1 ? "c" : "torch.repeat_interleave(c, " + repeats + ")";
        return in.torch(
                "torch.group_norm(a, " + groups + ", " + scale + ", " + bias + ", " + epsilon(in) + ", False)",
                x,
                in.get(1),
                in.get(2));
    }

    private static NDList layerNormalization(Call in) {
        NDArray x = in.get(0);
        NDArray scale = in.get(1);
        Optional<NDArray> bias = in.optional(2);
        Shape normalized = x.getShape().slice(in.axis(-1, x.getShape().dimension()));
        boolean whole = scale.getShape().equals(normalized)
                && bias.map(b -> b.getShape().equals(normalized)).orElse(true);
        Arguments args = new Arguments();
        String over = args.add(x) + ", " + Call.list(normalized.getShape());
        // Scale and bias may have fewer axes than what is normalised; PyTorch wants them whole.
        String weights = whole ? args.add(scale) + ", " + args.add(bias) : "None, None";
        NDList out;
        if (!in.wants(1) && !in.wants(2)) {
            out = new NDList(in.torch(
                    "torch.layer_norm(" + over + ", " + weights + ", " + epsilon(in) + ", False)", args.all()));
        } else {
            out = in.torch(
                    "torch.native_layer_norm(" + over + ", " + weights + ", " + epsilon(in) + ")", 3, args.all());
        }
        if (!whole) {
            NDArray scaled = out.get(0).mul(scale);
            out.set(0, bias.isPresent() ? scaled.add(bias.get()) : scaled);
        }
        return out;
    }

    private static NDArray rootMeanSquare(Call in) {
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        int[] axes = IntStream.range(in.axis(-1, rank), rank).toArray();
        // Halves are squared in single precision unless stash_type says otherwise.
        boolean widened = x.getDataType() == DataType.FLOAT16 && in.node().attribute("stash_type", 1) == 1;
        String wide = widened ? "torch.to(a, " + Types.code(DataType.FLOAT32) + ")" : "a";
        String normalized = "torch.mul(w, torch.rsqrt(torch.add(torch.mean(torch.mul(w, w), " + Arrays.toString(axes)
                + ", True), " + epsilon(in) + ")))";
        String narrow = widened ? "torch.to(" + normalized + ", " + Types.code(DataType.FLOAT16) + ")" : normalized;
        return in.script("w = " + wide + "\nreturn torch.mul(" + narrow + ", b)", 1, x, in.get(1))
                .head();
    }

    private static NDArray lpNormalization(Call in) {
        NDArray x = in.get(0);
        int axis = in.axis(-1, x.getShape().dimension());
        long p = in.node().attribute("p", 2L);
        // Where all is 0 the result is 0.
        return in.script(
                        "n = torch.linalg_vector_norm(a, " + p + ", [" + axis + "], True)\n"
                                + "return torch.div(a, torch.where(torch.eq(n, 0), torch.ones_like(n), n))",
                        1,
                        x)
                .head();
    }

    private static NDArray meanVariance(Call in) {
        String axes = Call.list(in.node().attribute("axes", new long[] {0, 2, 3}));
        return in.script(
                        "d = torch.sub(a, torch.mean(a, " + axes + ", True))\n"
                                + "return torch.div(d, torch.add(torch.sqrt(torch.mean(torch.mul(d, d), " + axes
                                + ", True)), 1e-9))",
                        1,
                        in.get(0))
                .head();
    }

    private static NDArray localResponseNormalization(Call in) {
        NDArray x = in.get(0);
        long[] shape = x.getShape().getShape();
        long size = in.node().attribute("size", 1L);
        String alpha = ShapeOps.literal(in.node().attribute("alpha", 1e-4f));
        String beta = ShapeOps.literal(in.node().attribute("beta", 0.75f));
        String bias = ShapeOps.literal(in.node().attribute("bias", 1f));
        long before = (size - 1) / 2;
        // The window lies over channels, so that they become an axis of a picture: [batch, 1, channels, rest].
        long rest = Math.max(1, x.getShape().slice(2).size());
        return in.script(
                        "s = torch.reshape(torch.mul(a, a), " + Call.list(shape[0], 1, shape[1], rest) + ")\n"
                                + "p = torch.constant_pad_nd(s, [0, 0, " + before + ", " + (size - 1 - before)
                                + "], 0.0)\n"
                                + "m = torch.reshape(torch.avg_pool2d(p, [" + size + ", 1], [1, 1]), "
                                + Call.list(shape) + ")\n"
                                + "return torch.div(a, torch.pow(torch.add(torch.mul(m, " + alpha + "), " + bias
                                + "), " + beta + "))",
                        1,
                        x)
                .head();
    }
}
