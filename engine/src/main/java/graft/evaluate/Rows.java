package graft.evaluate;

import graft.Refusal;
import graft.data.Examples;
import graft.meaning.Classifier;
import graft.onnx.Node;
import graft.onnx.NonFinite;
import graft.onnx.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A network's answers as one number per class and example.
 *
 * @param width numbers per example that the network answers with
 * @param kind what they are
 * @param classes that they tell apart; 0 where the answers are labels and any number of classes is possible
 */
record Rows(Classifier network, int width, Kind kind, int classes) {

    private static final Set<String> HANDING_ON = Set.of(
            "Identity", "Reshape", "Flatten", "Squeeze", "Cast", "DequantizeLinear", "QuantizeLinear", "Dropout");
    /** What ends in one of these gives any number. */
    private static final Set<String> LINEAR =
            Set.of("Gemm", "MatMul", "Conv", "QLinearMatMul", "QGemm", "QLinearConv", "LogSoftmax");

    /** What an example's numbers say. */
    enum Kind {
        SCORES,
        /** Scores of which a layer is known to have made no probabilities, whatever they happen to sum up to. */
        LOGITS,
        /** One number for two classes: the probability of the second. */
        PROBABILITY_OF_SECOND,
        /** One number for two classes: above 0 it is the second. */
        LOGIT_OF_SECOND,
        /** The class's number itself. */
        LABEL
    }

    /** An answer to one example is no number; those to others may be. */
    static final class NoNumber extends Refusal {
        private static final long serialVersionUID = 1L;

        NoNumber(String message) {
            super(message);
        }
    }

    /** What the first answers show of all of them. */
    static Rows of(Classifier network, Values answers, int batch, Answers.Naming naming) {
        String output = network.answer().scores();
        int numbers = Arrays.stream(answers.shape()).mapToInt(Math::toIntExact).reduce(1, Math::multiplyExact);
        if (numbers == 0 || numbers % batch != 0) {
            throw new Refusal("The output " + output + " of " + network.file() + " has the shape "
                    + Arrays.toString(answers.shape()) + " for " + batch
                    + " examples, which is not one row per example. Choose a network that classifies, or another of its"
                    + " outputs with --output.");
        }
        int width = numbers / batch;
        OptionalInt classes = naming.classes(width);
        if (!answers.type().isFloat()) {
            if (width != 1 || answers.type().bytes() == 0) {
                throw new Refusal("The output " + output + " of " + network.file() + " holds " + answers.type()
                        + Arrays.toString(answers.shape())
                        + ", not a score per class. Export the network with its scores as output.");
            }
            return new Rows(
                    network,
                    1,
                    Kind.LABEL,
                    classes.orElseThrow(() -> new Refusal(network.file()
                            + " answers with the number of a class alone, and nothing names its classes. Name them in the"
                            + " order of their numbers, one a line, in a file for --classes.")));
        }
        if (width == 1 && classes.orElse(2) == 2) {
            return new Rows(
                    network, 1, end(network).equals("Sigmoid") ? Kind.PROBABILITY_OF_SECOND : Kind.LOGIT_OF_SECOND, 2);
        }
        if (classes.orElse(-1) != width
                && Arrays.stream(answers.shape())
                                .skip(1)
                                .filter(axis -> axis > 1)
                                .count()
                        > 1) {
            throw new Refusal("The output " + output + " of " + network.file() + " has the shape "
                    + Arrays.toString(answers.shape())
                    + (classes.isEmpty()
                            ? ", which is not one number per class, and nothing names its classes."
                            : ", which is not one number for each of " + classes.getAsInt()
                                    + " classes: they are features, and the network has no head.")
                    + " Choose a network that classifies, or another of its outputs with --output; a network without a"
                    + " head gets one by `graft train`.");
        }
        return new Rows(network, width, LINEAR.contains(end(network)) ? Kind.LOGITS : Kind.SCORES, width);
    }

