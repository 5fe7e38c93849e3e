package graft.problem;

import graft.data.SizeBuckets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which examples are in a step: an order for each epoch, of which steps take pieces. Depends on the epoch and nothing else. */
public interface Sampling {
    /** All examples, by number. */
    int[] order(int epoch);

    /** How many examples an order has, of so many that there are. */
    default int length(int examples) {
        return examples;
    }

    /** As they lie there. */
    static Sampling inOrder(int size) {
        return epoch -> IntStream.range(0, size).toArray();
    }

    /** Shuffled by the seed and the epoch. */
    static Sampling shuffled(int size, long seed) {
        return epoch -> {
            int[] order = IntStream.range(0, size).toArray();
            SplittableRandom random = new SplittableRandom(mix(seed, epoch, -1));
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
            return order;
        };
    }

    /**
     * Shuffled so that the examples of a step are of like size, where they are of several sizes.
     *
     * @param step examples of a step
     */
    static Sampling bySize(int[] sizes, int step, long seed) {
        return Arrays.stream(sizes).distinct().count() < 2
                ? shuffled(sizes.length, seed)
                : epoch -> SizeBuckets.shuffled(sizes, step, seed, epoch);
    }

    /**
     * Each example in one of its versions, which lie one set after the other: the next one in each epoch.
     *
     * @param plain of the examples in one version
     */
    static Sampling ofVersions(Sampling plain, int size, int versions) {
        return new Sampling() {
            @Override
            public int[] order(int epoch) {
                int first = epoch % versions * size;
                return Arrays.stream(plain.order(epoch)).map(i -> first + i).toArray();
            }

            @Override
            public int length(int examples) {
                return size;
            }
        };
    }

    /** A number for a step of an epoch, from which all chance of that step follows. */
    static long mix(long seed, long epoch, long step) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch * 0xBF58476D1CE4E5B9L + step).nextLong();
    }
}
