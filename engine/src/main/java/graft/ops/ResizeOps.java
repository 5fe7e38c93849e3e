package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.onnx.Node;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Resampling of pictures and volumes. */
final class ResizeOps {
    private ResizeOps() {}

    static void addTo(OpTable ops) {
        ops.add("AffineGrid", 20, ResizeOps::affineGrid);
        ops.add("GridSample", 16, ResizeOps::gridSample);
        ops.add("Resize", 10, in -> plain(in, numbers(in.get(1)))); // no coordinate modes yet
        ops.add("Resize", 11, ResizeOps::resize);
        ops.add("Upsample", 1, ResizeOps::upsampleByTwoFactors);
        ops.add("Upsample", 7, in -> plain(in, in.node().attribute("scales", new float[0])));
        ops.add("Upsample", 9, in -> plain(in, numbers(in.get(1)))); // the scales became an input
        ops.noGradientTo("AffineGrid", 1);
        ops.noGradientTo("Resize", 1, 2, 3);
        ops.noGradientTo("Upsample", 1, 2);
        ops.note("GridSample", "cubic for pictures, not for volumes");
        ops.note("Resize", "every mode, for any number of axes");
    }

    private static float[] numbers(NDArray array) {
        return array.getDataType() == DataType.FLOAT32
                ? array.toFloatArray()
                : array.toType(DataType.FLOAT32, false).toFloatArray();
    }

    /** {@code [batch, 2 or 3, 3 or 4]} and the size of the result to positions {@code [batch, …, 2 or 3]}. */
    private static NDArray affineGrid(Call in) {
        long[] size = in.longs(1);
        in.checkSize(size);
        String align = Types.literal(in.node().attribute("align_corners", 0) != 0);
        return in.torch("torch.affine_grid_generator(a, " + Call.list(size) + ", " + align + ")", in.get(0));
    }

    private static NDArray gridSample(Call in) {
        NDArray x = in.get(0);
        String mode = in.node().attribute("mode", "linear");
        int modeCode =
                switch (mode) {
                    case "bilinear", "linear" -> 0;
                    case "nearest" -> 1;
                    case "bicubic", "cubic" -> 2;
                    default -> throw in.unsupported("mode " + mode);
                };
        if (modeCode == 2 && x.getShape().dimension() != 4) {
            throw in.unsupported("cubic sampling of " + x.getShape());
        }
        String padding = in.node().attribute("padding_mode", "zeros");
        int paddingCode =
                switch (padding) {
                    case "zeros" -> 0;
                    case "border" -> 1;
                    case "reflection" -> 2;
                    default -> throw in.unsupported("padding_mode " + padding);
                };
        String align = Types.literal(in.node().attribute("align_corners", 0) != 0);
        return in.torch("torch.grid_sampler(a, b, " + modeCode + ", " + paddingCode + ", " + align + ")", x, in.get(1));
    }

    private static NDArray upsampleByTwoFactors(Call in) {
        float height = in.node().attribute("height_scale", 1f);
        float width = in.node().attribute("width_scale", 1f);
        return plain(in, new float[] {1, 1, height, width});
    }

    /** The forms before version 11: coordinates are divided by the scale. */
    private static NDArray plain(Call in, float[] scales) {
        Shape shape = in.get(0).getShape();
        boolean nearest = in.node().attribute("mode", "nearest").equals("nearest");
        NDArray x = in.get(0);
        for (int axis = 0; axis < scales.length; axis++) {
            long size = shape.get(axis);
            long out = (long) (size * scales[axis]);
            // These versions did not say how to round; ONNX Runtime rounds up where it shrinks.
            String rounding = scales[axis] < 1 ? "ceil" : "floor";
            ResizeAxis geometry = new ResizeAxis(size, out, scales[axis], "asymmetric", 0, 1);
            x = nearest ? geometry.nearest(in, x, axis, rounding) : geometry.linear(in, x, axis, false, false);
        }
        return x;
    }

