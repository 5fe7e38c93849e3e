package graft.quantize;

import graft.onnx.ElementType;
import graft.onnx.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A weight as int8, symmetric: w ≈ scale · q, q in −127…127. −128 is left out, so that −w and w are equally exact.
 *
 * @param scales one number, or one per index along {@code axis}
 * @param axis −1 where one scale holds for the whole tensor
 */
record Int8Weight(byte[] values, long[] shape, float[] scales, int axis) {
    static final int LARGEST = 127;

    /** The finest scales for a weight; {@code axis} −1 for a single one. */
    static float[] scales(Tensor weight, int axis) {
        float[] numbers = weight.toFloats();
        float[] largest = new float[axis < 0 ? 1 : Math.toIntExact(weight.shape()[axis])];
        for (int i = 0; i < numbers.length; i++) {
            int c = channel(i, weight.shape(), axis);
            largest[c] = Math.max(largest[c], Math.abs(numbers[i]));
        }
        for (int c = 0; c < largest.length; c++) {
            largest[c] /= LARGEST;
        }
        return largest;
    }

    /** Rounds half to even. A scale that is no normal number (a channel of zeros) becomes 1: every q is then 0. */
    static Int8Weight of(Tensor weight, int axis, float[] scales) {
        float[] used = scales.clone();
        for (int c = 0; c < used.length; c++) {
            used[c] = used[c] < Float.MIN_NORMAL ? 1 : used[c];
        }
        float[] numbers = weight.toFloats();
        byte[] values = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            double q = Math.rint(numbers[i] / used[channel(i, weight.shape(), axis)]);
            values[i] = (byte) Math.max(-LARGEST, Math.min(LARGEST, q));
        }
        return new Int8Weight(values, weight.shape(), used, axis);
    }

    private static int channel(int i, long[] shape, int axis) {
        if (axis < 0) {
            return 0;
        }
        long inner = 1;
        for (int a = axis + 1; a < shape.length; a++) {
            inner *= shape[a];
        }
        return (int) (i / inner % shape[axis]);
    }

    float dequantized(int i) {
        return values[i] * scales[channel(i, shape, axis)];
    }

    Tensor tensor(String name) {
        return Tensor.ofBytes(name, ElementType.INT8, shape, ByteBuffer.wrap(values));
    }

    /** The scales in a shape that multiplies the weight by broadcasting: [1, …, channels, …, 1]. */
    long[] broadcastShape() {
        if (axis < 0) {
            return new long[0];
        }
        long[] out = new long[shape.length];
        Arrays.fill(out, 1);
        out[axis] = shape[axis];
        return out;
    }
}
