package graft.rank;

/**
 * Eigenvalues of a symmetric matrix, and given vectors in the coordinates of its eigenvectors, which themselves are not kept: Householder's
 * reduction to three diagonals and QL steps with implicit shifts (Golub and Van Loan, "Matrix Computations", 2013, section 8.3), done to
 * the vectors as they are done to the matrix.
 */
public final class Spectrum {
    private static final int MOST_STEPS = 60;

    private final double[] values;
    private final double[][] vectors;

    /**
     * @param matrix symmetric; is used up
     * @param vectors {@code [vectors][rows]}; become their coordinates
     */
    public Spectrum(double[][] matrix, double[][] vectors) {
        this.values = new double[matrix.length];
        this.vectors = vectors;
        solve(tridiagonal(matrix));
    }

    /** In no order. */
    public double[] values() {
        return values;
    }

    /** By vector, in the order of {@link #values}. */
    public double[][] coordinates() {
        return vectors;
    }

    /** Fills {@link #values} with the middle diagonal and hands out the one beside it. */
    private double[] tridiagonal(double[][] a) {
        int n = a.length;
        double[] beside = new double[n];
        double[] product = new double[n];
        for (int k = 0; k < n - 2; k++) {
            double square = 0;
            for (int i = k + 1; i < n; i++) {
                square += a[i][k] * a[i][k];
            }
            double length = Math.sqrt(square);
            double head = a[k + 1][k];
            double target = head > 0 ? -length : length;
            beside[k] = length == 0 ? 0 : target;
            if (square - head * head == 0) {
                beside[k] = head;
                continue;
            }
            double[] mirror = new double[n];
            for (int i = k + 1; i < n; i++) {
                mirror[i] = a[i][k];
            }
            mirror[k + 1] -= target;
            // H = I − scale · mirror · mirrorᵀ
            double scale = 1 / (square - target * head);
            double half = 0;
            for (int i = k + 1; i < n; i++) {
                product[i] = 0;
            }
            for (int i = k + 1; i < n; i++) {
                double[] row = a[i];
                double sum = 0;
                for (int j = k + 1; j < n; j++) {
                    sum += row[j] * mirror[j];
                }
                product[i] = scale * sum;
                half += product[i] * mirror[i];
            }
            half *= scale / 2;
            for (int i = k + 1; i < n; i++) {
                product[i] -= half * mirror[i];
            }
            for (int i = k + 1; i < n; i++) {
                double[] row = a[i];
                for (int j = k + 1; j < n; j++) {
                    row[j] -= mirror[i] * product[j] + product[i] * mirror[j];
                }
            }
            for (double[] vector : vectors) {
                double sum = 0;
                for (int i = k + 1; i < n; i++) {
                    sum += mirror[i] * vector[i];
                }
                for (int i = k + 1; i < n; i++) {
                    vector[i] -= scale * sum * mirror[i];
                }
            }
        }
        if (n > 1) {
            beside[n - 2] = a[n - 1][n - 2];
        }
        for (int i = 0; i < n; i++) {
            values[i] = a[i][i];
        }
        return beside;
    }

    private void solve(double[] beside) {
        int n = values.length;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(values[i]) + Math.abs(beside[i]));
        }
        // Of many zeros each is only known as far as the largest is.
        double nothing = Math.max(Math.ulp(largest), Double.MIN_NORMAL);
        for (int low = 0; low < n; low++) {
            for (int step = 0; ; step++) {
                int high = low;
                while (high < n - 1 && Math.abs(beside[high]) > nothing) {
                    high++;
                }
                if (high == low) {
                    break;
                }
                if (step == MOST_STEPS) {
                    throw new IllegalStateException("the eigenvalues of a matrix of " + n + " rows were not found");
                }
                step(beside, low, high);
            }
        }
    }

    /** One chase of the bulge from below, with Wilkinson's shift. */
    private void step(double[] beside, int low, int high) {
        double g = (values[low + 1] - values[low]) / (2 * beside[low]);
        double r = Math.hypot(g, 1);
        g = values[high] - values[low] + beside[low] / (g + Math.copySign(r, g));
        double sine = 1;
        double cosine = 1;
        double p = 0;
        for (int i = high - 1; i >= low; i--) {
            double f = sine * beside[i];
            double b = cosine * beside[i];
            r = Math.hypot(f, g);
            beside[i + 1] = r;
            if (r == 0) {
                values[i + 1] -= p;
                beside[high] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = values[i + 1] - p;
            r = (values[i] - g) * sine + 2 * cosine * b;
            p = sine * r;
            values[i + 1] = g + p;
            g = cosine * r - b;
            for (double[] vector : vectors) {
                double next = vector[i + 1];
                vector[i + 1] = sine * vector[i] + cosine * next;
                vector[i] = cosine * vector[i] - sine * next;
            }
        }
        values[low] -= p;
        beside[low] = g;
        beside[high] = 0;
    }
}
