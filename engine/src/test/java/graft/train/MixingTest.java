package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MixingTest {
    private static final int EXAMPLES = 4;
    private static final int SIDE = 8;

    /** Example i is all 10 to the power of i, and of class i: what a mixture consists of can be read off. */
    private static Map<String, Values> pictures() {
        float[] numbers = new float[EXAMPLES * 2 * SIDE * SIDE];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = (float) Math.pow(10, k / (2 * SIDE * SIDE));
        }
        return Map.of("x", Values.ofFloats(new long[] {EXAMPLES, 2, SIDE, SIDE}, numbers));
    }

    private static Map<String, Values> targets() {
        return ClassTargets.equal(new int[] {0, 1, 2, 3}, EXAMPLES).of(new int[] {0, 1, 2, 3}, EXAMPLES);
    }

    private static float[] floats(Values values) {
        FloatBuffer buffer = values.floats();
        float[] out = new float[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    /** What a row of targets says a number of its picture is, on average. */
    private static double expected(float[] targets, int row) {
        double out = 0;
        for (int c = 0; c < EXAMPLES; c++) {
            out += targets[row * EXAMPLES + c] * Math.pow(10, c);
        }
        return out;
    }

    @Test
    void mixupMixesNumbersAndClassesAlike() {
        for (long chance = 0; chance < 50; chance++) {
            Mixing.Batch mixed = new Mixing(0.5, 0).mixed(pictures(), targets(), EXAMPLES, chance);
            float[] numbers = floats(mixed.features().get("x"));
            float[] classes = floats(mixed.targets().get(ClassTargets.NAME));
            for (int i = 0; i < EXAMPLES; i++) {
                for (int k = 0; k < 2 * SIDE * SIDE; k++) {
                    double wanted = expected(classes, i);
                    assertThat((double) numbers[i * 2 * SIDE * SIDE + k])
                            .isCloseTo(wanted, within(1e-5 * wanted + 1e-4));
                }
            }
        }
    }

    @Test
    void cutMixMixesClassesByTheAreaThatItPastes() {
        for (long chance = 0; chance < 50; chance++) {
            Mixing.Batch mixed = new Mixing(0, 1).mixed(pictures(), targets(), EXAMPLES, chance);
            float[] numbers = floats(mixed.features().get("x"));
            float[] classes = floats(mixed.targets().get(ClassTargets.NAME));
            for (int i = 0; i < EXAMPLES; i++) {
                double sum = 0;
                for (int k = 0; k < 2 * SIDE * SIDE; k++) {
                    float number = numbers[i * 2 * SIDE * SIDE + k];
                    assertThat(Math.log10(number))
                            .as("a whole number of the one or the other")
                            .isIn(0.0, 1.0, 2.0, 3.0);
                    sum += number;
                }
                double wanted = expected(classes, i);
                assertThat(sum / (2 * SIDE * SIDE)).isCloseTo(wanted, within(1e-5 * wanted + 1e-4));
            }
        }
    }

    /** Beta(a, a) has the mean 1/2 and the variance 1 / (4 (2a + 1)). */
    @Test
    void sharesAreDrawnFromBeta() {
        for (double a : new double[] {0.2, 1, 3}) {
            double sum = 0;
            double squares = 0;
            int count = 0;
            for (long chance = 0; chance < 20_000; chance++) {
                float[] classes = floats(new Mixing(a, 0)
                        .mixed(Map.of(), targets(), 2, chance * 7919)
                        .targets()
                        .get(ClassTargets.NAME));
                if (classes[0] < 1) { // else the example is its own partner
                    sum += classes[0];
                    squares += classes[0] * classes[0];
                    count++;
                }
            }
            double mean = sum / count;
            assertThat(count).isBetween(8_000, 12_000);
            assertThat(mean).isCloseTo(0.5, within(0.02));
            assertThat(squares / count - mean * mean).isCloseTo(1 / (4 * (2 * a + 1)), within(0.01));
        }
    }

    @Test
    void theSameChanceMixesAlikeAndRowsThatDoNotCountStay() {
        Mixing mixing = new Mixing(1, 1);
        float[] once =
                floats(mixing.mixed(pictures(), targets(), 2, 3).features().get("x"));
        float[] again =
                floats(mixing.mixed(pictures(), targets(), 2, 3).features().get("x"));
        assertThat(once).isEqualTo(again);
        assertThat(once[3 * 2 * SIDE * SIDE]).isEqualTo(1000);
    }

    @Test
    void whatIsNoNumberOrNoPictureIsRefused() {
        assertThatThrownBy(() -> new Mixing(1, 0)
                        .mixed(Map.of("tokens", Values.ofLongs(new long[] {2, 1}, 1, 2)), targets(), 2, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("tokens");
        assertThatThrownBy(() ->
                        new Mixing(0, 1).mixed(Map.of("f", Values.ofFloats(new long[] {2, 1}, 1, 2)), targets(), 2, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("has no height and width");
    }
}
