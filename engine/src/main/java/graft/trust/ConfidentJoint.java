package graft.trust;

import java.util.Arrays;

/**
 * Confident learning: which label an example surely has, beside the one that was given (Northcutt, Jiang, Chuang: "Confident
 * Learning: Estimating Uncertainty in Dataset Labels", JAIR 2021, section 3.1). An example surely is of a class where its probability
 * is at least what examples of that class have on average; of several such classes, of the likeliest.
 *
 * @param counts {@code [given][sure]}
 * @param sure per example its sure class; −1 where there is none
 */
record ConfidentJoint(int[][] counts, int[] sure) {
    /** @param probabilities {@code [examples][classes]}, from heads that have not seen the example */
    static ConfidentJoint of(double[][] probabilities, int[] labels, int classes) {
        double[] thresholds = new double[classes];
        int[] members = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            thresholds[labels[i]] += probabilities[i][labels[i]];
            members[labels[i]]++;
        }
        for (int c = 0; c < classes; c++) {
            // Of a class without examples nothing is sure.
            thresholds[c] = members[c] == 0 ? Double.POSITIVE_INFINITY : thresholds[c] / members[c];
        }
        int[][] counts = new int[classes][classes];
        int[] sure = new int[labels.length];
        Arrays.fill(sure, -1);
        for (int i = 0; i < labels.length; i++) {
            for (int c = 0; c < classes; c++) {
                if (probabilities[i][c] >= thresholds[c]
                        && (sure[i] < 0 || probabilities[i][c] > probabilities[i][sure[i]])) {
                    sure[i] = c;
                }
            }
            if (sure[i] >= 0) {
                counts[labels[i]][sure[i]]++;
            }
        }
        return new ConfidentJoint(counts, sure);
    }

    /** How many examples surely are of another class than they are labelled. */
    int wrong() {
        int out = 0;
        for (int given = 0; given < counts.length; given++) {
            for (int c = 0; c < counts.length; c++) {
                out += given == c ? 0 : counts[given][c];
            }
        }
        return out;
    }
}
