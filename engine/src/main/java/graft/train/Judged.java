package graft.train;

import java.util.Arrays;

/**
 * Answers held against the truth.
 *
 * @param loss mean cross-entropy
 * @param accuracy share of right answers, 0…1
 * @param confusion rows true, columns predicted
 * @param firstNotFinite first example with an answer that is no finite number; -1 where there is none
 */
record Judged(double loss, double accuracy, int[][] confusion, int firstNotFinite) {

    /** {@code logits}: one row per label, a column per class. */
    static Judged of(float[] logits, int[] labels, int classes) {
        int[][] confusion = new int[classes][classes];
        double loss = 0;
        int correct = 0;
        int notFinite = -1;
        for (int i = 0; i < labels.length; i++) {
            float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
            int predicted = argMax(row);
            confusion[labels[i]][predicted]++;
            correct += predicted == labels[i] ? 1 : 0;
            loss += crossEntropy(row, labels[i]);
            for (float logit : row) {
                notFinite = notFinite < 0 && !Float.isFinite(logit) ? i : notFinite;
            }
        }
        return new Judged(loss / labels.length, (double) correct / labels.length, confusion, notFinite);
    }

    static int argMax(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            if (row[i] > row[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double crossEntropy(float[] logits, int label) {
        double largest = logits[argMax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return largest + Math.log(sum) - logits[label];
    }
}
