package graft.rewrite;

import graft.onnx.Node;

/** ONNX Runtime's own forms of normalization over the last axis, with the sums that were merged into them. */
final class FusedNorms {
    private static final float EPSILON = 1e-12f;
    private static final int SUM = 3;
    private static final int AXES_AS_INPUT = 18;

    private FusedNorms() {}

    /** The mean and the deviation may not be asked for: nothing but training by ONNX Runtime does. */
    static boolean isPartable(Node node) {
        return node.output(1).isEmpty() && node.output(2).isEmpty();
    }

    /** SkipLayerNormalization: inputs x, skip, scale, perhaps shift and a bias that is added first. */
    static void skipLayer(PartedNode to) {
        Node fused = to.fused();
        String sum = sum(to, fused.input(4));
        java.util.function.UnaryOperator<Node> how =
                node -> node.with("axis", -1L).with("epsilon", fused.attribute("epsilon", EPSILON));
        if (fused.input(3).isEmpty()) {
            to.answer(0, "LayerNormalization", how, sum, fused.input(2));
        } else {
            to.answer(0, "LayerNormalization", how, sum, fused.input(2), fused.input(3));
        }
    }

    /** SkipSimplifiedLayerNormalization: no mean is taken off. Inputs x, skip, scale, perhaps a bias that is added first. */
    static void skipRootMeanSquare(PartedNode to) {
        String x = sum(to, to.fused().input(3));
        String square = to.step("Mul", x, x);
        String mean = to.opset() < AXES_AS_INPUT
                ? to.step("ReduceMean", node -> node.with("axes", new long[] {-1}), square)
                : to.step("ReduceMean", square, to.whole(-1));
        String epsilon = to.scalar(to.fused().attribute("epsilon", EPSILON));
        String root = to.step("Sqrt", to.step("Add", mean, epsilon));
        to.answer("Mul", to.step("Div", x, root), to.fused().input(2));
    }

    private static String sum(PartedNode to, String bias) {
        String x =
                bias.isEmpty() ? to.fused().input(0) : to.step("Add", to.fused().input(0), bias);
        if (to.fused().output(SUM).isEmpty()) {
            return to.step("Add", x, to.fused().input(1));
        }
        to.answer(SUM, "Add", node -> node, x, to.fused().input(1));
        return to.fused().output(SUM);
    }
}
