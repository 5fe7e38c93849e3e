package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import graft.onnx.Node;
import java.util.Arrays;

/**
 * The sliding window of a convolution or pooling node.
 *
 * @param kernel extent per spatial axis
 * @param begin padding before each spatial axis
 * @param end padding after each spatial axis
 */
record Window(long[] kernel, long[] strides, long[] dilations, long[] begin, long[] end) {

    /** Reads the attributes of {@code node}; {@code kernel} counts where it has no {@code kernel_shape}. */
    static Window of(Node node, Shape input, long[] kernel) {
        long[] extent = node.attribute("kernel_shape", kernel);
        int axes = extent.length;
        long[] strides = node.attribute("strides", repeat(1, axes));
        long[] dilations = node.attribute("dilations", repeat(1, axes));
        long[] begin = new long[axes];
        long[] end = new long[axes];
        String auto = node.attribute("auto_pad", "NOTSET");
        if (auto.startsWith("SAME")) {
            for (int i = 0; i < axes; i++) {
                long size = input.get(i + 2);
                long outputs = (size + strides[i] - 1) / strides[i];
                long total = Math.max((outputs - 1) * strides[i] + (extent[i] - 1) * dilations[i] + 1 - size, 0);
                begin[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                end[i] = total - begin[i];
            }
        } else if (!auto.equals("VALID")) {
            long[] pads = node.attribute("pads", new long[2 * axes]);
            begin = Arrays.copyOfRange(pads, 0, axes);
            end = Arrays.copyOfRange(pads, axes, 2 * axes);
        }
        return new Window(extent, strides, dilations, begin, end);
    }

    /** PyTorch pads both ends alike; other paddings are laid around the input first. */
    boolean isEven() {
        return Arrays.equals(begin, end);
    }

    /** Padding for PyTorch's own {@code padding} argument: zero where {@link #padUneven} has done it. */
    long[] evenPads() {
        return isEven() ? begin : new long[begin.length];
    }

    /** The input itself where padding is even, else the input surrounded by {@code value}. */
    NDArray padUneven(Call in, NDArray x, double value) {
        if (isEven()) {
            return x;
        }
        return padAll(in, x, value, new long[begin.length]);
    }

    /** The input surrounded by {@code value}: so much more at the end of each axis than {@link #end} says. */
    NDArray padAll(Call in, NDArray x, double value, long[] more) {
        long[] last = end.clone();
        boolean none = true;
        for (int i = 0; i < last.length; i++) {
            last[i] += more[i];
            none &= last[i] == 0 && begin[i] == 0;
        }
        return none
                ? x
                : in.torch(
                        "torch.constant_pad_nd(a, " + Call.list(torchPads(begin, last)) + ", "
                                + Types.literal(value, x.getDataType()) + ")",
                        x);
    }

    /** Places of the window along each axis of {@code input}; one that begins behind the input does not count. */
    long[] places(Shape input, boolean ceil) {
        long[] out = new long[kernel.length];
        for (int i = 0; i < out.length; i++) {
            long size = input.get(i + 2);
            long room = size + begin[i] + end[i] - (kernel[i] - 1) * dilations[i] - 1;
            out[i] = (ceil ? Math.floorDiv(room + strides[i] - 1, strides[i]) : Math.floorDiv(room, strides[i])) + 1;
            if (ceil && (out[i] - 1) * strides[i] >= size + begin[i]) {
                out[i]--;
            }
        }
        return out;
    }

    /** Elements missing at the end of each axis so that the window fits {@code places} times; not negative. */
    long[] missing(Shape input, long[] places) {
        long[] out = new long[kernel.length];
        for (int i = 0; i < out.length; i++) {
            long needed = (places[i] - 1) * strides[i] + (kernel[i] - 1) * dilations[i] + 1;
            out[i] = Math.max(0, needed - input.get(i + 2) - begin[i] - end[i]);
        }
        return out;
    }

    /** Pads as PyTorch lists them: the last axis first, begin and end in pairs. */
    static long[] torchPads(long[] begin, long[] end) {
        long[] pads = new long[2 * begin.length];
        for (int i = 0; i < begin.length; i++) {
            int axis = begin.length - 1 - i;
            pads[2 * i] = begin[axis];
            pads[2 * i + 1] = end[axis];
        }
        return pads;
    }

    static long[] repeat(long value, int times) {
        long[] out = new long[times];
        Arrays.fill(out, value);
        return out;
    }
}
