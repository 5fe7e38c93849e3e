package graft.tags;

import graft.onnx.Values;
import java.nio.FloatBuffer;

/**
 * Scores of tags, a row for each token.
 *
 * @param tokens of each window, padding included
 * @param width tags
 */
record TokenScores(FloatBuffer numbers, int tokens, int width) {
    /** @param values {@code [N, tokens, tags]} */
    static TokenScores of(Values values) {
        long[] shape = values.shape();
        if (shape.length != 3) {
            throw new IllegalArgumentException("scores of tokens have three axes, these have " + shape.length);
        }
        return new TokenScores(values.floats(), Math.toIntExact(shape[1]), Math.toIntExact(shape[2]));
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
