package graft.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.onnx.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightHistogramTest {
    private static WeightHistogram of(float... values) {
        return WeightHistogram.of(List.of(Tensor.ofFloats("w", new long[] {values.length}, values)), 4);
    }

    @Test
    void partsAreOfEqualWidthFromTheSmallestToTheLargest() {
        WeightHistogram found = of(0, 0.5f, 1, 1.5f, 2, 4);
        assertThat(found.counts()).containsExactly(2, 2, 1, 1);
        assertThat(found.least()).isZero();
        assertThat(found.most()).isEqualTo(4);
        assertThat(found.mean()).isCloseTo(1.5, within(1e-12));
        // Squares: 0, .25, 1, 2.25, 4, 16, of which the mean is 3.91667.
        assertThat(found.deviation()).isCloseTo(Math.sqrt(23.5 / 6 - 2.25), within(1e-12));
    }

    @Test
    void equalNumbersAreOnePartAndUnrealOnesAreCountedApart() {
        assertThat(of(3, 3, 3).counts()).containsExactly(0, 0, 3, 0);
        WeightHistogram found = of(1, Float.NaN, 2, Float.POSITIVE_INFINITY);
        assertThat(found.unreal()).isEqualTo(2);
        assertThat(found.most()).isEqualTo(2);
        assertThat(of(Float.NaN).counts()).containsOnly(0);
    }
}
