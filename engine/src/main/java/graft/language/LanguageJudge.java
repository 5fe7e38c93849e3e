package graft.language;

import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** How likely a network finds each token that is to be said. */
public final class LanguageJudge implements Judge {
    private final TokenTargets targets;
    /** By block, so that the sum does not depend on the order in which they come. */
    private final double[] losses;

    private final int[] tokens;
    private int firstNotFinite = Integer.MAX_VALUE;

    public LanguageJudge(TokenTargets targets) {
        this.targets = targets;
        this.losses = new double[targets.size()];
        this.tokens = new int[targets.size()];
    }

    @Override
    public double add(Map<String, Values> answers, int[] examples, int real) {
        Values scores = answers.get(targets.output());
        FloatBuffer numbers = scores.floats();
        int places = Math.toIntExact(scores.shape()[1]);
        float[] row = new float[Math.toIntExact(scores.shape()[2])];
        int begin = numbers.position();
        for (int i = 0; i < real; i++) {
            int[] wanted = targets.wanted().apply(examples[i]);
            double loss = 0;
            int said = 0;
            for (int t = 0; t < wanted.length; t++) {
                if (wanted[t] != TokenTargets.NONE) {
                    numbers.get(begin + (i * places + t) * row.length, row);
                    loss += crossEntropy(row, wanted[t]);
                    said++;
                }
            }
            losses[examples[i]] = loss;
            tokens[examples[i]] = said;
            if (!Double.isFinite(loss)) {
                firstNotFinite = Math.min(firstNotFinite, examples[i]);
            }
        }
        return Double.NaN; // a perplexity is no mean of blocks
    }

    /** −log softmax. */
    private static double crossEntropy(float[] scores, int token) {
        double most = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (float score : scores) {
            sum += Math.exp(score - most);
        }
        return Math.log(sum) + most - scores[token];
    }

    @Override
    public Set<String> reads() {
        return Set.of(targets.output());
    }

    @Override
    public boolean scoresSteps() {
        return false;
    }

    @Override
    public Judge merge(Judge other) {
        if (!(other instanceof LanguageJudge more) || more.losses.length != losses.length) {
            throw new IllegalArgumentException("two judges of different targets");
        }
        for (int i = 0; i < losses.length; i++) {
            losses[i] += more.losses[i]; // each block was judged once, and is 0 where it was not
            tokens[i] += more.tokens[i];
        }
        firstNotFinite = Math.min(firstNotFinite, more.firstNotFinite);
        return this;
    }

    @Override
    public Evaluation done() {
        return LanguageEvaluation.of(losses, tokens, firstNotFinite == Integer.MAX_VALUE ? -1 : firstNotFinite);
    }
}
