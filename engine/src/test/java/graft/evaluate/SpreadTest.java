package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static Optional<Double> of(float[][] original, float[][] changed) {
        Spread spread = new Spread();
        for (int i = 0; i < original.length; i++) {
            spread.add(original[i], changed[i]);
        }
        return spread.value();
    }

    @Test
    void isTheDifferenceByWhatTheOriginalVaries() {
        // By hand: the original varies by ±1 about 2, the difference by ±1/2 about −1/2.
        float[][] original = {{1, 0}, {3, 0}};
        assertThat(of(original, new float[][] {{1, 0}, {2, 0}}).orElseThrow()).isEqualTo(0.5, within(1e-12));
        assertThat(of(original, new float[][] {{7, -2}, {9, -2}}).orElseThrow()).isEqualTo(0, within(1e-12));
        assertThat(of(original, new float[][] {{5, 0}, {5, 0}}).orElseThrow()).isEqualTo(1, within(1e-12));
        assertThat(of(original, new float[][] {{3, 0}, {1, 0}}).orElseThrow()).isEqualTo(2, within(1e-12));
    }

    @Test
    void whatIsCommonToAllExamplesDoesNotHideWhatVaries() {
        float[][] original = {{10000, 0}, {10001, 0}};
        assertThat(of(original, new float[][] {{10000.5f, 0}, {10000.5f, 0}}).orElseThrow())
                .isEqualTo(1, within(1e-6));
    }

    @Test
    void aNetworkThatNeverVariesHasNone() {
        assertThat(of(new float[][] {{1, 2}, {1, 2}}, new float[][] {{1, 2}, {3, 4}}))
                .isEmpty();
        assertThat(of(new float[][] {{1, 2}}, new float[][] {{1, 2}})).isEmpty();
        assertThat(new Spread().value()).isEmpty();
    }

    @Test
    void aClassAnsweredForEveryExampleIsNamed() {
        List<String> classes = List.of("ant", "bee");
        float[][] none = new float[2][2];
        assertThat(new Predictions(classes, List.of(), new int[] {0, 1}, new int[] {1, 1}, none).always())
                .contains("bee");
        assertThat(new Predictions(classes, List.of(), new int[] {0, 1}, new int[] {1, 0}, none).always())
                .isEmpty();
        assertThat(new Predictions(classes, List.of(), new int[] {0}, new int[] {1}, none).always())
                .isEmpty();
    }
}
