package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;

/** Convolutions over one, two or three spatial axes: {@code [batch, channels, …]}. */
final class ConvolutionOps {
    private ConvolutionOps() {}

    static void addTo(OpTable ops) {
        ops.add("Conv", 1, ConvolutionOps::conv);
    }

    private static NDArray conv(Call in) {
        NDArray weight = in.get(1);
        Window window = Window.of(in.node(), in.get(0).getShape(), spatial(weight.getShape()));
        NDArray x = window.padUneven(in, in.get(0), 0);
        return JniUtils.convolution(
                (PtNDArray) x,
                (PtNDArray) weight,
                (PtNDArray) in.optional(2).orElse(null),
                new Shape(window.strides()),
                new Shape(window.evenPads()),
                new Shape(window.dilations()),
                in.node().attribute("group", 1));
    }

    /** The kernel's extent: the axes of a weight {@code [out, in / group, …]} from the third on. */
    private static long[] spatial(Shape weight) {
        return Arrays.copyOfRange(weight.getShape(), 2, weight.dimension());
    }
}
