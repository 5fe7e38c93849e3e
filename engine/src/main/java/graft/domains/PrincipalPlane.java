package graft.domains;

import graft.rank.Spectrum;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of numbers seen from where they are spread out most: their coordinates along the two first principal components. They come
 * from the products of the rows with each other, of which there are as many as rows, however wide these are.
 *
 * @param points {@code [rows][2]}; of each component the row that is farthest out is on the positive side, so that signs are no chance
 * @param shares of the variance, 0…1, that each of the two shows
 * @param variance of all, summed over the columns; 0 where all rows are the same
 */
record PrincipalPlane(double[][] points, double[] shares, double variance) {
    private static final int AXES = 2;

    /** @param rows at least two; costs the cube of their number */
    static PrincipalPlane of(float[][] rows) {
        int n = rows.length;
        double[][] centred = centred(rows);
        double[][] products = new double[n][n];
        IntStream.range(0, n).parallel().forEach(i -> {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < centred[i].length; k++) {
                    sum += centred[i][k] * centred[j][k];
                }
                products[i][j] = sum;
            }
        });
        double[][] axes = new double[n][n];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            axes[i][i] = 1;
            squares += products[i][i];
            for (int j = i + 1; j < n; j++) {
                products[i][j] = products[j][i];
            }
        }
        double[][] points = new double[n][AXES];
        double[] shares = new double[AXES];
        if (squares == 0) {
            return new PrincipalPlane(points, shares, 0);
        }
        Spectrum spectrum = new Spectrum(products, axes);
        double[] values = spectrum.values();
        int[] largest = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Double.compare(values[b], values[a]))
                .limit(AXES)
                .mapToInt(each -> each)
                .toArray();
        for (int axis = 0; axis < largest.length; axis++) {
            int at = largest[axis];
            double square = Math.max(0, values[at]);
            double length = Math.sqrt(square) * sign(spectrum.coordinates(), at);
            for (int i = 0; i < n; i++) {
                points[i][axis] = length * spectrum.coordinates()[i][at];
            }
            shares[axis] = square / squares;
        }
        return new PrincipalPlane(points, shares, squares / (n - 1));
    }

    private static double[][] centred(float[][] rows) {
        int width = rows[0].length;
        double[] mean = new double[width];
        for (float[] row : rows) {
            for (int k = 0; k < width; k++) {
                mean[k] += row[k] / (double) rows.length;
            }
        }
        return Arrays.stream(rows)
                .map(row -> IntStream.range(0, width)
                        .mapToDouble(k -> row[k] - mean[k])
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double sign(double[][] coordinates, int at) {
        double farthest = 0;
        for (double[] each : coordinates) {
            if (Math.abs(each[at]) > Math.abs(farthest)) {
                farthest = each[at];
            }
        }
        return Math.signum(farthest);
    }
}
