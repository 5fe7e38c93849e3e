package graft.transfer;

import graft.data.ClassTargets;
import graft.data.Targets;
import java.util.Optional;

/**
 * How many examples there are to learn from, and how like they are to what a network learnt from: whether its features tell them apart.
 *
 * @param told share of them whose class the nearest mean of a class tells, in five parts, each by the means of the others; NaN where
 *     that is not known
 * @param guessing share of the most frequent class; NaN where they have no classes
 */
public record Likeness(int examples, int classes, double told, double guessing) {
    /** More would not change the choice. */
    private static final int MOST = 2000;

    private static final int PARTS = 5;
    private static final int FEW_PER_CLASS = 20;
    private static final int MANY = 2000;
    private static final double LIKE = 0.75;
    private static final double UNLIKE = 0.3;

    /** @param features of the frozen network, row by row; empty where they are no numbers per example */
    public static Likeness of(int examples, Targets targets, Optional<float[]> features) {
        if (!(targets instanceof ClassTargets classes)) {
            return new Likeness(examples, 0, Double.NaN, Double.NaN);
        }
        int[] counts = new int[classes.classes()];
        int most = 0;
        for (int label : classes.labels()) {
            most = Math.max(most, ++counts[label]);
        }
        return new Likeness(
                examples,
                counts.length,
                features.map(rows -> told(rows, classes.labels(), counts.length))
                        .orElse(Double.NaN),
                (double) most / examples);
    }

    /** The recipe that suits them. */
    public String recipe() {
        // Where nothing is known of them they are taken for neither like nor unlike.
        double known = Double.isNaN(told) ? (1 + guessing) / 2 : told;
        if (examples < FEW_PER_CLASS * classes) {
            return "head";
        }
        double likeness = (known - guessing) / (1 - guessing);
        if (likeness >= LIKE && examples < MANY) {
            return "top";
        }
        return likeness < UNLIKE && examples >= MANY ? "all" : "probe-then-finetune";
    }

    /**
     * Share of examples that the nearest mean of a class tells right, each by the means of the four fifths that it is not in.
     *
     * @param features row by row
     */
    static double told(float[] features, int[] labels, int classes) {
        int width = features.length / labels.length;
        // Evenly over all examples, whatever their order.
        int count = Math.min(MOST, labels.length);
        int right = 0;
        for (int part = 0; part < PARTS; part++) {
            double[][] sums = new double[classes][width];
            int[] counts = new int[classes];
            for (int k = 0; k < count; k++) {
                int i = (int) ((long) k * labels.length / count);
                if (k % PARTS != part) {
                    counts[labels[i]]++;
                    for (int d = 0; d < width; d++) {
                        sums[labels[i]][d] += features[i * width + d];
                    }
                }
            }
            for (int k = part; k < count; k += PARTS) {
                int i = (int) ((long) k * labels.length / count);
                right += nearest(features, i * width, sums, counts) == labels[i] ? 1 : 0;
            }
        }
        return (double) right / count;
    }

    private static int nearest(float[] features, int at, double[][] sums, int[] counts) {
        int out = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < sums.length; c++) {
            double distance = 0;
            for (int d = 0; d < sums[c].length && counts[c] > 0 && distance < least; d++) {
                double off = features[at + d] - sums[c][d] / counts[c];
                distance += off * off;
            }
            if (counts[c] > 0 && distance < least) {
                least = distance;
                out = c;
            }
        }
        return out;
    }
}
