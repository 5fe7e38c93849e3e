package graft.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.deploy.Graphs;
import graft.onnx.Tensor;
import java.nio.FloatBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Expected numbers: by hand from the definitions. */
class Int8NumbersTest {

    @Property(tries = 500)
    void numbersInsideTheRangeMoveByHalfAStepAtMost(
            @ForAll @FloatRange(min = -100, max = 100) float a,
            @ForAll @FloatRange(min = -100, max = 100) float b,
            @ForAll @FloatRange(min = 0, max = 1) float at) {
        Range range = new Range(Math.min(a, b), Math.max(a, b));
        Affine affine = Affine.covering(range);
        float x = range.min() + at * (range.max() - range.min());
        float back = affine.dequantize(affine.quantize(x));
        // Rounding the zero point to an integer may shift the ends of the range by another half step.
        boolean atAnEnd = x < affine.lowest() || x > affine.highest();
        assertThat(Math.abs(back - x)).isLessThanOrEqualTo(affine.scale() * (atAnEnd ? 1 : 0.5f) + 1e-5f);
        assertThat(affine.dequantize(affine.quantize(0))).isZero();
    }

    @Property(tries = 100)
    void weightsMoveByHalfAStepAtMost(@ForAll long seed, @ForAll @IntRange(min = -1, max = 2) int axis) {
        Tensor weight = Graphs.tensor(new Random(seed), "w", 3, 4, 3, 5);
        Int8Weight int8 = Int8Weight.of(weight, axis, Int8Weight.scales(weight, axis));
        float largest = 0;
        for (float scale : int8.scales()) {
            largest = Math.max(largest, scale);
        }
        float[] numbers = weight.toFloats();
        for (int i = 0; i < numbers.length; i++) {
            assertThat(int8.dequantized(i)).isCloseTo(numbers[i], within(largest / 2 + 1e-6f));
            assertThat(int8.values()[i]).isBetween((byte) -127, (byte) 127);
        }
    }

    @Test
    void constantsGetAScaleThatIsNotZero() {
        assertThat(Affine.covering(new Range(0, 0))).isEqualTo(new Affine(1, 0));
        assertThat(Affine.covering(new Range(3, 3))).isEqualTo(new Affine(3f / 255, 0));
        assertThat(Affine.covering(new Range(-3, -3))).isEqualTo(new Affine(3f / 255, 255));
        assertThat(Affine.covering(new Range(0, 1e-42f)).scale()).isEqualTo(1);
    }

    @Test
    void aChannelOfZerosStaysZero() {
        Tensor weight = Tensor.ofFloats("w", new long[] {2, 2}, 0, 0, 1, -2);
        Int8Weight int8 = Int8Weight.of(weight, 0, Int8Weight.scales(weight, 0));
        assertThat(int8.scales()).containsExactly(1, 2f / 127);
        assertThat(int8.values()).containsExactly(0, 0, 64, -127);
    }

    @Test
    void theOrderOfBatchesChangesNoHistogram() {
        float[][] batches = {{0.1f, -0.2f}, {5, 0, 0}, {-70, 0.3f}};
        Histogram forth = new Histogram();
        Histogram back = new Histogram();
        for (int i = 0; i < 3; i++) {
            forth.add(FloatBuffer.wrap(batches[i]));
            back.add(FloatBuffer.wrap(batches[2 - i]));
        }
        assertThat(forth.minMax()).isEqualTo(new Range(-70, 5)).isEqualTo(back.minMax());
        assertThat(forth.percentile(99)).isEqualTo(back.percentile(99));
        assertThat(forth.leastDivergence()).isEqualTo(back.leastDivergence());
    }

    @Test
    void percentileCutsTheSameShareOffEachEnd() {
        float[] numbers = new float[10_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i - 5000) / 1000f;
        }
        Histogram histogram = new Histogram();
        histogram.add(FloatBuffer.wrap(numbers));
        Range range = histogram.percentile(98);
        // 1 % of 10,000 numbers beyond each end; a bin is 8 / 4096 wide
        assertThat(range.min()).isCloseTo(-4.9f, within(0.003f));
        assertThat(range.max()).isCloseTo(4.9f, within(0.003f));
    }

    @Test
    void entropyGivesUpAFewOutliersForTheRest() {
        Random random = new Random(1);
        float[] numbers = new float[100_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        numbers[0] = 100;
        Histogram histogram = new Histogram();
        histogram.add(FloatBuffer.wrap(numbers));
        assertThat(histogram.leastDivergence().max()).isBetween(2.5f, 20f);
        assertThat(histogram.minMax().max()).isEqualTo(100);
    }

    @Test
    void numbersThatAreNotFiniteAreNotCounted() {
        assertThat(new Histogram().add(FloatBuffer.wrap(new float[] {1, Float.NaN})))
                .isFalse();
        assertThat(new Histogram().add(FloatBuffer.wrap(new float[] {Float.POSITIVE_INFINITY})))
                .isFalse();
    }
}
