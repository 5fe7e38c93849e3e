package graft.episodes;

import java.util.List;

/**
 * Asks which class's mean is nearest.
 *
 * @param known rows of the examples that classes are known by
 * @param asked rows of those that are asked about
 */
public record NearestMean(float[][] known, float[][] asked, EpisodePlan.Distance distance) {

    public EpisodeScore over(List<EpisodeDraw.Episode> episodes) {
        return EpisodeScore.of(episodes.stream().mapToDouble(this::accuracy).toArray());
    }

    public double accuracy(EpisodeDraw.Episode episode) {
        double[][] means = new double[episode.support().length][];
        for (int c = 0; c < means.length; c++) {
            means[c] = mean(episode.support()[c]);
        }
        int right = 0;
        int count = 0;
        for (int c = 0; c < means.length; c++) {
            for (int query : episode.queries()[c]) {
                right += nearest(asked[query], means) == c ? 1 : 0;
                count++;
            }
        }
        return (double) right / count;
    }

    private double[] mean(int[] support) {
        double[] out = new double[known[support[0]].length];
        for (int example : support) {
            for (int i = 0; i < out.length; i++) {
                out[i] += known[example][i] / (double) support.length;
            }
        }
        return out;
    }

    /** The first of equal ones. */
    private int nearest(float[] row, double[][] means) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < means.length; c++) {
            double apart = distance == EpisodePlan.Distance.COSINE ? angle(row, means[c]) : squared(row, means[c]);
            if (apart < least) {
                least = apart;
                best = c;
            }
        }
        return best;
    }

    private static double squared(float[] row, double[] mean) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += (row[i] - mean[i]) * (row[i] - mean[i]);
        }
        return sum;
    }

    private static double angle(float[] row, double[] mean) {
        double product = 0;
        double one = 0;
        double two = 0;
        for (int i = 0; i < row.length; i++) {
            product += row[i] * mean[i];
            one += (double) row[i] * row[i];
            two += mean[i] * mean[i];
        }
        return 1 - product / Math.sqrt(Math.max(one * two, Double.MIN_NORMAL));
    }
}
