package graft.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Texts of like length together in a batch, so that little is padding. While learning, chance comes first: texts are shuffled,
 * sorted by length within stretches of some batches only, and the batches shuffled again. Which texts meet depends on nothing
 * but the lengths, the seed and the epoch.
 */
public final class LengthBuckets {
    /** Batches that are sorted together. */
    private static final int STRETCH = 50;

    private LengthBuckets() {}

    /** The batches of an epoch to learn from; the last one that is made may be smaller. */
    public static List<int[]> shuffled(int[] lengths, int batch, long seed, int epoch) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
        int[] order = IntStream.range(0, lengths.length).toArray();
        shuffle(order, random);
        int stretch = Math.multiplyExact(batch, STRETCH);
        for (int from = 0; from < order.length; from += stretch) {
            sort(order, from, Math.min(from + stretch, order.length), lengths);
        }
        List<int[]> batches = cut(order, batch);
        for (int i = batches.size() - 1; i > 0; i--) {
            Collections.swap(batches, i, random.nextInt(i + 1));
        }
        return batches;
    }

    /** All by length, longest first; those of one length keep their order. */
    public static int[] sorted(int[] lengths) {
        int[] order = IntStream.range(0, lengths.length).toArray();
        sort(order, 0, order.length, lengths);
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

    private static void sort(int[] order, int from, int to, int[] lengths) {
        int[] sorted = Arrays.stream(order, from, to)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> -lengths[i]))
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
