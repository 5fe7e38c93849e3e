package graft.quantize;

import java.nio.FloatBuffer;

/**
 * How often numbers of each size occurred, in {@value #BINS} equal bins over |x| for each sign. When a number does not
 * fit, the bins become twice as wide and neighbours are added up, which is exact: the order of the batches changes
 * nothing, and the memory never grows.
 */
final class Histogram {
    static final int BINS = 4096;

    private final long[] negative = new long[BINS];
    private final long[] positive = new long[BINS];
    private float min = Float.POSITIVE_INFINITY;
    private float max = Float.NEGATIVE_INFINITY;
    /** Width of one bin, a power of two; 0 until a number other than zero was seen. */
    private double width;

    /** @return false if there is a number that is not finite; nothing is counted then */
    boolean add(FloatBuffer numbers) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        int size = numbers.remaining();
        float[] values = new float[size];
        numbers.get(values);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        min = Math.min(min, low);
        max = Math.max(max, high);
        makeRoomFor(Math.max(Math.abs(min), Math.abs(max)));
        double perBin = width == 0 ? 0 : 1 / width;
        for (float value : values) {
            int bin = (int) (Math.abs(value) * perBin);
            (value < 0 ? negative : positive)[bin]++;
        }
        return true;
    }

    private void makeRoomFor(float largest) {
        if (largest == 0 || largest == Float.NEGATIVE_INFINITY || largest == Float.POSITIVE_INFINITY) {
            return;
        }
        if (width == 0) {
            // All numbers so far were zeros, and lie in bin 0 whatever its width.
            width = Math.scalb(1.0, Math.getExponent((double) largest) + 1) / BINS;
        }
        while (largest >= width * BINS) {
            merge(negative);
            merge(positive);
            width *= 2;
        }
    }

    private static void merge(long[] bins) {
        for (int i = 0; i < BINS / 2; i++) {
            bins[i] = bins[2 * i] + bins[2 * i + 1];
        }
        java.util.Arrays.fill(bins, BINS / 2, BINS, 0);
    }

    Range minMax() {
        return min > max ? new Range(0, 0) : new Range(min, max);
    }

    /**
     * What is left when of each tail the same share is cut off.
     *
     * @param percentile 0…100, the share that is kept
     */
    Range percentile(double percentile) {
        double cut = total() * (100 - percentile) / 200;
        double lowest = -below(negative, cut);
        double highest = below(positive, cut);
        return within(lowest, highest);
    }

    /** |x| beyond which fewer than {@code cut} numbers of this sign lie. */
    private double below(long[] bins, double cut) {
        double seen = 0;
        for (int i = BINS - 1; i >= 0; i--) {
            seen += bins[i];
            if (seen > cut) {
                return (i + 1) * width;
            }
        }
        return 0;
    }

    /**
     * The threshold T that loses the least information when what is beyond it is moved to it and the rest is rounded to
     * the levels of int8: the least Kullback-Leibler divergence, as NVIDIA TensorRT and ONNX Runtime calibrate (S.
     * Migacz, "8-bit inference with TensorRT", GTC 2017). Numbers of one sign have 256 levels in 0…T, numbers of both
     * signs 128 on each side in −T…T.
     */
    Range leastDivergence() {
        long[] sizes = new long[BINS];
        for (int i = 0; i < BINS; i++) {
            sizes[i] = negative[i] + positive[i];
        }
        boolean oneSign = min >= 0 || max <= 0;
        int bins = Entropy.threshold(sizes, oneSign ? Affine.LEVELS : Affine.LEVELS / 2);
        return within(-bins * width, bins * width);
    }

    private Range within(double lowest, double highest) {
        Range all = minMax();
        return new Range((float) Math.max(all.min(), lowest), (float) Math.min(all.max(), highest));
    }

    private double total() {
        double total = 0;
        for (int i = 0; i < BINS; i++) {
            total += negative[i] + positive[i];
        }
        return total;
    }
}
