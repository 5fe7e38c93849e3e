package graft.rank;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How likely the labels are to a Bayesian linear regression on features, at the precisions of prior and noise that make them the likeliest
 * (You, Liu, Wang, Long: "LogME: Practical Assessment of Pre-trained Models for Transfer Learning", ICML 2021): the mean over the classes of
 * the logarithm of the evidence, per example. Higher is better.
 */
public final class LogMe {
    private static final int MOST_TURNS = 100;
    private static final double STILL = 1e-6;
    /** Keeps precisions finite where a sum of squares is nothing, as in the paper's program. */
    private static final double LEAST = 1e-5;

    private final double[] squares;
    private final int width;

    private LogMe(double[] squares, int width) {
        this.squares = squares;
        this.width = width;
    }

    /**
     * @param features {@code [examples][width]}
     * @param labels by example
     */
    static double of(float[][] features, int[] labels, int classes) {
        int n = features.length;
        double[][] ofClass = new double[classes][n];
        for (int i = 0; i < n; i++) {
            ofClass[labels[i]][i] = 1;
        }
        return of(features, ofClass);
    }

    /** The same where only what differs counts: features and labels are taken around their means. */
    public static double centred(float[][] features, int[] labels, int classes) {
        int n = features.length;
        float[][] around = new float[n][features[0].length];
        for (int k = 0; k < features[0].length; k++) {
            double mean = 0;
            for (float[] row : features) {
                mean += row[k] / (double) n;
            }
            for (int i = 0; i < n; i++) {
                around[i][k] = (float) (features[i][k] - mean);
            }
        }
        double[][] ofClass = new double[classes][n];
        for (int c = 0; c < classes; c++) {
            for (int i = 0; i < n; i++) {
                ofClass[c][i] = labels[i] == c ? 1 : 0;
            }
            double mean = Arrays.stream(ofClass[c]).sum() / n;
            for (int i = 0; i < n; i++) {
                ofClass[c][i] -= mean;
            }
        }
        return of(around, ofClass);
    }

    private static double of(float[][] features, double[][] ofClass) {
        int n = features.length;
        double[][] products = new double[n][n];
        IntStream.range(0, n).parallel().forEach(i -> {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < features[i].length; k++) {
                    sum += (double) features[i][k] * features[j][k];
                }
                products[i][j] = sum;
            }
        });
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                products[i][j] = products[j][i];
            }
        }
        Spectrum spectrum = new Spectrum(products, ofClass);
        double[] squares = spectrum.values().clone();
        for (int i = 0; i < n; i++) {
            squares[i] = Math.max(0, squares[i]);
        }
        LogMe evidence = new LogMe(squares, features[0].length);
        double sum = 0;
        for (double[] coordinates : spectrum.coordinates()) {
            sum += evidence.of(coordinates);
        }
        return sum / ofClass.length;
    }

    /**
     * Of one class. With F = U·S·Vᵀ, m = β·A⁻¹·Fᵀ·y and A = α·I + β·FᵀF all that is needed are the squares of S and Uᵀ·y.
     *
     * @param y the class's targets in the coordinates of U
     */
    private double of(double[] y) {
        int n = y.length;
        double alpha = 1;
        double beta = 1;
        double evidence = Double.NEGATIVE_INFINITY;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            double ratio = alpha / beta;
            double gamma = 0;
            double length = 0;
            double residual = 0;
            for (int i = 0; i < n; i++) {
                double share = 1 / (ratio + squares[i]);
                gamma += squares[i] * share;
                length += squares[i] * y[i] * y[i] * share * share;
                residual += ratio * ratio * y[i] * y[i] * share * share;
            }
            alpha = gamma / (length + LEAST);
            beta = Math.max(n - gamma, Double.MIN_NORMAL) / (residual + LEAST);
            double before = evidence;
            evidence = evidence(y, alpha, beta) / n;
            if (Math.abs(evidence - before) <= STILL * Math.abs(evidence)) {
                break;
            }
        }
        return evidence;
    }

    private double evidence(double[] y, double alpha, double beta) {
        int n = y.length;
        double ratio = alpha / beta;
        double length = 0;
        double residual = 0;
        // Squares beyond the width are nothing, and those of the width beyond the examples too.
        double determinant = (width - n) * Math.log(alpha);
        for (int i = 0; i < n; i++) {
            double share = 1 / (ratio + squares[i]);
            length += squares[i] * y[i] * y[i] * share * share;
            residual += ratio * ratio * y[i] * y[i] * share * share;
            determinant += Math.log(alpha + beta * squares[i]);
        }
        return 0.5
                * (n * Math.log(beta / (2 * Math.PI))
                        + width * Math.log(alpha)
                        - beta * residual
                        - alpha * length
                        - determinant);
    }
}
