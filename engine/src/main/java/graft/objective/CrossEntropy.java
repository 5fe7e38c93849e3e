package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.List;

/**
 * Cross-entropy with soft targets, as PyTorch's {@code CrossEntropyLoss} with class weights and label smoothing computes it:
 * {@code −Σ target · log softmax(logits) / Σ weight}. Weights and smoothing are in the targets.
 */
public final class CrossEntropy {
    /** {@code [N, classes]}, FLOAT: the share of each class, times its weight; rows of padding are zero. */
    public static final String TARGET = "target";

    private CrossEntropy() {}

    /** @param logits the network's output {@code [N, classes]} */
    public static Objective over(String logits) {
        return over(logits, List.of(Dim.free("N"), Dim.free("classes")));
    }

    /**
     * The same for each token that has a target: those of the others are zero, so that they count nothing, as PyTorch's
     * {@code ignore_index} has it.
     *
     * @param logits the network's output {@code [N, tokens, classes]}
     */
    public static Objective overTokens(String logits) {
        return over(logits, List.of(Dim.free("N"), Dim.free("tokens"), Dim.free("classes")));
    }

    private static Objective over(String logits, List<Dim> shape) {
        Dim[] dims = shape.toArray(Dim[]::new);
        return Objective.of(
                "cross-entropy",
                List.of(ValueInfo.of(logits, ElementType.FLOAT, dims)),
                List.of(ValueInfo.of(TARGET, ElementType.FLOAT, dims)),
                List.of(
                        Node.of("LogSoftmax", "log_softmax", List.of(logits), List.of("log_probabilities"))
                                .with("axis", dims.length - 1L),
                        Node.of("Mul", "of_targets", List.of("log_probabilities", TARGET), List.of("shares")),
                        Node.of("ReduceSum", "sum", List.of("shares"), List.of("likelihood"))
                                .with("keepdims", 0L),
                        Node.of("Neg", "negative", List.of("likelihood"), List.of("sum_of_losses"))),
                "sum_of_losses");
    }

    /** {@code [N, tokens]}, INT64: the token that is to be said at each place. */
    public static final String TOKEN = "token";

    /** {@code [N, tokens]}, FLOAT: 1 at each place that counts, 0 elsewhere. */
    public static final String COUNTED = "counted";

    /**
     * The same where a network scores a vocabulary at each place of a text: so many soft targets would take as much room as the
     * scores, and numbers of tokens are enough.
     *
     * @param scores the network's output {@code [N, tokens, vocabulary]}
     */
    public static Objective overVocabulary(String scores) {
        Formula formula = new Formula();
        String logs = formula.along("LogSoftmax", 2, scores);
        String axis = formula.constant(Tensor.ofLongs("last", new long[] {1}, 2));
        String picked = formula.along("GatherElements", 2, logs, formula.of("Unsqueeze", TOKEN, axis));
        String shares = formula.of("Mul", formula.of("Squeeze", picked, axis), COUNTED);
        String sum = formula.of("Neg", formula.sum(shares));
        Dim[] places = {Dim.free("N"), Dim.free("tokens")};
        return Objective.of(
                "cross-entropy",
                List.of(
                        ValueInfo.of(scores, ElementType.FLOAT, places[0], places[1], Dim.free("vocabulary")),
                        ValueInfo.of(TOKEN, ElementType.INT64, places),
                        ValueInfo.of(COUNTED, ElementType.FLOAT, places)),
                formula,
                sum);
    }

    /** Whether an objective is this one, over whatever output. */
    public static boolean is(Objective objective) {
        return objective.operators().equals(over("logits").operators());
    }
}
