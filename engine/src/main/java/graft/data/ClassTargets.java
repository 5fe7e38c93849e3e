package graft.data;

import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * One class per example, as soft targets of a cross-entropy.
 *
 * @param labels 0…classes−1, by example
 * @param weights how much an example of each class counts
 * @param smoothing share that is spread over all classes, 0…1
 */
public record ClassTargets(int[] labels, float[] weights, double smoothing) implements Targets {
    /** The tensor that {@link #of(int[], int)} gives: {@code [N, classes]}, FLOAT. */
    public static final String NAME = "target";

    /** All classes alike, nothing smoothed. */
    public static ClassTargets equal(int[] labels, int classes) {
        float[] alike = new float[classes];
        Arrays.fill(alike, 1);
        return new ClassTargets(labels, alike, 0);
    }

    /** The targets of examples that have classes. */
    public static ClassTargets of(Examples examples) {
        return examples.targets(ClassTargets.class);
    }

    public int label(int example) {
        return labels[example];
    }

    public int classes() {
        return weights.length;
    }

    /** Every class weighs the same in sum: n / (classes · examples of the class). */
    public ClassTargets balanced() {
        int[] counts = new int[weights.length];
        for (int label : labels) {
            counts[label]++;
        }
        float[] out = new float[weights.length];
        for (int c = 0; c < out.length; c++) {
            out[c] = counts[c] == 0 ? 0 : (float) labels.length / (out.length * counts[c]);
        }
        return new ClassTargets(labels, out, smoothing);
    }

    public ClassTargets smoothed(double share) {
        return new ClassTargets(labels, weights, share);
    }

    /** The targets of some of the examples, in a given order. */
    public ClassTargets chosen(int[] examples) {
        return new ClassTargets(Arrays.stream(examples).map(i -> labels[i]).toArray(), weights, smoothing);
    }

    @Override
    public Map<String, Values> of(int[] examples, int real) {
        int classes = weights.length;
        ByteBuffer values =
                ByteBuffer.allocate(examples.length * classes * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < real; i++) {
            int label = labels[examples[i]];
            for (int c = 0; c < classes; c++) {
                double share = smoothing / classes + (c == label ? 1 - smoothing : 0);
                values.putFloat((i * classes + c) * Float.BYTES, (float) (weights[c] * share));
            }
        }
        return Map.of(NAME, new Values(ElementType.FLOAT, new long[] {examples.length, classes}, values));
    }

    @Override
    public double weight(int[] examples) {
        double sum = 0;
        for (int example : examples) {
            sum += weights[labels[example]];
        }
        return sum;
    }
}
