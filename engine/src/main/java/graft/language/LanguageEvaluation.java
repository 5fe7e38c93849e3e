package graft.language;

import com.fasterxml.jackson.annotation.JsonIgnore;
import graft.judge.Evaluation;
import graft.judge.Score;
import java.util.stream.IntStream;

/**
 * How well a network foresees texts.
 *
 * @param perplexity e to the power of the loss: among how many tokens, all alike, it would have been as unsure
 * @param interval [low, high], in which the perplexity of as many other blocks lies with 95 %; null where there are too few
 * @param n number of blocks
 * @param tokens that were to be said
 * @param loss mean cross-entropy over these tokens
 * @param notFinite the first block with an answer that is no number; −1 where there is none
 */
public record LanguageEvaluation(
        double perplexity,
        double[] interval,
        int n,
        long tokens,
        double loss,
        @JsonIgnore int notFinite) implements Evaluation {
    private static final double NORMAL_95 = 1.959964;

    /** By block: the sum of its losses, and how many tokens it is of; 0 of those that were not judged. */
    static LanguageEvaluation of(double[] losses, int[] tokens, int notFinite) {
        int[] judged =
                IntStream.range(0, tokens.length).filter(i -> tokens[i] > 0).toArray();
        long all = IntStream.of(judged).mapToLong(i -> tokens[i]).sum();
        double sum = IntStream.of(judged).mapToDouble(i -> losses[i]).sum();
        double mean = sum / all;
        return new LanguageEvaluation(
                Math.exp(mean), interval(losses, tokens, judged, mean, all), judged.length, all, mean, notFinite);
    }

    /** By the spread of the blocks, as a ratio of two sums. */
    private static double[] interval(double[] losses, int[] tokens, int[] judged, double mean, long all) {
        if (judged.length < 2) {
            return null;
        }
        double squares = IntStream.of(judged)
                .mapToDouble(i -> Math.pow(losses[i] - mean * tokens[i], 2))
                .sum();
        double off = NORMAL_95 * Math.sqrt(squares * judged.length / (judged.length - 1.0)) / all;
        return new double[] {Math.exp(mean - off), Math.exp(mean + off)};
    }

    @Override
    public Score primary() {
        return new Score(Score.PERPLEXITY, perplexity, interval, !Score.isLessBetter(Score.PERPLEXITY), false);
    }

    @Override
    public int firstNotFinite() {
        return notFinite;
    }
}
