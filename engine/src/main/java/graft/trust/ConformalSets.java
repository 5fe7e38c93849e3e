package graft.trust;

import graft.Refusal;
import graft.evaluate.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Split conformal prediction: for each example a set of classes that holds the true one with a chosen probability, whatever the network,
 * as long as new examples are of the kind of those it was calibrated on (Angelopoulos and Bates, "A Gentle Introduction to Conformal
 * Prediction", 2021, section 1).
 *
 * @param alpha share of examples whose set may miss the true class, 0…1
 * @param score how classes are put in order
 * @param threshold classes whose score is at most this are in the set; 1 and more where every class is
 * @param calibratedOn examples that the threshold comes from
 * @param n other examples, that the figures below are of
 * @param judgedOn in words, which those are
 * @param coverage share of them whose set holds the true class
 * @param bounds [low, high], between which {@code coverage} lies in 95 of 100 such trials where the promise holds
 * @param meanSetSize classes in a set
 * @param sizes share of the sets that have 0, 1, 2, … classes
 */
public record ConformalSets(
        double alpha,
        Kind score,
        double threshold,
        int calibratedOn,
        int n,
        String judgedOn,
        double coverage,
        double[] bounds,
        double meanSetSize,
        double[] sizes) {
    private static final double Z_95 = 1.959963984540054;

    /** How much a class is at odds with what the network says. */
    public enum Kind {
        /** 1 − its probability (Sadinle et al., JASA 2019): the smallest sets. */
        LAC,
        /**
         * Probability of all that is likelier, and a random share of its own (Romano et al., NeurIPS 2020): sets that cover rare and hard
         * kinds too.
         */
        APS,
        /** The same with a fine of 0.01 for each class after the fifth (Angelopoulos et al., ICLR 2021): for many classes. */
        RAPS
    }

    private static final int HALVINGS = 100;
    private static final double FINE = 0.01;
    private static final int FREE = 5;

    /**
     * @param val what is calibrated on
     * @param test what is judged on; where there is none, {@code val} is halved at random, many times
     * @param seed of the halves and of the random shares
     * @throws Refusal where the network's probabilities are not known, or there are too few examples for {@code alpha}
     */
    public static ConformalSets of(Predictions val, Optional<Predictions> test, double alpha, Kind kind, long seed) {
        return of(Scored.of(val), test.map(Scored::of), alpha, kind, seed);
    }

    static ConformalSets of(Scored val, Optional<Scored> test, double alpha, Kind kind, long seed) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new Refusal("alpha must lie between 0 and 1; it was " + alpha
                    + ". It is the share of examples whose set may miss the true class, such as 0.1.");
        }
        int n = val.size();
        int calibrating = test.isPresent() ? n : n / 2;
        int least = (int) Math.ceil(1 / alpha - 1e-9) - 1;
        if (calibrating < least || calibrating == 0) {
            throw new Refusal("Sets that may miss the true class in a share of " + alpha + " need at least " + least
                    + " examples to calibrate on; there are " + calibrating
                    + (test.isPresent() ? "" : ", the half of the validation part")
                    + ". Allow a larger --alpha, or set more examples aside with --val-share.");
        }
        Random random = new Random(seed);
        double[][] scores = scores(val, kind, random);
        double threshold = quantile(ofTruth(scores, val, IntStream.range(0, n).toArray()), alpha);
        int[] truth = val.said().truth();
        Tally tally = new Tally(val.said().classes().size());
        if (test.isPresent()) {
            double[][] others = scores(test.get(), kind, random);
            int[] wanted = test.get().said().truth();
            IntStream.range(0, others.length).forEach(i -> tally.add(others[i], wanted[i], threshold));
        } else {
            for (int turn = 0; turn < HALVINGS; turn++) {
                int[] order = shuffled(n, random);
                double half = quantile(ofTruth(scores, val, Arrays.copyOf(order, calibrating)), alpha);
                for (int at = calibrating; at < n; at++) {
                    tally.add(scores[order[at]], truth[order[at]], half);
                }
            }
        }
        int judged = test.map(Scored::size).orElse(n);
        return new ConformalSets(
                alpha,
                kind,
                kind == Kind.LAC ? Math.exp(threshold) : threshold,
                n,
                judged,
                test.isPresent()
                        ? "the test part"
                        : "the validation part, " + HALVINGS
                                + " times halved at random: one half gave a threshold, the other was judged by it",
                tally.coverage(),
                bounds(alpha, n, judged),
                tally.meanSize(),
                tally.sizes());
    }

    /**
     * Between which the coverage lies in 95 of 100 trials: it varies by what is judged and by what was calibrated on, together
     * as a beta-binomial distribution does (the page cited above, appendix C), here by its mean and variance.
     */
    private static double[] bounds(double alpha, int calibrated, int judged) {
        double a = Math.min(calibrated, rank(calibrated, alpha));
        double b = calibrated + 1 - a;
        double mean = a / (a + b);
        double variance = a * b * (a + b + judged) / ((a + b) * (a + b) * (a + b + 1) * judged);
        double wide = Z_95 * Math.sqrt(variance);
        return new double[] {Math.max(0, mean - wide), Math.min(1, mean + wide)};
    }

    /** What sets came out as. */
    private static final class Tally {
        private final long[] bySize;
        private long covered;
        private long all;

        Tally(int classes) {
            bySize = new long[classes + 1];
        }

        void add(double[] scores, int truth, double threshold) {
            bySize[(int) Arrays.stream(scores).filter(each -> each <= threshold).count()]++;
            covered += scores[truth] <= threshold ? 1 : 0;
            all++;
        }

        double coverage() {
            return (double) covered / all;
        }

        double meanSize() {
            return IntStream.range(0, bySize.length)
                            .mapToDouble(k -> (double) k * bySize[k])
                            .sum()
                    / all;
        }

        double[] sizes() {
            return LongStream.of(bySize)
                    .mapToDouble(count -> (double) count / all)
                    .toArray();
        }
    }

    private static int[] shuffled(int n, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(i -> i).toArray();
    }

    private static double[] ofTruth(double[][] scores, Scored given, int[] chosen) {
        return IntStream.of(chosen)
                .mapToDouble(i -> scores[i][given.said().truth()[i]])
                .toArray();
    }

    private static double[][] scores(Scored given, Kind kind, Random random) {
        return IntStream.range(0, given.size())
                .mapToObj(i -> scores(given, i, kind, random))
                .toArray(double[][]::new);
    }

    private static int rank(int n, double alpha) {
        // Less than the error of the product above a whole number is that number.
        return (int) Math.ceil((n + 1) * (1 - alpha) - 1e-9);
    }

    /** The smallest score that ⌈(n + 1)(1 − α)⌉ of n reach. */
    static double quantile(double[] scores, double alpha) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int rank = rank(sorted.length, alpha);
        return rank > sorted.length ? Double.POSITIVE_INFINITY : sorted[rank - 1];
    }

    /** Of each class of example {@code i}. */
    private static double[] scores(Scored given, int i, Kind kind, Random random) {
        for (float probability : given.said().probabilities()[i]) {
            if (!Float.isFinite(probability)) {
                throw new Refusal(
                        "The network answers with no probabilities, so that no sets can be made of them. Choose an"
                                + " output with a number per class by --output.");
            }
        }
        if (kind == Kind.LAC) {
            return given.remainders(i); // in the same order as the score itself
        }
        double[] probabilities = given.shares(i);
        double[] out = new double[probabilities.length];
        double share = random.nextDouble();
        List<Integer> likeliest = IntStream.range(0, out.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> -probabilities[c]))
                .toList();
        double before = 0;
        for (int rank = 0; rank < out.length; rank++) {
            int c = likeliest.get(rank);
            double fine = kind == Kind.RAPS ? FINE * Math.max(0, rank + 1 - FREE) : 0;
            out[c] = before + share * probabilities[c] + fine;
            before += probabilities[c];
        }
        return out;
    }

    /** One line: what was promised, and what came. */
    public String headline() {
        return String.format(
                Locale.ROOT,
                "%.1f %% of the sets hold the true class (promised %.1f %%; over %d examples anything from %.1f to %.1f %% agrees"
                        + " with that), with %.2f classes in a set on average.",
                100 * coverage,
                100 * (1 - alpha),
                n,
                100 * bounds[0],
                100 * bounds[1],
                meanSetSize);
    }

    /** Whether what came agrees with what was promised. */
    public boolean keepsItsPromise() {
        return coverage >= bounds[0];
    }
}
