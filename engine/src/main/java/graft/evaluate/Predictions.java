package graft.evaluate;

import java.util.List;

/**
 * What a network said of each example.
 *
 * @param classes names of the network's classes
 * @param names of the examples
 * @param truth index into {@code classes}, per example
 * @param predicted index into {@code classes}, per example: the first of the largest outputs
 * @param probabilities [examples][classes]; softmax of the outputs, or the outputs where they are probabilities already
 */
public record Predictions(
        List<String> classes, List<String> names, int[] truth, int[] predicted, float[][] probabilities) {

    /** Share of examples for which both networks say the same, 0…1. */
    public double agreement(Predictions other) {
        int same = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (classes.get(predicted[i]).equals(other.classes.get(other.predicted[i]))) {
                same++;
            }
        }
        return (double) same / predicted.length;
    }
}
