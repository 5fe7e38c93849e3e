package graft.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Examples of like size together in a batch, so that little is padding. While learning, chance comes first: they are shuffled,
 * sorted by size within stretches of some batches only, and the batches shuffled again. Which of them meet depends on nothing
 * but the sizes, the seed and the epoch.
 */
public final class SizeBuckets {
    /** Batches that are sorted together. */
    private static final int STRETCH = 50;

    private SizeBuckets() {}

    /** An order to learn in whose pieces of {@code batch} are of like size; the last piece may be smaller. */
    public static int[] shuffled(int[] sizes, int batch, long seed, int epoch) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        int[] order = IntStream.range(0, sizes.length).toArray();
        shuffle(order, random);
        int stretch = Math.multiplyExact(batch, STRETCH);
        for (int from = 0; from < order.length; from += stretch) {
            sort(order, from, Math.min(from + stretch, order.length), sizes);
        }
        List<int[]> batches = cut(order, batch);
        // The smaller one stays where it is, so that the others begin at multiples of their size.
        int whole = order.length / batch;
        for (int i = whole - 1; i > 0; i--) {
            Collections.swap(batches, i, random.nextInt(i + 1));
        }
        return batches.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** By size, largest first: what needs the most memory comes at once. Equal ones keep their order. */
    public static int[] sorted(int[] sizes) {
        int[] order = IntStream.range(0, sizes.length).toArray();
        sort(order, 0, order.length, sizes);
        return order;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }

    /** Those of one size keep their order. */
    private static void sort(int[] order, int from, int to, int[] sizes) {
        int[] sorted = Arrays.stream(order, from, to)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -sizes[i]))
                .mapToInt(i -> i)
                .toArray();
        System.arraycopy(sorted, 0, order, from, sorted.length);
    }

    private static List<int[]> cut(int[] order, int batch) {
        List<int[]> out = new ArrayList<>();
        for (int from = 0; from < order.length; from += batch) {
            out.add(Arrays.copyOfRange(order, from, Math.min(from + batch, order.length)));
        }
        return out;
    }
}
