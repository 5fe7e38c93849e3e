package graft.network;

import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.List;

/**
 * Answers by the examples themselves: their features lie in the network as columns of length 1, the support, and an example's
 * probabilities are {@code softmax(sharpness · cos(x, support)) · classes} (Vinyals et al., "Matching Networks for One Shot Learning",
 * 2016, without full context embeddings). The output {@code logits [N, classes]} is the logarithm of these probabilities, so that
 * cross-entropy and softmax take it as any other.
 *
 * @param labels the class of each example of the support
 * @param classes how many there are
 * @param sharpness what cosines are multiplied by
 */
public record MatchingHead(int[] labels, int classes, double sharpness) implements HeadEnd {
    /** What is added to probabilities, so that one of nothing has a logarithm. */
    private static final float LEAST = 1e-12f;

    @Override
    public Head on(HeadBuilder head, String rows, int width) {
        int support = labels.length;
        String unit = head.node("LpNormalization", "head.unit", List.of(rows), "head.unit", node -> node.with("p", 2L)
                .with("axis", 1L));
        String examples =
                head.weight("head.support", new long[] {width, support}, new float[Math.multiplyExact(width, support)]);
        String cosines = head.node("MatMul", "head.cosines", List.of(unit, examples), "head.cosines");
        String by = head.constant("head.sharpness", Tensor.ofFloats("", new long[0], (float) sharpness));
        String sharp = head.node("Mul", "head.sharpen", List.of(cosines, by), "head.sharp");
        String shares =
                head.node("Softmax", "head.shares", List.of(sharp), "head.shares", node -> node.with("axis", 1L));
        String ofClasses = head.constant("head.classes", Tensor.ofFloats("", new long[] {support, classes}, oneHot()));
        String probabilities =
                head.node("MatMul", "head.probabilities", List.of(shares, ofClasses), "head.probabilities");
        String least = head.constant("head.least", Tensor.ofFloats("", new long[0], LEAST));
        String positive = head.node("Add", "head.positive", List.of(probabilities, least), "head.positive");
        return head.answering(Node.of("Log", "head", List.of(positive), List.of(Head.LOGITS)), classes);
    }

    private float[] oneHot() {
        float[] out = new float[Math.multiplyExact(labels.length, classes)];
        for (int i = 0; i < labels.length; i++) {
            out[i * classes + labels[i]] = 1;
        }
        return out;
    }
}
