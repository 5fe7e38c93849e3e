package graft.train;

import graft.Refusal;
import graft.objective.CrossEntropy;
import graft.onnx.ElementType;
import graft.onnx.Values;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Mixes the examples that go through a network together, each with another one of them, and their targets in the same proportion: mixup
 * (Zhang et al. 2018) adds their numbers, CutMix (Yun et al. 2019) puts a rectangle of the one into the other. What reaches the
 * layers that learn is mixed: pictures where all learns, else features.
 *
 * @param mixup of Beta(mixup, mixup); 0 = not
 * @param cutmix likewise
 */
record Mixing(double mixup, double cutmix) {

    static Optional<Mixing> of(FineTuningPlan plan) {
        Mixing mixing = new Mixing(plan.get(PlanOptions.MIXUP), plan.get(PlanOptions.CUTMIX));
        return mixing.mixup > 0 || mixing.cutmix > 0 ? Optional.of(mixing) : Optional.empty();
    }

    /** What goes through together, and what is to be answered. */
    record Batch(Map<String, Values> features, Map<String, Values> targets) {}

    /** A part of a batch of pictures, in shares of height and width. */
    private record Box(double top, double left, double bottom, double right) {}

    /**
     * @param real how many of the examples count; the others stay as they are
     * @param chance from which all that is drawn follows
     */
    Batch mixed(Map<String, Values> features, Map<String, Values> targets, int real, long chance) {
        SplittableRandom random = new SplittableRandom(chance);
        boolean cut = cutmix > 0 && (mixup == 0 || random.nextBoolean());
        double kept = beta(cut ? cutmix : mixup, random);
        int[] partners = partners(real, random);
        if (!cut) {
            return new Batch(added(features, partners, kept), added(targets(targets), partners, kept));
        }
        Box box = box(kept, random);
        Map<String, Values> out = new LinkedHashMap<>();
        double area = 0;
        for (Map.Entry<String, Values> entry : features.entrySet()) {
            int[] axes = axes(entry.getKey(), entry.getValue().shape());
            int[] edges = edges(box, entry.getValue().shape(), axes);
            out.put(entry.getKey(), pasted(entry.getKey(), entry.getValue(), partners, axes, edges));
            long[] shape = entry.getValue().shape();
            area = (double) (edges[2] - edges[0]) * (edges[3] - edges[1]) / (shape[axes[0]] * shape[axes[1]]);
        }
        return new Batch(out, added(targets(targets), partners, 1 - area));
    }

    private static Map<String, Values> targets(Map<String, Values> all) {
        return Map.of(CrossEntropy.TARGET, all.get(CrossEntropy.TARGET));
    }

    /** {@code kept · x + (1 − kept) · x of the partner}. */
    private static Map<String, Values> added(Map<String, Values> plain, int[] partners, double kept) {
        Map<String, Values> out = new LinkedHashMap<>();
        plain.forEach((name, values) -> {
            float[] from = floats(name, values);
            float[] to = from.clone();
            int width = from.length / (int) values.shape()[0];
            for (int i = 0; i < partners.length; i++) {
                for (int k = 0; k < width; k++) {
                    to[i * width + k] =
                            (float) (kept * from[i * width + k] + (1 - kept) * from[partners[i] * width + k]);
                }
            }
            out.put(name, Values.ofFloats(values.shape(), to));
        });
        return out;
    }

    private static Values pasted(String name, Values values, int[] partners, int[] axes, int[] edges) {
        float[] from = floats(name, values);
        float[] to = from.clone();
        long[] shape = values.shape();
        int inner = axes[1] == 3 ? 1 : (int) shape[3];
        int outer = axes[1] == 3 ? (int) shape[1] : 1;
        int height = (int) shape[axes[0]];
        int width = (int) shape[axes[1]];
        int example = outer * height * width * inner;
        for (int i = 0; i < partners.length; i++) {
            for (int o = 0; o < outer; o++) {
                for (int y = edges[0]; y < edges[2]; y++) {
                    int at = ((o * height + y) * width + edges[1]) * inner;
                    System.arraycopy(
                            from, partners[i] * example + at, to, i * example + at, (edges[3] - edges[1]) * inner);
                }
            }
        }
        return Values.ofFloats(shape, to);
    }

    private static float[] floats(String name, Values values) {
        if (values.type() != ElementType.FLOAT) {
            throw new Refusal("--mixup and --cutmix mix numbers, and " + name
                    + ", which reaches the layers that learn, holds " + values.type()
                    + ": of texts they can mix features only. Leave them out, or use --trainable head.");
        }
        FloatBuffer numbers = values.floats();
        float[] out = new float[numbers.remaining()];
        numbers.get(out);
        return out;
    }

    /** Those of height and width. */
    private static int[] axes(String name, long[] shape) {
        if (shape.length != 4) {
            throw new Refusal(
                    "--cutmix cuts rectangles out of pictures, and " + name
                            + ", which reaches the layers that learn, has"
                            + " no height and width. Use --mixup, or let layers below learn, for example with --trainable all.");
        }
        boolean channelsLast = shape[3] <= 3 && shape[1] > 3;
        return channelsLast ? new int[] {1, 2} : new int[] {2, 3};
    }

    /** As the paper draws it: an area of 1 − kept around a place drawn evenly, cut off at the border. */
    private static Box box(double kept, SplittableRandom random) {
        double half = Math.sqrt(1 - kept) / 2;
        double y = random.nextDouble();
        double x = random.nextDouble();
        return new Box(Math.max(0, y - half), Math.max(0, x - half), Math.min(1, y + half), Math.min(1, x + half));
    }

    /** In pixels: top, left, bottom, right. */
    private static int[] edges(Box box, long[] shape, int[] axes) {
        long height = shape[axes[0]];
        long width = shape[axes[1]];
        return new int[] {
            (int) Math.round(box.top * height),
            (int) Math.round(box.left * width),
            (int) Math.round(box.bottom * height),
            (int) Math.round(box.right * width)
        };
    }

    private static int[] partners(int count, SplittableRandom random) {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            out[i] = out[j];
            out[j] = i;
        }
        return out;
    }

    /** Of Beta(a, a): the share of one of two Gamma(a) in their sum. */
    private static double beta(double a, SplittableRandom random) {
        double one = gamma(a, random);
        double other = gamma(a, random);
        return one + other > 0 ? one / (one + other) : random.nextDouble();
    }

    /** Marsaglia and Tsang 2000. */
    private static double gamma(double a, SplittableRandom random) {
        if (a < 1) {
            return gamma(a + 1, random) * Math.pow(random.nextDouble(), 1 / a);
        }
        double d = a - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
