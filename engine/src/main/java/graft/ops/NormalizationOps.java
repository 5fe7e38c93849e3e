package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

/** Normalisations of {@code [batch, channels, …]}. */
final class NormalizationOps {
    private NormalizationOps() {}

    static void addTo(OpTable ops) {
        ops.addAll("BatchNormalization", 6, NormalizationOps::batchNormalization);
    }

    /** Learns its running statistics in place where the mode says so; momentum is that of the stored value. */
    private static NDList batchNormalization(Call in) {
        NDArray x = in.get(0);
        float epsilon = in.node().attribute("epsilon", 1e-5f);
        float momentum = in.node().attribute("momentum", 0.9f);
        // One value per channel has no variance: such a batch is normalised by the stored statistics.
        boolean learns = in.batchStatistics() && valuesPerChannel(x.getShape()) > 1;
        return x.getNDArrayInternal()
                .batchNorm(x, in.get(3), in.get(4), in.get(1), in.get(2), 1, momentum, epsilon, learns);
    }

    private static long valuesPerChannel(Shape shape) {
        return shape.size() / shape.get(1);
    }
}
