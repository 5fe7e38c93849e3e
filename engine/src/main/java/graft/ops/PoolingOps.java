package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Pooling over the spatial axes of {@code [batch, channels, …]}. */
final class PoolingOps {
    private PoolingOps() {}

    static void addTo(OpTable ops) {
        ops.add("AveragePool", 7, PoolingOps::averagePool);
        ops.add("GlobalAveragePool", 1, PoolingOps::globalAveragePool);
        ops.add("MaxPool", 1, PoolingOps::maxPool);
    }

    private static NDArray maxPool(Call in) {
        Window window = Window.of(in.node(), in.get(0).getShape(), null);
        NDArray x = window.padUneven(in, in.get(0), Double.NEGATIVE_INFINITY);
        return in.torch(
                "torch.max_pool" + window.kernel().length + "d(a, " + Call.list(window.kernel()) + ", "
                        + Call.list(window.strides()) + ", " + Call.list(window.evenPads()) + ", "
                        + Call.list(window.dilations()) + ", " + ceil(in) + ")",
                x);
    }

    // DJL's avgPool ignores count_include_pad, so PyTorch's own is called.
    private static NDArray averagePool(Call in) {
        Window window = Window.of(in.node(), in.get(0).getShape(), null);
        boolean countPads = in.node().attribute("count_include_pad", 0) != 0;
        NDArray sums = pooled(in, window, window.padUneven(in, in.get(0), 0), countPads || !window.isEven());
        if (window.isEven() || countPads) {
            return sums;
        }
        NDArray ones = in.get(0).onesLike();
        return sums.div(pooled(in, window, window.padUneven(in, ones, 0), true));
    }

    private static NDArray pooled(Call in, Window window, NDArray x, boolean countPads) {
        return in.torch(
                "torch.avg_pool" + window.kernel().length + "d(a, " + Call.list(window.kernel()) + ", "
                        + Call.list(window.strides()) + ", " + Call.list(window.evenPads()) + ", " + ceil(in) + ", "
                        + (countPads ? "True" : "False") + ")",
                x);
    }

    private static String ceil(Call in) {
        return in.node().attribute("ceil_mode", 0) != 0 ? "True" : "False";
    }

    private static NDArray globalAveragePool(Call in) {
        Shape shape = in.get(0).getShape();
        int[] axes = java.util.stream.IntStream.range(2, shape.dimension()).toArray();
        return in.torch("torch.mean(a, " + Arrays.toString(axes) + ", True)", in.get(0));
    }
}
