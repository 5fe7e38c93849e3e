package graft.features;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.SizeBuckets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MicroBatchTest {
    @Test
    void ofExamplesOfDifferentSizesAPassHoldsAsManyAsMakeAsMuchWork() {
        int[] sizes = new Random(1).ints(3000, 3, 65).toArray();
        int[] order = SizeBuckets.sorted(sizes);
        List<MicroBatch> passes = MicroBatch.ofTokens(order, sizes);
        assertThat(passes.stream().flatMapToInt(pass -> Arrays.stream(pass.examples())))
                .containsExactly(Arrays.stream(order).boxed().toArray(Integer[]::new));
        assertThat(passes).allSatisfy(pass -> {
            int longest =
                    Arrays.stream(pass.examples()).map(i -> sizes[i]).max().orElseThrow();
            assertThat(longest * pass.real()).isLessThanOrEqualTo(256);
        });
        assertThat(passes.size() * 256L).isLessThan(Arrays.stream(sizes).sum() * 5L / 4);
    }

    @Test
    void anExampleLargerThanAPassGoesAlone() {
        assertThat(MicroBatch.ofTokens(new int[] {1, 0}, new int[] {0, 1000}))
                .satisfiesExactly(
                        first -> assertThat(first.examples()).containsExactly(1),
                        second -> assertThat(second.examples()).containsExactly(0));
    }
}
