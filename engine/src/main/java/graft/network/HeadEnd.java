package graft.network;

import graft.Refusal;
import graft.onnx.Node;
import java.util.List;

/** How a head ends: what it makes of the row of features that an example has come to. */
public interface HeadEnd {
    /**
     * Puts the end on a head, and finishes it.
     *
     * @param rows a tensor {@code [N, width]}
     */
    Head on(HeadBuilder head, String rows, int width);

    /**
     * The same on a row for each token.
     *
     * @param tokens a tensor {@code [N, tokens, width]}
     * @throws Refusal where the end is one of whole examples
     */
    default Head onTokens(HeadBuilder head, String tokens, int width) {
        throw new Refusal(
                "A head that holds an example against others as a whole, or gives its features, cannot answer for"
                        + " each word. Let it learn by steps: leave out --fit, and --recipe where that names such a head.");
    }

    /**
     * A linear layer to {@code logits [N, outputs]}.
     *
     * @param seed of the first numbers
     */
    static HeadEnd linear(int outputs, Head.Init init, long seed) {
        return new HeadEnd() {
            @Override
            public Head on(HeadBuilder head, String rows, int width) {
                return head.linear(rows, width, outputs, Head.LOGITS, init, seed);
            }

            @Override
            public Head onTokens(HeadBuilder head, String tokens, int width) {
                return head.linearOfTokens(tokens, width, outputs, Head.LOGITS, init, seed);
            }
        };
    }

    /** No end: the row itself is the answer. */
    static HeadEnd features(String output) {
        return (head, rows, width) ->
                head.answering(Node.of("Identity", "head", List.of(rows), List.of(output)), width);
    }
}
