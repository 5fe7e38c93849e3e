package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Operators of detectors: choosing boxes, and cutting features out of them. */
final class DetectionOps {
    private DetectionOps() {}

    static void addTo(OpTable ops) {
        ops.add("NonMaxSuppression", 10, DetectionOps::nonMaxSuppression);
        ops.add("RoiAlign", 10, in -> roiAlign(in, "output_half_pixel"));
        ops.add("RoiAlign", 16, in -> roiAlign(in, "half_pixel")); // the default shifts boxes by half an element
        ops.withoutGradient("NonMaxSuppression");
        ops.noGradientTo("RoiAlign", 1, 2);
        ops.note("RoiAlign", "gradient for the features, not for the boxes");
    }

    /** Boxes {@code [batch, n, 4]}, scores {@code [batch, classes, n]} to rows of (batch, class, box). */
    private static NDArray nonMaxSuppression(Call in) {
        Shape shape = in.get(1).getShape();
        int batches = (int) shape.get(0);
        int classes = (int) shape.get(1);
        int boxes = (int) shape.get(2);
        float[] corners = in.get(0).toType(DataType.FLOAT32, false).toFloatArray();
        float[] scores = in.get(1).toType(DataType.FLOAT32, false).toFloatArray();
        long most = in.optional(2).map(n -> Call.longs(n)[0]).orElse(0L);
        double overlap = in.optional(3).map(Call::number).orElse(0.0);
        double least = in.optional(4).map(Call::number).orElse(Double.NEGATIVE_INFINITY);
        boolean centred = in.node().attribute("center_point_box", 0) != 0;
        List<Long> rows = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            for (int c = 0; c < classes; c++) {
                int scoresFrom = (b * classes + c) * boxes;
                int boxesFrom = b * boxes * 4;
                List<Integer> order = IntStream.range(0, boxes)
                        .filter(i -> scores[scoresFrom + i] > least)
                        .boxed()
                        .sorted(Comparator.comparing((Integer i) -> -scores[scoresFrom + i]))
                        .toList();
                List<float[]> chosen = new ArrayList<>();
                for (int i : order) {
                    if (chosen.size() >= most) {
                        break;
                    }
                    float[] box = box(corners, boxesFrom + 4 * i, centred);
                    if (chosen.stream().noneMatch(other -> overlap(box, other) > overlap)) {
                        chosen.add(box);
                        rows.addAll(List.of((long) b, (long) c, (long) i));
                    }
                }
            }
        }
        return in.create(rows.stream().mapToLong(Long::longValue).toArray(), new Shape(rows.size() / 3, 3));
    }

    /** {@code [low y, low x, high y, high x]}; either two opposite corners in any order, or centre and extent are given. */
    private static float[] box(float[] v, int at, boolean centred) {
        if (centred) {
            float halfWidth = v[at + 2] / 2;
            float halfHeight = v[at + 3] / 2;
            return new float[] {v[at + 1] - halfHeight, v[at] - halfWidth, v[at + 1] + halfHeight, v[at] + halfWidth};
        }
        return new float[] {
            Math.min(v[at], v[at + 2]),
            Math.min(v[at + 1], v[at + 3]),
            Math.max(v[at], v[at + 2]),
            Math.max(v[at + 1], v[at + 3])
        };
    }

    /** Intersection over union. */
    private static double overlap(float[] a, float[] b) {
        double height = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
        double width = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
        if (height <= 0 || width <= 0) {
            return 0;
        }
        double union = area(a) + area(b) - height * width;
        return union <= 0 ? 0 : height * width / union;
    }

    private static double area(float[] box) {
        return (double) (box[2] - box[0]) * (box[3] - box[1]);
    }

    /** Features {@code [batch, channels, height, width]}, boxes {@code [n, 4]} to {@code [n, channels, rows, columns]}. */
    private static NDArray roiAlign(Call in, String defaultCoordinates) {
        NDArray x = in.get(0);
        boolean half = in.node()
                .attribute("coordinate_transformation_mode", defaultCoordinates)
                .equals("half_pixel");
        // In single precision, as ONNX Runtime does it: the number of samples may hang on the last bit.
        float shift = half ? 0.5f : 0;
        float scale = in.node().attribute("spatial_scale", 1f);
        int rows = in.node().attribute("output_height", 1);
        int columns = in.node().attribute("output_width", 1);
        int ratio = in.node().attribute("sampling_ratio", 0);
        boolean largest = in.node().attribute("mode", "avg").equals("max");
        float[] corners = in.get(1).toType(DataType.FLOAT32, false).toFloatArray();
        long[] batches = in.longs(2);
        int height = (int) x.getShape().get(2);
        int width = (int) x.getShape().get(3);
        NDList out = new NDList();
        for (int n = 0; n < batches.length; n++) {
            float left = corners[4 * n] * scale - shift;
            float top = corners[4 * n + 1] * scale - shift;
            float boxWidth = corners[4 * n + 2] * scale - shift - left;
            float boxHeight = corners[4 * n + 3] * scale - shift - top;
            if (!half) {
                boxWidth = Math.max(boxWidth, 1);
                boxHeight = Math.max(boxHeight, 1);
            }
            Taps vertical = Taps.of(top, boxHeight, rows, ratio, height);
            Taps horizontal = Taps.of(left, boxWidth, columns, ratio, width);
            out.add(pooled(in, ControlFlowOps.at(x, 0, batches[n]), vertical, horizontal, largest));
        }
        if (out.isEmpty()) {
            return in.manager().create(new Shape(0, x.getShape().get(1), rows, columns), x.getDataType());
        }
        return NDArrays.stack(out);
    }

    /**
     * The elements of an axis that make up its samples, two per sample.
     *
     * @param bins places along the result
     */
    private record Taps(int bins, long[] element, float[] weight) {
        static Taps of(float start, float length, int bins, int ratio, int extent) {
            int each = ratio > 0 ? ratio : (int) Math.ceil(length / bins);
            int slots = Math.max(each, 1); // a box without extent has no samples: its features are 0
            Taps taps = new Taps(bins, new long[bins * slots * 2], new float[bins * slots * 2]);
            for (int s = 0; s < bins * each; s++) {
                taps.set(s, start + (s / each + (s % each + 0.5f) / each) * length / bins, extent);
            }
            return taps;
        }

        private void set(int sample, double at, int extent) {
            if (at < -1 || at > extent) {
                return;
            }
            double inside = Math.max(at, 0);
            int low = Math.min((int) inside, extent - 1);
            int high = Math.min(low + 1, extent - 1);
            float part = low == extent - 1 ? 0 : (float) (inside - low);
            element[2 * sample] = low;
            element[2 * sample + 1] = high;
            weight[2 * sample] = 1 - part;
            weight[2 * sample + 1] = part;
        }

        long perBin() {
            return element.length / bins;
        }
    }

    /**
     * The mean of the samples of each bin, or the largest of all their weighted elements: ONNX does not take the largest
     * sample.
     */
    private static NDArray pooled(Call in, NDArray features, Taps vertical, Taps horizontal, boolean largest) {
        long channels = features.getShape().get(0);
        long samples = vertical.perBin() * horizontal.perBin() / 4;
        in.checkSize(channels, vertical.element.length, horizontal.element.length);
        String pool = largest ? "torch.amax(g, [2, 4])" : "torch.div(torch.sum(g, [2, 4]), " + samples + ")";
        return in.script(
                        "p = torch.index_select(torch.index_select(a, 1, b), 2, d)\n"
                                + "w = torch.mul(p, torch.mul(torch.unsqueeze(c, 1), e))\n"
                                + "g = torch.reshape(w, "
                                + Call.list(
                                        channels,
                                        vertical.bins,
                                        vertical.perBin(),
                                        horizontal.bins,
                                        horizontal.perBin())
                                + ")\n" + "return " + pool,
                        1,
                        features,
                        in.create(vertical.element),
                        in.create(vertical.weight).toType(features.getDataType(), false),
                        in.create(horizontal.element),
                        in.create(horizontal.weight).toType(features.getDataType(), false))
                .head();
    }
}
