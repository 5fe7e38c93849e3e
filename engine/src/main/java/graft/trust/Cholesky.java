package graft.trust;

import java.util.stream.IntStream;

/** L of a symmetric positive definite matrix A = L·Lᵀ, of which the lower half is given. */
final class Cholesky {
    private final double[][] lower;

    /** @param matrix its lower half; becomes L */
    Cholesky(double[][] matrix) {
        this.lower = matrix;
        int n = matrix.length;
        for (int j = 0; j < n; j++) {
            double[] pivot = lower[j];
            int column = j;
            double square = pivot[j] - dot(pivot, pivot, j);
            // Rounding alone brings a matrix that was made definite below this.
            double root = Math.sqrt(Math.max(square, Double.MIN_NORMAL));
            pivot[j] = root;
            IntStream rest = IntStream.range(j + 1, n);
            (n - j > PARALLEL ? rest.parallel() : rest).forEach(i -> {
                lower[i][column] = (lower[i][column] - dot(lower[i], pivot, column)) / root;
            });
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                lower[i][j] = 0;
            }
        }
    }

    private static final int PARALLEL = 256;

    private static double dot(double[] a, double[] b, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < length; k += 4) {
            s0 += a[k] * b[k];
            s1 += a[k + 1] * b[k + 1];
            s2 += a[k + 2] * b[k + 2];
            s3 += a[k + 3] * b[k + 3];
        }
        for (; k < length; k++) {
            s0 += a[k] * b[k];
        }
        return s0 + s1 + s2 + s3;
    }

    double[][] lower() {
        return lower;
    }

    /** x of A·x = {@code right}. */
    double[] solve(double[] right) {
        int n = lower.length;
        double[] x = right.clone();
        for (int i = 0; i < n; i++) {
            x[i] = (x[i] - dot(lower[i], x, i)) / lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            double value = x[i];
            double[] row = lower[i];
            for (int j = 0; j < i; j++) {
                x[j] -= row[j] * value;
            }
        }
        return x;
    }
}