    private static NDArray resize(Call in) {
        Node node = in.node();
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        int[] axes = node.has("axes")
                ? Arrays.stream(node.attribute("axes", new long[0]))
                        .mapToInt(axis -> ShapeOps.axis(axis, rank))
                        .toArray()
                : IntStream.range(0, rank).toArray();
        Optional<NDArray> scales =
                in.optional(2).filter(array -> array.getShape().size() > 0);
        float[] factors = new float[axes.length];
        long[] sizes = new long[axes.length];
        if (scales.isPresent()) {
            factors = numbers(scales.get());
            for (int i = 0; i < axes.length; i++) {
                sizes[i] = (long) (factors[i] * x.getShape().get(axes[i]));
            }
        } else {
            toSizes(node, in.longs(3), x.getShape(), axes, factors, sizes);
        }
        long[] out = x.getShape().getShape().clone();
        for (int i = 0; i < axes.length; i++) {
            out[axes[i]] = sizes[i];
        }
        in.checkSize(out);
        return resample(in, x, axes, factors, sizes);
    }

    /** Fills in the factors for wanted sizes, and changes the sizes where the aspect ratio is to be kept. */
    private static void toSizes(Node node, long[] wanted, Shape shape, int[] axes, float[] factors, long[] sizes) {
        String policy = node.attribute("keep_aspect_ratio_policy", "stretch");
        float common = policy.equals("not_larger") ? Float.MAX_VALUE : 0;
        for (int i = 0; i < axes.length; i++) {
            sizes[i] = wanted[i];
            factors[i] = (float) wanted[i] / shape.get(axes[i]);
            common = policy.equals("not_larger") ? Math.min(common, factors[i]) : Math.max(common, factors[i]);
        }
        if (policy.equals("stretch")) {
            return;
        }
        for (int i = 0; i < axes.length; i++) {
            factors[i] = common;
            sizes[i] = Math.max(1, (long) Math.floor(common * shape.get(axes[i]) + 0.5f));
        }
    }

    private static NDArray resample(Call in, NDArray x, int[] axes, float[] factors, long[] sizes) {
        Node node = in.node();
        String mode = node.attribute("mode", "nearest");
        String coordinates = node.attribute("coordinate_transformation_mode", "half_pixel");
        boolean antialias = node.attribute("antialias", 0) != 0;
        boolean excludeOutside = node.attribute("exclude_outside", 0) != 0;
        boolean crop = coordinates.equals("tf_crop_and_resize");
        float[] roi = crop ? numbers(in.get(1)) : new float[0];
        NDArray y = x;
        Optional<NDArray> outside = Optional.empty();
        for (int i = 0; i < axes.length; i++) {
            long size = x.getShape().get(axes[i]);
            if (size == sizes[i] && factors[i] == 1 && !crop) {
                continue;
            }
            float from = crop ? roi[i] : 0;
            float to = crop ? roi[axes.length + i] : 1;
            ResizeAxis geometry = new ResizeAxis(size, sizes[i], factors[i], coordinates, from, to);
            y = switch (mode) {
                case "nearest" ->
                    geometry.nearest(in, y, axes[i], node.attribute("nearest_mode", "round_prefer_floor"));
                case "linear" -> geometry.linear(in, y, axes[i], antialias, excludeOutside);
                case "cubic" ->
                    geometry.cubic(in, y, axes[i], node.attribute("cubic_coeff_a", -0.75f), antialias, excludeOutside);
                default -> throw in.unsupported("mode " + mode);
            };
            if (crop) {
                NDArray here = geometry.outside(in, axes[i], x.getShape().dimension());
                outside =
                        Optional.of(outside.map(there -> there.logicalOr(here)).orElse(here));
            }
        }
        if (outside.isEmpty()) {
            return y;
        }
        String value = ShapeOps.literal(node.attribute("extrapolation_value", 0f));
        return in.torch("torch.masked_fill(a, b, " + value + ")", y, outside.get());
    }
}
