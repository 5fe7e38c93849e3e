package graft.episodes;

import graft.episodes.EpisodePlan.Distance;

/**
 * How near a question is to each class of an episode; the softmax of these numbers are its probabilities.
 *
 * @param support rows of the examples that each class is known by
 * @param means of these, by class
 * @param sharpness what cosines are multiplied by
 */
record Nearness(float[][][] support, double[][] means, Distance distance, double sharpness) {

    static Nearness of(float[][][] support, EpisodePlan plan) {
        double[][] means = new double[support.length][];
        for (int c = 0; c < means.length; c++) {
            means[c] = new double[support[c][0].length];
            for (float[] row : support[c]) {
                for (int i = 0; i < row.length; i++) {
                    means[c][i] += row[i] / (double) support[c].length;
                }
            }
        }
        return new Nearness(support, means, plan.distance(), plan.sharpness());
    }

    /** By class. */
    double[] to(float[] row) {
        double[] out = new double[means.length];
        for (int c = 0; c < out.length; c++) {
            out[c] = switch (distance) {
                case EUCLIDEAN -> -squared(row, means[c]);
                case COSINE -> sharpness * cosine(row, means[c]);
                case MATCHING -> ofExamples(row, support[c]);
            };
        }
        return out;
    }

    /** The first of equal ones. */
    static int nearest(double[] nearness) {
        int best = 0;
        for (int c = 1; c < nearness.length; c++) {
            best = nearness[c] > nearness[best] ? c : best;
        }
        return best;
    }

    /** The logarithm of what all examples of a class get together, of which none is beyond {@link #sharpness}. */
    private double ofExamples(float[] row, float[][] examples) {
        double sum = 0;
        for (float[] example : examples) {
            double[] other = new double[example.length];
            for (int i = 0; i < other.length; i++) {
                other[i] = example[i];
            }
            sum += Math.exp(sharpness * (cosine(row, other) - 1));
        }
        return Math.log(Math.max(sum, Double.MIN_NORMAL));
    }

    private static double squared(float[] row, double[] mean) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += (row[i] - mean[i]) * (row[i] - mean[i]);
        }
        return sum;
    }

    private static double cosine(float[] row, double[] mean) {
        double product = 0;
        double one = 0;
        double two = 0;
        for (int i = 0; i < row.length; i++) {
            product += row[i] * mean[i];
            one += (double) row[i] * row[i];
            two += mean[i] * mean[i];
        }
        return product / Math.sqrt(Math.max(one * two, Double.MIN_NORMAL));
    }
}
