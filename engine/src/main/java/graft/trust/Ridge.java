package graft.trust;

/**
 * A linear function of x for each class.
 *
 * @param mean of what it was learnt from
 * @param slopes by class
 * @param shares of the classes, which it says of the mean
 */
record Ridge(double[] mean, double[][] slopes, double[] shares) {
    double[] scores(double[] x) {
        double[] out = new double[slopes.length];
        for (int c = 0; c < out.length; c++) {
            double sum = shares[c];
            double[] slope = slopes[c];
            for (int j = 0; j < x.length; j++) {
                sum += slope[j] * (x[j] - mean[j]);
            }
            out[c] = sum;
        }
        return out;
    }
}
