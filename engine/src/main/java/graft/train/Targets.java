package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.ops.ArrayTensors;
import java.util.Arrays;

/**
 * Cross-entropy as PyTorch computes it (mean over the batch, weighted classes, smoothed labels) written as
 * {@code −Σ target · log softmax(logits) / norm}: the targets of a batch and its norm.
 *
 * @param values {@code [batch, classes]}, row by row; rows of padding are zero
 * @param norm the summed weights of the batch's classes
 */
record Targets(float[] values, double norm) {

    /**
     * @param labels class per example; -1 for padding
     * @param weights per class
     * @param smoothing share spread over all classes
     */
    static Targets of(int[] labels, float[] weights, double smoothing) {
        int classes = weights.length;
        float[] values = new float[labels.length * classes];
        double norm = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                continue;
            }
            norm += weights[labels[i]];
            for (int c = 0; c < classes; c++) {
                double share = smoothing / classes + (c == labels[i] ? 1 - smoothing : 0);
                values[i * classes + c] = (float) (weights[c] * share);
            }
        }
        return new Targets(values, norm);
    }

    /**
     * The loss of these examples, to go back from.
     *
     * @param logits {@code [batch, classes]}
     * @param norm of all examples of the step
     */
    NDArray loss(NDArray logits, double norm) {
        NDManager step = logits.getManager();
        int classes = Math.toIntExact(logits.getShape().get(1));
        NDArray target = ArrayTensors.toArray(step, values, values.length / classes, classes);
        return logits.logSoftmax(1).mul(target).sum().mul(ArrayTensors.number(step, (float) (-1 / norm)));
    }

    /** All classes alike. */
    static float[] equalWeights(int classes) {
        float[] out = new float[classes];
        Arrays.fill(out, 1);
        return out;
    }

    /** n / (classes · examples of the class): every class weighs the same in sum. */
    static float[] balancedWeights(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        float[] out = new float[classes];
        for (int c = 0; c < classes; c++) {
            out[c] = counts[c] == 0 ? 0 : (float) labels.length / (classes * counts[c]);
        }
        return out;
    }
}
