package graft.tags;

import graft.Refusal;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Scores of tags, a row for each token.
 *
 * @param tokens of each window, padding included
 * @param width tags
 */
record TokenScores(FloatBuffer numbers, int tokens, int width) {
    /**
     * Scores {@code [N, tokens, tags]} among a network's outputs.
     *
     * @throws Refusal where none has as many numbers as there are tags
     */
    static TokenScores of(Map<String, Values> answers, int tags) {
        Values values = answers.entrySet().stream()
                .filter(each -> fits(each.getValue(), tags))
                .min(Comparator.comparing((Map.Entry<String, Values> each) ->
                                !each.getKey().contains("logits"))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getValue)
                .orElseThrow(() -> new Refusal("The network answers with "
                        + answers.values().stream()
                                .map(each -> Arrays.toString(each.shape()))
                                .collect(Collectors.joining(", "))
                        + ", and " + tags
                        + " numbers are expected for each token, one for each tag that is noted. Take the"
                        + " file as `graft train` wrote it, or put the config.json beside it that it came with."));
        long[] shape = values.shape();
        return new TokenScores(values.floats(), Math.toIntExact(shape[1]), Math.toIntExact(shape[2]));
    }

    private static boolean fits(Values values, int tags) {
        return values.shape().length == 3 && values.shape()[2] == tags;
    }

    void read(int window, int token, float[] row) {
        numbers.get(numbers.position() + (window * tokens + token) * width, row);
    }

    /** The first of the largest. */
    static int largest(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    static double crossEntropy(float[] row, int label) {
        return logOfSum(row) - row[label];
    }

    /** Softmax of one of them. */
    static double probability(float[] row, int tag) {
        return Math.exp(row[tag] - logOfSum(row));
    }

    private static double logOfSum(float[] row) {
        double most = row[largest(row)];
        double sum = 0;
        for (float score : row) {
            sum += Math.exp(score - most);
        }
        return most + Math.log(sum);
    }
}
