package graft.data;

import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How large the numbers of examples are: what stands for "no value", or was never scaled, is no rate of learning to blame. */
public final class Magnitude {
    /** The square of what is larger is infinite in fp32, and with it every sum of products. */
    static final float LARGEST = 1.8e19f;

    /** Networks are trained on numbers around 1, or of pixels; 16-bit samples reach 65,535. */
    private static final float USUAL = 1e6f;

    private Magnitude() {}

    /** A sentence about the example with the largest number, where that is beyond what networks are made for. */
    public static Optional<String> outOfUse(Examples examples) {
        float[] largest = new float[examples.size()];
        int where = 0;
        for (int i = 0; i < largest.length; i++) {
            for (Values values : examples.inputs(new int[] {i}, Examples.PLAIN).values()) {
                if (values.type() == ElementType.FLOAT) {
                    largest[i] = Math.max(largest[i], largest(values.floats()));
                }
            }
            where = largest[i] > largest[where] ? i : where;
        }
        if (largest.length == 0 || !(largest[where] > USUAL)) {
            return Optional.empty();
        }
        float most = largest[where];
        Arrays.sort(largest);
        return Optional.of(String.format(
                Locale.ROOT,
                "%s holds a number of %.3g, where half of the examples stay within %.3g: networks compute with numbers around"
                        + " 1. Leave that example out, or scale the numbers and save them again.",
                examples.place(where),
                most,
                largest[largest.length / 2]));
    }

    private static float largest(FloatBuffer numbers) {
        float out = 0;
        while (numbers.hasRemaining()) {
            out = Math.max(out, Math.abs(numbers.get()));
        }
        return out;
    }
}
