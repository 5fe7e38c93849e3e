package graft.trust;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a ridge regression to classes needs of examples; sums of some can be taken out of sums of all.
 *
 * @param squares Σ x·xᵀ, its lower half
 * @param ofClass Σ x, by class
 * @param counts of the classes
 */
record Sums(double[][] squares, double[][] ofClass, int[] counts) {
    private static final int ROWS_AT_ONCE = 32;

    static Sums of(double[][] x, int[] labels, int classes, int[] chosen) {
        int width = x[0].length;
        double[][] squares = new double[width][];
        IntStream.range(0, (width + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE)
                .parallel()
                .forEach(block -> addBlock(x, chosen, squares, block * ROWS_AT_ONCE));
        double[][] ofClass = new double[classes][width];
        int[] counts = new int[classes];
        for (int i : chosen) {
            double[] sum = ofClass[labels[i]];
            for (int j = 0; j < width; j++) {
                sum[j] += x[i][j];
            }
            counts[labels[i]]++;
        }
        return new Sums(squares, ofClass, counts);
    }

    private static void addBlock(double[][] x, int[] chosen, double[][] squares, int from) {
        int to = Math.min(from + ROWS_AT_ONCE, squares.length);
        for (int j = from; j < to; j++) {
            squares[j] = new double[squares.length];
        }
        for (int i : chosen) {
            double[] row = x[i];
            for (int j = from; j < to; j++) {
                double value = row[j];
                double[] into = squares[j];
                for (int k = 0; k <= j; k++) {
                    into[k] += value * row[k];
                }
            }
        }
    }

    Sums without(Sums some) {
        double[][] rest = new double[squares.length][];
        for (int j = 0; j < rest.length; j++) {
            rest[j] = less(squares[j], some.squares[j]);
        }
        double[][] sums = new double[ofClass.length][];
        int[] numbers = new int[counts.length];
        for (int c = 0; c < sums.length; c++) {
            sums[c] = less(ofClass[c], some.ofClass[c]);
            numbers[c] = counts[c] - some.counts[c];
        }
        return new Sums(rest, sums, numbers);
    }

    private static double[] less(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = a[k] - b[k];
        }
        return out;
    }

    /**
     * The regression of 0 and 1 for each class on x, its slopes kept small.
     *
     * @param penalty as a multiple of the mean square along the axes that the examples can span
     */
    Ridge ridge(double penalty) {
        int width = squares.length;
        int n = Math.max(1, Arrays.stream(counts).sum());
        double[] mean = new double[width];
        for (double[] sum : ofClass) {
            for (int j = 0; j < width; j++) {
                mean[j] += sum[j] / n;
            }
        }
        double[][] matrix = new double[width][width];
        double trace = 0;
        for (int j = 0; j < width; j++) {
            for (int k = 0; k <= j; k++) {
                matrix[j][k] = squares[j][k] - n * mean[j] * mean[k];
            }
            trace += matrix[j][j];
        }
        double added = Math.max(penalty * trace / Math.min(n, width), Double.MIN_NORMAL);
        for (int j = 0; j < width; j++) {
            matrix[j][j] += added;
        }
        Cholesky root = new Cholesky(matrix);
        double[][] slopes = new double[counts.length][];
        double[] shares = new double[counts.length];
        for (int c = 0; c < slopes.length; c++) {
            double[] right = new double[width];
            for (int j = 0; j < width; j++) {
                right[j] = ofClass[c][j] - counts[c] * mean[j];
            }
            slopes[c] = root.solve(right);
            shares[c] = counts[c] / (double) n;
        }
        return new Ridge(mean, slopes, shares);
    }
}
