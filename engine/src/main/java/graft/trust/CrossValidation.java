package graft.trust;

import graft.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * What a linear head says of examples that it did not learn from. The head is a ridge regression to the classes, which has a closed
 * form (Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2009, section 3.4.1); of its penalties the one is
 * taken that makes the labels of the examples left out likeliest, with one temperature for all.
 */
public final class CrossValidation {
    /** Of the mean of the squares along the axes that there are. */
    private static final double[] PENALTIES = {0.03, 0.1, 0.3, 1, 3, 10, 30, 100};

    private final double[][] x;
    private final int[] labels;
    private final int classes;
    private final int[] foldOf;
    private final int folds;

    private CrossValidation(double[][] x, int[] labels, int classes, int[] foldOf) {
        this.x = x;
        this.labels = labels;
        this.classes = classes;
        this.foldOf = foldOf;
        this.folds = Arrays.stream(foldOf).max().orElse(0) + 1;
    }

    /**
     * @param x {@code [examples][coordinates]}
     * @param foldOf each example, from 0 on
     * @return {@code [examples][classes]} probabilities
     * @throws CancellationException when {@code progress} was cancelled
     */
    public static double[][] probabilities(double[][] x, int[] labels, int classes, int[] foldOf, Progress progress) {
        return new CrossValidation(x, labels, classes, foldOf).probabilities(progress);
    }

    /**
     * As many of each class in every fold as can be.
     *
     * @param keys of the examples' content: those of the same stay together, or else one would give the other's label away
     */
    public static int[] folds(int[] labels, List<String> keys, int folds, long seed) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        Map<String, Integer> byKey = new HashMap<>();
        Map<Integer, Integer> turn = new HashMap<>();
        int[] out = new int[labels.length];
        for (int i : order) {
            out[i] = byKey.computeIfAbsent(
                    keys.get(i), key -> (turn.merge(labels[i], 1, Integer::sum) - 1 + labels[i]) % folds);
        }
        return out;
    }

    private double[][] probabilities(Progress progress) {
        int n = x.length;
        Sums all = Sums.of(x, labels, classes, IntStream.range(0, n).toArray());
        double[][][] scores = new double[PENALTIES.length][n][];
        for (int fold = 0; fold < folds; fold++) {
            int mine = fold;
            int[] left = IntStream.range(0, n).filter(i -> foldOf[i] == mine).toArray();
            if (left.length == 0) {
                continue;
            }
            Sums learnt = all.without(Sums.of(x, labels, classes, left));
            for (int p = 0; p < PENALTIES.length; p++) {
                if (progress.isCancelled()) {
                    throw new CancellationException("while heads were tried");
                }
                Ridge ridge = learnt.ridge(PENALTIES[p]);
                for (int i : left) {
                    scores[p][i] = ridge.scores(x[i]);
                }
                progress.stage(
                        "trying heads on what they did not learn from",
                        (long) fold * PENALTIES.length + p + 1,
                        (long) folds * PENALTIES.length);
            }
        }
        return likeliest(scores);
    }

    private double[][] likeliest(double[][][] scores) {
        double[][] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double[][] tried : scores) {
            double[][] logits = ofOneScale(tried);
            double inverse = 1 / Temperature.fit(logits, labels);
            double[][] probabilities = Arrays.stream(logits)
                    .map(row -> Temperature.softmax(row, inverse))
                    .toArray(double[][]::new);
            double loss = 0;
            for (int i = 0; i < labels.length; i++) {
                loss -= Math.log(Math.max(Double.MIN_NORMAL, probabilities[i][labels[i]]));
            }
            if (loss < least) {
                least = loss;
                best = probabilities;
            }
        }
        return best;
    }

    /** A strong penalty leaves small numbers, which the limits of a temperature are not for. */
    private static double[][] ofOneScale(double[][] scores) {
        double squares = 0;
        for (double[] row : scores) {
            double mean = Arrays.stream(row).average().orElseThrow();
            squares += Arrays.stream(row)
                            .map(each -> (each - mean) * (each - mean))
                            .sum()
                    / row.length;
        }
        double scale = Math.sqrt(Math.max(squares / scores.length, Double.MIN_NORMAL));
        return Arrays.stream(scores)
                .map(row -> Arrays.stream(row).map(each -> each / scale).toArray())
                .toArray(double[][]::new);
    }
}
