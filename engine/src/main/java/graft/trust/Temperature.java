package graft.trust;

/**
 * Temperature scaling (Guo, Pleiss, Sun, Weinberger: "On Calibration of Modern Neural Networks", ICML 2017): every logit is divided by
 * one number T before the softmax, which makes a network more or less sure but never changes what it answers.
 */
final class Temperature {
    private static final double WIDEST = 1e5;
    private static final int HALVINGS = 70;

    private Temperature() {}

    /**
     * The T of the least mean negative log-likelihood; 1 where none is: where all are right, ever lower ones are better, and where a
     * network knows nothing, ever higher ones.
     *
     * @param truth by example
     */
    static double fit(double[][] logits, int[] truth) {
        // The likelihood is convex in 1/T: its slope grows.
        double low = Math.log(1 / WIDEST);
        double high = Math.log(WIDEST);
        if (slope(logits, truth, Math.exp(high)) <= 0 || slope(logits, truth, Math.exp(low)) >= 0) {
            return 1;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (slope(logits, truth, Math.exp(middle)) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(-(low + high) / 2);
    }

    /** Of the mean negative log-likelihood by the inverse temperature. */
    private static double slope(double[][] logits, int[] truth, double inverse) {
        double out = 0;
        for (int i = 0; i < logits.length; i++) {
            double[] shares = softmax(logits[i], inverse);
            for (int c = 0; c < shares.length; c++) {
                out += shares[c] * logits[i][c];
            }
            out -= logits[i][truth[i]];
        }
        return out / logits.length;
    }

    static double[] softmax(double[] logits, double inverse) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit * inverse);
        }
        double[] out = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < out.length; c++) {
            out[c] = Math.exp(logits[c] * inverse - largest);
            sum += out[c];
        }
        for (int c = 0; c < out.length; c++) {
            out[c] /= sum;
        }
        return out;
    }
}
