package graft.trust;

import graft.evaluate.Predictions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a network said, with the numbers that its probabilities are the softmax of.
 *
 * @param logits [examples][classes]; known up to a number per example, which a softmax takes out again
 */
record Scored(Predictions said, double[][] logits) {
    /** Below a probability of which no logarithm is taken: the smallest float of full precision. */
    private static final double LEAST = Float.MIN_NORMAL;
    /** Of probabilities: what single precision leaves. */
    private static final double MOST_APART = 1e-4;

    /** With what the network answers, where that are logits; else with the logarithms of the probabilities. */
    static Scored of(Predictions said) {
        return of(said, said).orElseGet(() -> byProbabilities(said));
    }

    /** With what is below the answers; empty where that are no logits. */
    static Optional<Scored> of(Predictions said, Predictions below) {
        if (Arrays.deepEquals(below.outputs(), said.probabilities())) {
            return Optional.empty(); // of a network that is hardly sure the softmax of probabilities is near them
        }
        double[][] logits = Arrays.stream(below.outputs()).map(Scored::finite).toArray(double[][]::new);
        for (int i = 0; i < logits.length; i++) {
            if (logits[i].length != said.probabilities()[i].length
                    || !(apart(Temperature.softmax(logits[i], 1), said.probabilities()[i]) <= MOST_APART)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Scored(said, logits));
    }

    /** With logarithms: a probability of 0 says only that the logit was low. */
    static Scored byProbabilities(Predictions said) {
        return new Scored(
                said,
                Arrays.stream(said.probabilities()).map(Scored::logarithms).toArray(double[][]::new));
    }

    private static double apart(double[] wanted, float[] found) {
        return IntStream.range(0, wanted.length)
                .mapToDouble(c -> Math.abs(wanted[c] - found[c]))
                .reduce(0, (a, b) -> a > b ? a : b); // NaN stays
    }

    /** Whether logarithms of the probabilities are not all that the network knows: where one of them is too small for a float. */
    static boolean isCutOff(Predictions said) {
        return Arrays.stream(said.probabilities()).anyMatch(row -> {
            for (float probability : row) {
                if (probability < LEAST) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Minus infinity is the logarithm of what was too small for a float. */
    private static double[] finite(float[] row) {
        double most = Double.NEGATIVE_INFINITY;
        for (float each : row) {
            most = Math.max(most, each);
        }
        double[] out = new double[row.length];
        for (int c = 0; c < out.length; c++) {
            out[c] = row[c] == Float.NEGATIVE_INFINITY ? most + Math.log(LEAST) : row[c];
        }
        return out;
    }

    private static double[] logarithms(float[] probabilities) {
        double[] out = new double[probabilities.length];
        for (int c = 0; c < out.length; c++) {
            out[c] = Math.log(Math.max(LEAST, probabilities[c]));
        }
        return out;
    }

    /** Probabilities of example {@code i} by class. */
    double[] shares(int i) {
        return Temperature.softmax(logits[i], 1);
    }

    /**
     * The logarithm of what each class leaves to the others of example {@code i}: of one less its probability, but exact where that is near
     * one. As numbers they would be 0 of one example as of the next where a network is very sure.
     */
    double[] remainders(int i) {
        double[] mine = logits[i];
        double all = sum(mine, -1);
        double[] out = new double[mine.length];
        for (int c = 0; c < out.length; c++) {
            out[c] = sum(mine, c) - all;
        }
        return out;
    }

    /** The logarithm of the sum of the exponentials of all but one. */
    private static double sum(double[] logits, int without) {
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < logits.length; c++) {
            most = c == without ? most : Math.max(most, logits[c]);
        }
        double out = 0;
        for (int c = 0; c < logits.length; c++) {
            out += c == without ? 0 : Math.exp(logits[c] - most);
        }
        return most + Math.log(out);
    }

    int size() {
        return logits.length;
    }

    /** The temperature of the least mean negative log-likelihood of some of the examples. */
    double fit(int[] chosen) {
        return Temperature.fit(
                IntStream.of(chosen).mapToObj(i -> logits[i]).toArray(double[][]::new),
                IntStream.of(chosen).map(i -> said.truth()[i]).toArray());
    }

    /** Mean negative logarithm of the true class's probability, each example scaled by its own temperature; exact also where that is near 0. */
    double nll(double[] temperatures) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double inverse = 1 / temperatures[i];
            double[] scaled =
                    Arrays.stream(logits[i]).map(logit -> logit * inverse).toArray();
            sum += sum(scaled, -1) - scaled[said.truth()[i]];
        }
        return sum / logits.length;
    }

    /** Probabilities of example {@code i}, as sure as {@code temperature} makes them. */
    float[] scaled(int i, double temperature) {
        return floats(Temperature.softmax(logits[i], 1 / temperature));
    }

    static float[] floats(double[] shares) {
        float[] out = new float[shares.length];
        IntStream.range(0, out.length).forEach(c -> out[c] = (float) shares[c]);
        return out;
    }

    /** The same answers, as sure as {@code temperature} makes them. */
    Predictions scaled(double temperature) {
        return scaled(all(temperature));
    }

    /** The same with a temperature of each example's own. */
    Predictions scaled(double[] temperatures) {
        return said.withProbabilities(IntStream.range(0, size())
                .mapToObj(i -> scaled(i, temperatures[i]))
                .toArray(float[][]::new));
    }

    /** One temperature for every example. */
    double[] all(double temperature) {
        double[] out = new double[size()];
        Arrays.fill(out, temperature);
        return out;
    }
}
