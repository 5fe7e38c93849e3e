package graft.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthBucketsTest {
    private static final int BATCH = 16;
    private final int[] lengths = new Random(1).ints(5000, 3, 65).toArray();

    private double padding(List<int[]> batches) {
        long cells = 0;
        for (int[] batch : batches) {
            cells += (long) batch.length
                    * Arrays.stream(batch).map(i -> lengths[i]).max().orElse(0);
        }
        return 1 - Arrays.stream(lengths).sum() / (double) cells;
    }

    @Test
    void everyTextIsInOneBatchAndLittleIsPadding() {
        List<int[]> batches = LengthBuckets.shuffled(lengths, BATCH, 1, 1);
        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
        assertThat(batches).hasSize(313);
        assertThat(padding(batches)).isLessThan(0.03); // in order of chance it is about 0.46
        assertThat(LengthBuckets.sorted(new int[] {2, 5, 3, 5})).containsExactly(1, 3, 2, 0);
    }

    @Test
    void batchesFollowFromSeedAndEpochAlone() {
        List<int[]> once = LengthBuckets.shuffled(lengths, BATCH, 7, 3);
        assertThat(LengthBuckets.shuffled(lengths, BATCH, 7, 3))
                .usingRecursiveComparison()
                .isEqualTo(once);
        assertThat(Arrays.equals(
                        once.get(0),
                        LengthBuckets.shuffled(lengths, BATCH, 7, 4).get(0)))
                .isFalse();
        assertThat(Arrays.equals(
                        once.get(0),
                        LengthBuckets.shuffled(lengths, BATCH, 8, 3).get(0)))
                .isFalse();
    }

    @Test
    void theLongestBatchIsNotAlwaysTheFirst() {
        long first = IntStream.rangeClosed(1, 20)
                .map(epoch ->
                        lengths[LengthBuckets.shuffled(lengths, BATCH, 1, epoch).get(0)[0]])
                .filter(length -> length > 55)
                .count();
        assertThat(first).isBetween(0L, 12L);
    }
}
