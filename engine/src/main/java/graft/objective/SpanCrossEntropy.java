package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.List;

/**
 * The mean of two cross-entropies over the tokens of a text: where an answer begins, and where it ends (Devlin 2019). Padding is no
 * token that an answer could begin with, so that the loss of a text does not depend on what it is batched with.
 */
public final class SpanCrossEntropy {
    /** {@code [N, tokens, 2]}, FLOAT: one half where the answer begins, and where it ends; rows of padding are zero. */
    public static final String TARGET = "target";

    /** {@code [N, tokens, 1]}, FLOAT: 0 for a token, {@link #OUT} for padding. */
    public static final String PADDING = "padding";

    /** Added to a score, it leaves nothing of it: e to the power of it is 0 in single precision, and it is no infinity. */
    public static final float OUT = -1e5f;

    private SpanCrossEntropy() {}

    /** @param logits the network's output {@code [N, tokens, 2]} */
    public static Objective over(String logits) {
        Dim[] scores = {Dim.free("N"), Dim.free("tokens"), Dim.of(2)};
        Dim[] padding = {Dim.free("N"), Dim.free("tokens"), Dim.of(1)};
        return Objective.of(
                "span-cross-entropy",
                List.of(ValueInfo.of(logits, ElementType.FLOAT, scores)),
                List.of(
                        ValueInfo.of(TARGET, ElementType.FLOAT, scores),
                        ValueInfo.of(PADDING, ElementType.FLOAT, padding)),
                List.of(
                        Node.of("Add", "without_padding", List.of(logits, PADDING), List.of("scores")),
                        Node.of("LogSoftmax", "log_softmax", List.of("scores"), List.of("log_probabilities"))
                                .with("axis", 1L),
                        Node.of("Mul", "of_targets", List.of("log_probabilities", TARGET), List.of("shares")),
                        Node.of("ReduceSum", "sum", List.of("shares"), List.of("likelihood"))
                                .with("keepdims", 0L),
                        Node.of("Neg", "negative", List.of("likelihood"), List.of("sum_of_losses"))),
                "sum_of_losses");
    }
}
