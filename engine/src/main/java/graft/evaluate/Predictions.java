package graft.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a network said of each example.
 *
 * @param classes names of the network's classes
 * @param names of the examples
 * @param truth index into {@code classes}, per example
 * @param predicted index into {@code classes}, per example: the first of the largest outputs
 * @param probabilities [examples][classes]; softmax of the outputs, or the outputs where they are probabilities already
 * @param outputs [examples][classes]; as the network gives them
 * @param remarks for the user: what was assumed, and what looks wrong
 */
public record Predictions(
        List<String> classes,
        List<String> names,
        int[] truth,
        int[] predicted,
        float[][] probabilities,
        float[][] outputs,
        List<String> remarks) {

    public Predictions(
            List<String> classes, List<String> names, int[] truth, int[] predicted, float[][] probabilities) {
        this(classes, names, truth, predicted, probabilities, probabilities, List.of());
    }

    /** The same with other remarks. */
    public Predictions withRemarks(List<String> others) {
        return new Predictions(classes, names, truth, predicted, probabilities, outputs, List.copyOf(others));
    }

    /** Of these examples and then of others, by the same network. */
    public Predictions and(Predictions others) {
        return new Predictions(
                classes,
                Stream.concat(names.stream(), others.names.stream()).toList(),
                IntStream.concat(IntStream.of(truth), IntStream.of(others.truth))
                        .toArray(),
                IntStream.concat(IntStream.of(predicted), IntStream.of(others.predicted))
                        .toArray(),
                Stream.of(probabilities, others.probabilities)
                        .flatMap(Arrays::stream)
                        .toArray(float[][]::new),
                Stream.of(outputs, others.outputs).flatMap(Arrays::stream).toArray(float[][]::new),
                Stream.concat(remarks.stream(), others.remarks.stream())
                        .distinct()
                        .toList());
    }

    /** The same answers, more or less sure. */
    public Predictions withProbabilities(float[][] others) {
        return new Predictions(classes, names, truth, predicted, others, outputs, remarks);
    }

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

    /** How far the outputs are from those of {@code original}, as {@link Spread}; empty where the latter do not vary. */
    public Optional<Double> spread(Predictions original) {
        Spread spread = new Spread();
        for (int i = 0; i < outputs.length; i++) {
            spread.add(original.outputs[i], outputs[i]);
        }
        return spread.value();
    }

    /** The class that was answered for every example; empty where there are several, or just one example. */
    public Optional<String> always() {
        boolean one =
                predicted.length > 1 && Arrays.stream(predicted).distinct().count() == 1;
        return one ? Optional.of(classes.get(predicted[0])) : Optional.empty();
    }
}
