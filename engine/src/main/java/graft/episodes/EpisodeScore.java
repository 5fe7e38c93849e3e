package graft.episodes;

import java.util.Arrays;

/**
 * How often the nearest class was the right one, over episodes.
 *
 * @param accuracy mean over the episodes, 0…1
 * @param interval [low, high], in which the mean of very many episodes lies with 95 % (Student); null for a single episode
 */
public record EpisodeScore(double accuracy, double[] interval) {
    private static final double Z = 1.959963984540054;
    /** Of one degree of freedom and more, for which the expansion below is too coarse. */
    private static final double[] FEW = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};

    public static EpisodeScore of(double[] accuracies) {
        int n = accuracies.length;
        double mean = Arrays.stream(accuracies).average().orElseThrow();
        if (n < 2) {
            return new EpisodeScore(mean, null);
        }
        double squares = Arrays.stream(accuracies)
                .map(one -> (one - mean) * (one - mean))
                .sum();
        double half = student(n - 1) * Math.sqrt(squares / (n - 1) / n);
        return new EpisodeScore(mean, new double[] {Math.max(0, mean - half), Math.min(1, mean + half)});
    }

    /** The 97.5 % quantile of Student's distribution (Cornish and Fisher's expansion; Abramowitz and Stegun 26.7.5). */
    static double student(int freedom) {
        if (freedom <= FEW.length) {
            return FEW[freedom - 1];
        }
        double z3 = Math.pow(Z, 3);
        double z5 = Math.pow(Z, 5);
        double z7 = Math.pow(Z, 7);
        return Z
                + (z3 + Z) / (4.0 * freedom)
                + (5 * z5 + 16 * z3 + 3 * Z) / (96.0 * freedom * freedom)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384.0 * freedom * freedom * freedom);
    }
}
