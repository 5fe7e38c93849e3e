package graft.trust;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Features brought to as few numbers per example as arithmetic in their squares can bear, centred. What is computed of inner products
 * alone stays what it was, as long as there are no more than {@link #MOST} numbers or examples; else it does by about a fiftieth
 * (Johnson and Lindenstrauss 1984).
 */
public final class Coordinates {
    static final int MOST = 2048;
    /** Of the mean square: what keeps a matrix of fewer than full rank from a root of less than nothing. */
    private static final double JITTER = 1e-10;

    private Coordinates() {}

    /** @return {@code [examples][at most MOST]} */
    public static double[][] of(float[][] features, long seed) {
        return of(features, MOST, seed);
    }

    static double[][] of(float[][] features, int most, long seed) {
        int n = features.length;
        int width = features[0].length;
        double[] mean = new double[width];
        for (float[] row : features) {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j] / (double) n;
            }
        }
        if (width <= Math.min(n, most)) {
            return IntStream.range(0, n)
                    .parallel()
                    .mapToObj(i -> centred(features[i], mean))
                    .toArray(double[][]::new);
        }
        return n <= most ? ofProducts(features, mean) : projected(features, mean, most, seed);
    }

    private static double[] centred(float[] row, double[] mean) {
        double[] out = new double[row.length];
        for (int j = 0; j < out.length; j++) {
            out[j] = row[j] - mean[j];
        }
        return out;
    }

    /** With as many coordinates as there are examples, which have the same inner products. */
    private static double[][] ofProducts(float[][] features, double[] mean) {
        int n = features.length;
        double[][] rows =
                IntStream.range(0, n).mapToObj(i -> centred(features[i], mean)).toArray(double[][]::new);
        double[][] products = new double[n][n];
        IntStream.range(0, n).parallel().forEach(i -> {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < mean.length; k++) {
                    sum += rows[i][k] * rows[j][k];
                }
                products[i][j] = sum;
            }
        });
        double trace = IntStream.range(0, n).mapToDouble(i -> products[i][i]).sum();
        for (int i = 0; i < n; i++) {
            products[i][i] += JITTER * Math.max(trace / n, Double.MIN_NORMAL);
        }
        return new Cholesky(products).lower();
    }

    private static double[][] projected(float[][] features, double[] mean, int most, long seed) {
        Random random = new Random(seed);
        float[][] directions = new float[mean.length][most];
        for (float[] direction : directions) {
            for (int k = 0; k < most; k++) {
                direction[k] = (float) (random.nextGaussian() / Math.sqrt(most));
            }
        }
        return IntStream.range(0, features.length)
                .parallel()
                .mapToObj(i -> {
                    double[] out = new double[most];
                    for (int j = 0; j < mean.length; j++) {
                        double value = features[i][j] - mean[j];
                        for (int k = 0; k < most; k++) {
                            out[k] += value * directions[j][k];
                        }
                    }
                    return out;
                })
                .toArray(double[][]::new);
    }
}
