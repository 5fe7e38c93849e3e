package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Resampling along one axis; every mode of ONNX works on one axis after the other.
 *
 * @param size extent of the axis
 * @param wanted extent of the result
 * @param scale as the file gives it; {@code wanted / size} only where it gives sizes
 * @param coordinates the {@code coordinate_transformation_mode}
 * @param from start of the region that is cropped, as a part of the axis
 * @param to its end
 */
record ResizeAxis(long size, long wanted, float scale, String coordinates, float from, float to) {

    /**
     * Where the result's element {@code i} lies in the input. In single precision, as ONNX Runtime does it: which element
     * is the nearest may hang on the last bit.
     */
    private float position(Call in, long i) {
        return switch (coordinates) {
            case "asymmetric" -> i / scale;
            case "half_pixel" -> (i + 0.5f) / scale - 0.5f;
            case "pytorch_half_pixel" -> wanted > 1 ? (i + 0.5f) / scale - 0.5f : 0;
            // By whole elements as ONNX Runtime and PyTorch do it, not by the fraction that scale · size may be.
            case "align_corners" -> wanted > 1 ? (float) i * (size - 1) / (wanted - 1) : 0;
            case "half_pixel_symmetric" -> {
                // The middle of the result is the middle of the input, although whole elements are fewer.
                float offset = size / 2f * (1 - wanted / (scale * size));
                yield offset + (i + 0.5f) / scale - 0.5f;
            }
            case "tf_crop_and_resize" ->
                wanted > 1
                        ? from * (size - 1) + i * (to - from) * (size - 1) / (wanted - 1)
                        : 0.5f * (from + to) * (size - 1);
            case "tf_half_pixel_for_nn" -> (i + 0.5f) / scale;
            default -> throw in.unsupported("coordinate_transformation_mode " + coordinates);
        };
    }

    /** The elements whose position lies outside the input, as booleans along {@code axis}. */
    NDArray outside(Call in, int axis, int rank) {
        float[] marks = new float[(int) wanted];
        for (int i = 0; i < wanted; i++) {
            double position = position(in, i);
            marks[i] = position < 0 || position > size - 1 ? 1 : 0;
        }
        long[] shape = Window.repeat(1, rank);
        shape[axis] = wanted;
        return in.create(marks, new Shape(shape)).toType(DataType.BOOLEAN, false);
    }

    NDArray nearest(Call in, NDArray x, int axis, String rounding) {
        long[] source = new long[(int) wanted];
        boolean same = wanted == size;
        for (int i = 0; i < wanted; i++) {
            double position = position(in, i);
            double rounded =
                    switch (rounding) {
                        case "round_prefer_floor" -> Math.ceil(position - 0.5);
                        case "round_prefer_ceil" -> Math.floor(position + 0.5);
                        case "floor" -> Math.floor(position);
                        case "ceil" -> Math.ceil(position);
                        default -> throw in.unsupported("nearest_mode " + rounding);
                    };
            source[i] = clamp((long) rounded);
            same &= source[i] == i;
        }
        return same ? x : in.torch("torch.index_select(a, " + axis + ", b)", x, in.create(source));
    }

    NDArray linear(Call in, NDArray x, int axis, boolean antialias, boolean excludeOutside) {
        return weighted(in, x, axis, 1, antialias, excludeOutside, d -> Math.max(0, 1 - d));
    }

    /** @param a the coefficient of the cubic kernel (Keys 1981) */
    NDArray cubic(Call in, NDArray x, int axis, double a, boolean antialias, boolean excludeOutside) {
        return weighted(
                in,
                x,
                axis,
                2,
                antialias,
                excludeOutside,
                d -> d <= 1
                        ? ((a + 2) * d - (a + 3)) * d * d + 1
                        : d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0);
    }

    private interface Kernel {
        double at(double distance);
    }

    /**
     * Each element of the result is a weighted sum of the input's elements within {@code reach}.
     *
     * @param antialias whether the kernel grows as the result shrinks, so that every element counts
     * @param excludeOutside whether weights of elements beyond the ends are dropped, not given to the end elements
     */
    private NDArray weighted(
            Call in, NDArray x, int axis, int reach, boolean antialias, boolean excludeOutside, Kernel kernel) {
        if (!x.getDataType().isFloating()) {
            throw in.unsupported("interpolation of " + x.getDataType());
        }
        double shrink = antialias ? Math.min(scale, 1) : 1;
        double width = reach / shrink;
        double[][] weights = new double[(int) wanted][(int) size];
        in.checkSize(wanted, size);
        for (int i = 0; i < wanted; i++) {
            double position = position(in, i);
            double sum = 0;
            for (long j = (long) Math.floor(position - width) + 1; j < position + width; j++) {
                if (excludeOutside && (j < 0 || j >= size)) {
                    continue;
                }
                double weight = kernel.at(Math.abs(j - position) * shrink);
                weights[i][(int) clamp(j)] += weight;
                sum += weight;
            }
            for (int j = 0; j < size && sum != 0; j++) {
                weights[i][j] /= sum;
            }
        }
        return in.torch(
                "torch.transpose(torch.matmul(torch.transpose(a, " + axis + ", -1), b), " + axis + ", -1)",
                x,
                matrix(in, weights, x.getDataType()));
    }

    /** {@code [size, wanted]}. */
    private NDArray matrix(Call in, double[][] weights, DataType type) {
        float[] flat = new float[Math.toIntExact(wanted * size)];
        for (int i = 0; i < wanted; i++) {
            for (int j = 0; j < size; j++) {
                flat[(int) (j * wanted + i)] = (float) weights[i][j];
            }
        }
        return in.create(flat, new Shape(size, wanted)).toType(type, false);
    }

    private long clamp(long index) {
        return Math.max(0, Math.min(index, size - 1));
    }
}
