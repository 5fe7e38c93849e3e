package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Pooling over the spatial axes of {@code [batch, channels, …]}. */
final class PoolingOps {
    private PoolingOps() {}

    static void addTo(OpTable ops) {
        ops.add("AveragePool", 1, PoolingOps::averagePool);
        ops.add("GlobalAveragePool", 1, PoolingOps::globalAveragePool);
        ops.add("GlobalMaxPool", 1, PoolingOps::globalMaxPool);
        ops.addAll("MaxPool", 1, PoolingOps::maxPool);
        ops.noGradientFrom("MaxPool", 1);
    }

    private static boolean ceil(Call in) {
        return in.node().attribute("ceil_mode", 0) != 0;
    }

    private static NDList maxPool(Call in) {
        NDArray x = in.get(0);
        if (!x.getDataType().isFloating()) {
            // PyTorch pools real numbers only; single precision holds the 8-bit types that ONNX allows.
            NDList pooled = maxPool(in, x.toType(DataType.FLOAT32, false));
            pooled.set(0, pooled.get(0).toType(x.getDataType(), false));
            return pooled;
        }
        return maxPool(in, x);
    }

    private static NDList maxPool(Call in, NDArray x) {
        Window window = Window.of(in.node(), x.getShape(), null);
        boolean direct = window.isEven() && !ceil(in);
        for (int i = 0; i < window.kernel().length; i++) {
            direct &= window.begin()[i] <= window.kernel()[i] / 2;
        }
        NDArray padded = x;
        if (!direct) {
            long[] places = window.places(x.getShape(), ceil(in));
            padded = window.padAll(in, x, Double.NEGATIVE_INFINITY, window.missing(x.getShape(), places));
        }
        long[] pads = direct ? window.begin() : new long[window.begin().length];
        String function = "torch.max_pool" + window.kernel().length + "d";
        String arguments = "(a, " + Call.list(window.kernel()) + ", " + Call.list(window.strides()) + ", "
                + Call.list(pads) + ", " + Call.list(window.dilations()) + ", False)";
        if (!in.wants(1)) {
            return new NDList(in.torch(function + arguments, padded));
        }
        NDList out = in.torch(function + "_with_indices" + arguments, 2, padded);
        long[] begin = direct ? new long[pads.length] : window.begin();
        out.set(1, inWholeTensor(in, out.get(1), padded.getShape(), x.getShape(), begin));
        return out;
    }

    /** PyTorch counts positions within the (padded) plane of a channel, ONNX within the whole tensor. */
    private static NDArray inWholeTensor(Call in, NDArray positions, Shape padded, Shape shape, long[] begin) {
        long[] values = positions.toLongArray();
        boolean byColumn = in.node().attribute("storage_order", 0) != 0;
        int axes = begin.length;
        long plane = shape.slice(2).size();
        long perPlane = positions.getShape().slice(2).size();
        for (int i = 0; i < values.length; i++) {
            long left = values[i];
            long[] at = new long[axes];
            for (int axis = axes - 1; axis >= 0; axis--) {
                at[axis] = left % padded.get(axis + 2) - begin[axis];
                left /= padded.get(axis + 2);
            }
            long position = 0;
            for (int k = 0; k < axes; k++) {
                int axis = byColumn ? axes - 1 - k : k;
                position = position * shape.get(axis + 2) + at[axis];
            }
            values[i] = i / perPlane * plane + position;
        }
        return in.create(values, positions.getShape());
    }

    // DJL's avgPool ignores count_include_pad, so PyTorch's own is called.
    private static NDArray averagePool(Call in) {
        NDArray x = in.get(0);
        Window window = Window.of(in.node(), x.getShape(), null);
        boolean countPads = in.node().attribute("count_include_pad", 0) != 0;
        boolean direct = window.isEven() && !ceil(in);
        for (int i = 0; i < window.kernel().length; i++) {
            direct &= window.begin()[i] <= window.kernel()[i] / 2 && window.dilations()[i] == 1;
        }
        if (direct) {
            return in.torch(
                    "torch.avg_pool" + window.kernel().length + "d(a, " + Call.list(window.kernel()) + ", "
                            + Call.list(window.strides()) + ", " + Call.list(window.begin()) + ", False, "
                            + Types.literal(countPads) + ")",
                    x);
        }
        long[] places = window.places(x.getShape(), ceil(in));
        long[] missing = window.missing(x.getShape(), places);
        NDArray sums = sums(in, window, window.padAll(in, x, 0, missing));
        long[] one = x.getShape().getShape().clone();
        one[0] = 1;
        one[1] = 1;
        NDArray ones = in.manager().ones(new Shape(one), x.getDataType());
        // What a window touches behind the pads never counts.
        NDArray counted = countPads
                ? beyond(in, window.padAll(in, ones, 1, new long[missing.length]), missing)
                : window.padAll(in, ones, 0, missing);
        return sums.div(sums(in, window, counted));
    }

    private static NDArray beyond(Call in, NDArray ones, long[] missing) {
        String pads = Call.list(Window.torchPads(new long[missing.length], missing));
        return in.torch("torch.constant_pad_nd(a, " + pads + ", 0.0)", ones);
    }

    /** Sums under a window that lies within {@code x}: a convolution of each channel with ones. */
    private static NDArray sums(Call in, Window window, NDArray x) {
        long channels = x.getShape().get(1);
        int axes = window.kernel().length;
        long[] weight = new long[axes + 2];
        weight[0] = channels;
        weight[1] = 1;
        System.arraycopy(window.kernel(), 0, weight, 2, axes);
        return in.torch(
                "torch.conv" + axes + "d(a, torch.ones(" + Call.list(weight) + ", dtype="
                        + Types.code(x.getDataType()) + Call.WHERE_A_IS + "), None, " + Call.list(window.strides())
                        + ", "
                        + Call.list(new long[axes]) + ", " + Call.list(window.dilations()) + ", " + channels + ")",
                x);
    }

    private static NDArray globalAveragePool(Call in) {
        int[] axes = IntStream.range(2, in.get(0).getShape().dimension()).toArray();
        return in.torch("torch.mean(a, " + Arrays.toString(axes) + ", True)", in.get(0));
    }

    // Of equal values the first one gets the gradient, as in PyTorch's pooling; its amax would share it out.
    private static NDArray globalMaxPool(Call in) {
        Shape shape = in.get(0).getShape();
        long[] pooled = Window.repeat(1, shape.dimension());
        pooled[0] = shape.get(0);
        pooled[1] = shape.get(1);
        NDArray flat = in.get(0).reshape(shape.get(0), shape.get(1), -1);
        return flat.max(new int[] {2}, true).reshape(pooled);
    }
}
