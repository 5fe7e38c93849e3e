package graft.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Whether a network is as often right as it is sure.
 *
 * @param ece expected calibration error: how far accuracy and confidence are apart, on average over 15 bins of equal width
 *     (Guo et al., ICML 2017)
 * @param brier mean squared distance of the probabilities from the truth (Brier, Monthly Weather Review 1950); halved for two
 *     classes, as scikit-learn does
 * @param nll mean negative logarithm of the true class's probability, which counts as 1.2e-7 at least
 * @param auc area under the ROC curve; of more than two classes the mean of each against the rest; empty where one class alone
 *     has examples
 * @param bins by confidence, the lowest first
 */
public record Confidence(double ece, double brier, double nll, OptionalDouble auc, List<Bin> bins) {
    private static final int BINS = 15;
    /** The smallest step of a float at 1, as in scikit-learn. */
    private static final double LEAST = Math.ulp(1f);

    /**
     * Examples with a confidence in ({@code from}, {@code to}].
     *
     * @param confidence mean of theirs; 0 where there are none
     * @param accuracy share of them that is right; 0 where there are none
     */
    public record Bin(double from, double to, int count, double confidence, double accuracy) {}

    /** Of predictions with probabilities. */
    static Confidence of(Predictions said) {
        List<Bin> bins = bins(said);
        int n = said.truth().length;
        double ece = bins.stream()
                .mapToDouble(bin -> bin.count() * Math.abs(bin.accuracy() - bin.confidence()) / n)
                .sum();
        double brier = 0;
        double nll = 0;
        for (int i = 0; i < n; i++) {
            float[] probabilities = said.probabilities()[i];
            for (int c = 0; c < probabilities.length; c++) {
                double away = probabilities[c] - (said.truth()[i] == c ? 1 : 0);
                brier += away * away;
            }
            nll -= Math.log(Math.max(LEAST, Math.min(1 - LEAST, probabilities[said.truth()[i]])));
        }
        double half = said.classes().size() == 2 ? 0.5 : 1;
        return new Confidence(ece, half * brier / n, nll / n, auc(said), bins);
    }

    private static OptionalDouble auc(Predictions said) {
        int classes = said.classes().size();
        // The two curves of two classes are mirror images with the same area.
        return IntStream.range(classes == 2 ? 1 : 0, classes)
                .mapToObj(label -> ThresholdCurve.of(said, label))
                .filter(ThresholdCurve::isDefined)
                .mapToDouble(ThresholdCurve::auc)
                .average();
    }

    private static List<Bin> bins(Predictions said) {
        int[] counts = new int[BINS];
        int[] right = new int[BINS];
        double[] sums = new double[BINS];
        for (int i = 0; i < said.truth().length; i++) {
            double confidence = said.probabilities()[i][said.predicted()[i]];
            int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
            counts[bin]++;
            sums[bin] += confidence;
            right[bin] += said.predicted()[i] == said.truth()[i] ? 1 : 0;
        }
        List<Bin> out = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            int count = Math.max(1, counts[bin]);
            out.add(new Bin(
                    (double) bin / BINS,
                    (bin + 1.0) / BINS,
                    counts[bin],
                    sums[bin] / count,
                    (double) right[bin] / count));
        }
        return List.copyOf(out);
    }

    /** Whether every example has finite probabilities. */
    static boolean isKnown(Predictions said) {
        return said.probabilities().length > 0
                && Arrays.stream(said.probabilities())
                        .allMatch(row -> IntStream.range(0, row.length).allMatch(c -> Float.isFinite(row[c])));
    }
}
