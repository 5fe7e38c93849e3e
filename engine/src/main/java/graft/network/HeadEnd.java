package graft.network;

import graft.onnx.Node;
import java.util.List;

/** How a head ends: what it makes of the row of features that an example has come to. */
@FunctionalInterface
public interface HeadEnd {
    /**
     * Puts the end on a head, and finishes it.
     *
     * @param rows a tensor {@code [N, width]}
     */
    Head on(HeadBuilder head, String rows, int width);

    /**
     * A linear layer to {@code logits [N, outputs]}.
     *
     * @param seed of the first numbers
     */
    static HeadEnd linear(int outputs, Head.Init init, long seed) {
        return (head, rows, width) -> head.linear(rows, width, outputs, Head.LOGITS, init, seed);
    }

    /** No end: the row itself is the answer. */
    static HeadEnd features(String output) {
        return (head, rows, width) ->
                head.answering(Node.of("Identity", "head", List.of(rows), List.of(output)), width);
    }
}
