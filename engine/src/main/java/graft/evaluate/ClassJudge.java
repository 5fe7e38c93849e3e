package graft.evaluate;

import graft.data.ClassTargets;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Holds scores per class against the class that is true; the largest score is the answer, the first of equal ones. */
public final class ClassJudge implements Judge {
    private final String output;
    private final ClassTargets targets;
    private final List<String> classes;
    private final int[][] counts;
    /** By example, so that the sum does not depend on the order in which the examples come. */
    private final double[] losses;

    private int n;
    private int right;
    private int firstNotFinite = Integer.MAX_VALUE;

    /**
     * @param output name of the output {@code [N, classes]}
     * @param classes names
     */
    public ClassJudge(String output, ClassTargets targets, List<String> classes) {
        this.output = output;
        this.targets = targets;
        this.classes = classes;
        this.counts = new int[targets.classes()][targets.classes()];
        this.losses = new double[targets.labels().length];
    }

    @Override
    public double add(Map<String, Values> answers, int[] examples, int real) {
        FloatBuffer scores = answers.get(output).floats();
        float[] row = new float[scores.remaining() / examples.length];
        int hits = 0;
        for (int i = 0; i < real; i++) {
            scores.get(row);
            int example = examples[i];
            int label = targets.label(example);
            int said = Rows.largest(row);
            counts[label][said]++;
            hits += said == label ? 1 : 0;
            losses[example] = crossEntropy(row, label);
            for (float score : row) {
                if (!Float.isFinite(score)) {
                    firstNotFinite = Math.min(firstNotFinite, example);
                }
            }
        }
        n += real;
        right += hits;
        return hits;
    }

    @Override
    public Judge merge(Judge other) {
        if (!(other instanceof ClassJudge more) || more.losses.length != losses.length) {
            throw new IllegalArgumentException("two judges of different targets");
        }
        for (int label = 0; label < counts.length; label++) {
            for (int said = 0; said < counts.length; said++) {
                counts[label][said] += more.counts[label][said];
            }
        }
        for (int i = 0; i < losses.length; i++) {
            losses[i] += more.losses[i]; // each example was judged once, and is 0 where it was not
        }
        n += more.n;
        right += more.right;
        firstNotFinite = Math.min(firstNotFinite, more.firstNotFinite);
        return this;
    }

    @Override
    public Evaluation done() {
        double loss = 0;
        for (double one : losses) {
            loss += one;
        }
        int[][] copy = Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
        return new ClassCounts(
                classes, loss / n, copy, n, right, firstNotFinite == Integer.MAX_VALUE ? -1 : firstNotFinite);
    }

    private static double crossEntropy(float[] logits, int label) {
        double largest = logits[Rows.largest(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return largest + Math.log(sum) - logits[label];
    }
}
