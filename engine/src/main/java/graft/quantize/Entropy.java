package graft.quantize;

/** The search for the calibration threshold by Kullback-Leibler divergence; see {@link Histogram#leastDivergence}. */
final class Entropy {
    private static final double SMOOTHING = 1e-9;

    private Entropy() {}

    /**
     * @param counts how often each size occurred; bin 0 begins at zero
     * @param levels integers that stand for the sizes from zero to the threshold
     * @return how many bins lie below the best threshold
     */
    static int threshold(long[] counts, int levels) {
        int used = counts.length;
        while (used > levels && counts[used - 1] == 0) {
            used--;
        }
        if (used <= levels) {
            return used;
        }
        // Zeros (a ReLU makes most numbers zero) are exact at every threshold, and would hide all the others.
        double[] sizes = new double[used];
        for (int i = 0; i < used; i++) {
            sizes[i] = counts[i];
        }
        sizes[0] = sizes[1];
        double[] beyond = new double[used + 1];
        for (int i = used - 1; i >= 0; i--) {
            beyond[i] = beyond[i + 1] + sizes[i];
        }
        int best = used;
        double least = Double.POSITIVE_INFINITY;
        int step = Math.max(1, (used - levels) / 512);
        for (int i = levels; i <= used; i += step) {
            double divergence = divergence(sizes, i, beyond[i], beyond[0], levels);
            if (divergence < least) {
                least = divergence;
                best = i;
            }
        }
        return best;
    }

    /** KL(P ‖ Q): P is what occurred with the rest moved into its last bin, Q what the levels can tell of it. */
    private static double divergence(double[] sizes, int bins, double outside, double total, int levels) {
        double inside = total - outside;
        if (inside <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (int level = 0; level < levels; level++) {
            int from = (int) ((long) level * bins / levels);
            int to = (int) ((long) (level + 1) * bins / levels);
            double mass = 0;
            int filled = 0;
            for (int i = from; i < to; i++) {
                mass += sizes[i];
                filled += sizes[i] > 0 ? 1 : 0;
            }
            for (int i = from; i < to; i++) {
                double p = (sizes[i] + (i == bins - 1 ? outside : 0)) / total;
                double q = sizes[i] > 0 ? mass / filled / inside : 0;
                if (p > 0 && q > 0) {
                    sum += p * Math.log(p / q);
                } else if (p > 0) {
                    // The last bin was empty until the outside was moved into it: Q says this never happens.
                    sum += p * Math.log(p / SMOOTHING);
                }
            }
        }
        return sum;
    }
}
