package graft.evaluate;

import java.util.Optional;

/**
 * How far a changed network's outputs are from the original's, held against how much the original's differ from example to
 * example: the root mean square of the difference by that of the original, the mean over the examples taken from both. 0 = the
 * same; at 1 nothing is left of what tells examples apart, whatever the largest output may be.
 */
public final class Spread {
    private double[] sum;
    private double[] sumOfDifferences;
    private double squares;
    private double squaresOfDifferences;
    private long examples;
    private float[] first;

    /** The outputs of both for one example; each example has as many. */
    public void add(float[] original, float[] changed) {
        if (sum == null) {
            sum = new double[original.length];
            sumOfDifferences = new double[original.length];
            first = original.clone();
        }
        for (int i = 0; i < original.length; i++) {
            // From the first example's: what all have in common would drown what varies.
            double was = (double) original[i] - first[i];
            double difference = (double) changed[i] - original[i];
            sum[i] += was;
            sumOfDifferences[i] += difference;
            squares += was * was;
            squaresOfDifferences += difference * difference;
        }
        examples++;
    }

    /** Empty where the original's outputs are the same for all examples. */
    public Optional<Double> value() {
        if (sum == null) {
            return Optional.empty();
        }
        double varies = squares - ofMeans(sum);
        double differs = squaresOfDifferences - ofMeans(sumOfDifferences);
        // Sums of squares are exact to about 1e-16 of themselves.
        if (!(varies > 1e-12 * squares)) {
            return Optional.empty();
        }
        double value = Math.sqrt(Math.max(0, differs) / varies);
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private double ofMeans(double[] sums) {
        double out = 0;
        for (double each : sums) {
            out += each * each / examples;
        }
        return out;
    }
}