    /** The operator that the scores come from, below what only hands them on; "" where they are fed. */
    private static String end(Classifier network) {
        Map<String, Node> producers = network.model().graph().producers();
        Node node = producers.get(network.answer().scores());
        while (node != null && (HANDING_ON.contains(node.opType()) || scales(node, network))) {
            node = producers.get(node.input(0));
        }
        if (node == null || !node.opType().equals("Add")) {
            return node == null ? "" : node.opType();
        }
        // A bias; a sum of two computed tensors may be the mean of two softmaxes.
        return node.inputs().stream()
                .map(producers::get)
                .filter(below -> below != null && LINEAR.contains(below.opType()))
                .map(Node::opType)
                .findFirst()
                .orElse("");
    }

    /** Whether it only makes all numbers larger or smaller, as a temperature does. */
    private static boolean scales(Node node, Classifier network) {
        return (node.opType().equals("Div") || node.opType().equals("Mul"))
                && network.model().graph().initializers().containsKey(node.input(1))
                && network.model().graph().initializers().get(node.input(1)).size() == 1;
    }

    /** How the numbers are read, where that is not plain. */
    Optional<String> remark(List<String> names) {
        return switch (kind) {
            case SCORES, LOGITS -> Optional.empty();
            case PROBABILITY_OF_SECOND ->
                Optional.of(
                        "The network answers with one probability: above 0.5 it was taken for " + names.get(1) + ".");
            case LOGIT_OF_SECOND ->
                Optional.of("The network answers with one number: above 0 it was taken for " + names.get(1) + ".");
            case LABEL ->
                Optional.of("The network answers with the number of a class alone: there are no probabilities, and how"
                        + " sure it is cannot be told.");
        };
    }

    /**
     * The numbers of example {@code i} of a batch, one per class.
     *
     * @param asked its number among {@code examples}
     */
    float[] row(Values answers, int i, Examples examples, int asked) {
        String example = examples.place(asked);
        float[] all = answers.toTensor("").toFloats();
        float[] row = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        for (float value : row) {
            // Minus infinity is the logarithm of a probability of 0: a number as good as any.
            if (Float.isNaN(value) || value == Float.POSITIVE_INFINITY) {
                throw new NoNumber(network.file() + " answers "
                        + (Float.isNaN(value) ? "NaN (not a number)" : "Infinity") + " for " + example + ". "
                        + NonFinite.inWeights(network.original().graph())
                                .map(where ->
                                        "Its weights are broken: " + where + ". Take an earlier version of the file.")
                                .orElse(
                                        "Its weights are finite, so its arithmetic leaves the range of its numbers: prepare the"
                                                + " examples as the network was trained (" + examples.preparing()
                                                + "), or take a higher precision."));
            }
        }
        return switch (kind) {
            case SCORES, LOGITS -> row;
            case PROBABILITY_OF_SECOND -> new float[] {1 - row[0], row[0]};
            case LOGIT_OF_SECOND -> new float[] {0, row[0]};
            case LABEL -> {
                int label = (int) row[0];
                if (label != row[0] || label < 0 || label >= classes) {
                    throw new Refusal(network.file() + " answers with class number " + row[0] + " for " + example
                            + ", but the data have " + classes + " classes. Judge it by data of all its classes.");
                }
                float[] chosen = new float[classes];
                chosen[label] = 1;
                yield chosen;
            }
        };
    }

    static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    float[] probabilities(float[] row) {
        if (kind == Kind.LABEL || kind == Kind.PROBABILITY_OF_SECOND) {
            return row;
        }
        double sum = 0;
        boolean between0And1 = true;
        for (float value : row) {
            sum += value;
            between0And1 &= value >= 0 && value <= 1;
        }
        // A network that ends in a Softmax; fp16 rounds its sum by up to a few thousandths.
        if (kind == Kind.SCORES && between0And1 && Math.abs(sum - 1) < 0.01) {
            return row;
        }
        float most = row[largest(row)];
        float[] out = new float[row.length];
        double total = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = most == row[i] ? 1 : (float) Math.exp(row[i] - most);
            total += out[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= (float) total;
        }
        return out;
    }
}
