package graft.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.data.ClassTargets;
import graft.features.Features;
import graft.features.LabelledFeatures;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecolouringTest {
    private static LabelledFeatures of(float[][] rows) {
        Features features = new Features() {
            @Override
            public Map<String, Values> of(int[] examples, long view) {
                float[] out = new float[examples.length * rows[0].length];
                for (int i = 0; i < examples.length; i++) {
                    System.arraycopy(rows[examples[i]], 0, out, i * rows[0].length, rows[0].length);
                }
                return Map.of("f", Values.ofFloats(new long[] {examples.length, rows[0].length}, out));
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        return new LabelledFeatures(features, ClassTargets.equal(new int[rows.length], 2), new int[rows.length]);
    }

    private static float[] recoloured(LabelledFeatures source, LabelledFeatures target) {
        int[] all = IntStream.range(0, source.size()).toArray();
        FloatBuffer numbers =
                Recolouring.of(source, target, 1).features().of(all, 0).get("f").floats();
        float[] out = new float[numbers.remaining()];
        numbers.get(out);
        return out;
    }

    /** By hand: mean 2 and deviation 1 become mean 10 and deviation 5; the unit matrix cancels where there is one number. */
    @Test
    void aRowOfOneNumberGetsTheMeanAndTheDeviationOfTheTarget() {
        LabelledFeatures source = of(new float[][] {{1}, {3}, {1}, {3}});
        LabelledFeatures target = of(new float[][] {{5}, {15}});
        assertThat(recoloured(source, target)).containsExactly(new float[] {5, 15, 5, 15}, within(1e-4f));
    }

    @Test
    void featuresOfTheSameDomainStayWhatTheyWere() {
        Random random = new Random(4);
        float[][] rows = new float[40][3];
        float[] flat = new float[120];
        for (int i = 0; i < 40; i++) {
            float common = (float) random.nextGaussian();
            for (int j = 0; j < 3; j++) {
                rows[i][j] = common + (float) random.nextGaussian() * (j + 1);
                flat[3 * i + j] = rows[i][j];
            }
        }
        assertThat(recoloured(of(rows), of(rows))).containsExactly(flat, within(1e-4f));
    }

    /** Correlations of a target in which both numbers go together, by NumPy's eigh (the source has none). */
    @Test
    void correlationsBecomeThoseOfTheTargetAsFarAsTheUnitMatrixLetsThem() {
        LabelledFeatures source = of(new float[][] {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}});
        LabelledFeatures target = of(new float[][] {{2, 2}, {-2, -2}});
        // White: 1/√2 · I. Colour: the root of [[2, 1], [1, 2]], which is [[√3+1, √3−1], [√3−1, √3+1]] / 2.
        float along = (float) (2 * Math.sqrt(3) / Math.sqrt(2));
        float across = (float) (2 / Math.sqrt(2));
        assertThat(recoloured(source, target))
                .containsExactly(
                        new float[] {along, along, across, -across, -across, across, -along, -along}, within(1e-4f));
    }
}
