package graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SizeBucketsTest {
    private static final int BATCH = 16;
    private final int[] sizes = new Random(1).ints(5000, 3, 65).toArray();

    private double padding(int[] order) {
        long cells = 0;
        for (int from = 0; from < order.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(from + BATCH, order.length));
            cells += (long) batch.length
                    * Arrays.stream(batch).map(i -> sizes[i]).max().orElse(0);
        }
        return 1 - Arrays.stream(sizes).sum() / (double) cells;
    }

    @Test
    void everyExampleIsInOneBatchAndLittleIsPadding() {
        int[] order = SizeBuckets.shuffled(sizes, BATCH, 1, 1);
        assertThat(Arrays.stream(order).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
        assertThat(padding(order)).isLessThan(0.03); // in order of chance it is about 0.46
        assertThat(padding(SizeBuckets.sorted(sizes))).isLessThan(0.01);
    }

    @Test
    void theOrderFollowsFromSeedAndEpochAlone() {
        int[] once = SizeBuckets.shuffled(sizes, BATCH, 7, 3);
        assertThat(SizeBuckets.shuffled(sizes, BATCH, 7, 3)).isEqualTo(once);
        assertThat(SizeBuckets.shuffled(sizes, BATCH, 7, 4)).isNotEqualTo(once);
        assertThat(SizeBuckets.shuffled(sizes, BATCH, 8, 3)).isNotEqualTo(once);
    }

    @Test
    void examplesOfOneSizeKeepTheirOrder() {
        assertThat(SizeBuckets.sorted(new int[4])).containsExactly(0, 1, 2, 3);
        assertThat(SizeBuckets.sorted(new int[] {2, 3, 2, 3})).containsExactly(1, 3, 0, 2);
    }

    @Test
    void theLongestBatchIsNotAlwaysTheFirst() {
        long first = IntStream.rangeClosed(1, 20)
                .map(epoch -> sizes[SizeBuckets.shuffled(sizes, BATCH, 1, epoch)[0]])
                .filter(size -> size > 55)
                .count();
        assertThat(first).isBetween(0L, 12L);
    }
}
