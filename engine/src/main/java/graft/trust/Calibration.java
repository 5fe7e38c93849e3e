package graft.trust;

import graft.Refusal;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Confidence;
import graft.evaluate.Predictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How sure a network is, before and after temperature scaling.
 *
 * @param temperature what logits are divided by: the one that fits best, or a part of the way there where that makes calibration worse; 1 where any makes unseen examples no likelier, or the calibration error larger: theirs, or that of all
 *     examples to validate
 * @param n examples that the other figures are of, none of which the temperature they were scaled by was fitted on
 * @param judgedOn in words, which those are
 * @param eceBefore expected calibration error over 15 bins, and Brier score: as {@link Confidence} has them
 * @param nllBefore mean negative log-likelihood in nats, from the logits
 */
public record Calibration(
        double temperature,
        int n,
        String judgedOn,
        double eceBefore,
        double eceAfter,
        double brierBefore,
        double brierAfter,
        double nllBefore,
        double nllAfter,
        List<Confidence.Bin> binsBefore,
        List<Confidence.Bin> binsAfter) {
    private static final int FOLDS = 5;
    /** Of the way to the temperature that fits, on a scale of ratios. */
    private static final double[] SHARES = {1, 0.75, 0.5, 0.25};

    /**
     * @param val what the temperature is fitted on
     * @param test what it is judged on; where there is none, {@code val} in five parts, each by a temperature of the others
     * @param seed of the parts
     * @throws Refusal where the network's probabilities are not known, or there are too few examples
     */
    public static Calibration of(Predictions val, Optional<Predictions> test, long seed) {
        return of(Scored.of(val), test.map(Scored::of), seed);
    }

    static Calibration of(Scored val, Optional<Scored> test, long seed) {
        known(val.said());
        int n = val.size();
        if (n < 2 * FOLDS) {
            throw new Refusal("A temperature cannot be fitted on " + n + (n == 1 ? " example" : " examples")
                    + " to validate: at least " + 2 * FOLDS + " are needed. Set more aside with --val-share.");
        }
        double fitted = val.fit(IntStream.range(0, n).toArray());
        Scored judged = test.orElse(val);
        known(judged.said());
        Confidence before = confidence(judged.said());
        double eceOfVal = confidence(val.said()).ece();
        double[] temperatures = test.isPresent() ? judged.all(fitted) : inParts(val, seed);
        double nllBefore = judged.nll(judged.all(1));
        double taken = 1;
        Confidence after = before;
        double nllAfter = nllBefore;
        // Who judges the written file by the validation part is not to find it worse than it was: of few examples a
        // part of the way is
        // often well where all of it is not.
        for (double share : SHARES) {
            double[] some = DoubleStream.of(temperatures)
                    .map(each -> Math.pow(each, share))
                    .toArray();
            Confidence there = confidence(judged.scaled(some));
            double nll = judged.nll(some);
            double wish = Math.pow(fitted, share);
            if (nll < nllBefore
                    && there.ece() <= before.ece()
                    && confidence(val.scaled(wish)).ece() <= eceOfVal) {
                taken = wish;
                after = there;
                nllAfter = nll;
                break;
            }
        }
        return new Calibration(
                taken,
                judged.size(),
                test.isPresent()
                        ? "the test part, which the temperature was not fitted on"
                        : "the validation part in five parts, each scaled by a temperature fitted on the other four",
                before.ece(),
                after.ece(),
                before.brier(),
                after.brier(),
                nllBefore,
                nllAfter,
                before.bins(),
                after.bins());
    }

    /** Whether there is anything to scale. */
    public boolean changesAnything() {
        return temperature != 1;
    }

    private static void known(Predictions said) {
        if (ClassEvaluation.of(said).confidence().isEmpty()) {
            throw new Refusal(
                    "The network answers with no probabilities, so that how sure it is cannot be told. Choose an"
                            + " output with a number per class by --output.");
        }
    }

    private static Confidence confidence(Predictions said) {
        return ClassEvaluation.of(said).confidence().orElseThrow();
    }

    /** Of each example a temperature that was fitted without its part. */
    private static double[] inParts(Scored said, long seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, said.size()).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        double[] out = new double[order.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int mine = fold;
            double temperature = said.fit(IntStream.range(0, order.size())
                    .filter(at -> at % FOLDS != mine)
                    .map(order::get)
                    .toArray());
            for (int at = fold; at < order.size(); at += FOLDS) {
                out[order.get(at)] = temperature;
            }
        }
        return out;
    }
}
