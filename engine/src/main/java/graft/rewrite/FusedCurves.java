package graft.rewrite;

/**
 * ONNX Runtime's own forms of GELU (https://arxiv.org/abs/1606.08415), as its documentation of contributed operators has them,
 * written out as exporters write them.
 */
final class FusedCurves {
    private static final double ROOT_OF_2 = Math.sqrt(2);
    /** Of x, and of x³, in the approximation by tanh. */
    private static final double FAST_LINEAR = Math.sqrt(2 / Math.PI);

    private static final double FAST_CUBIC = 0.044715;
    private static final float QUICK = 1.702f;

    private FusedCurves() {}

    /** Gelu, and BiasGelu, whose second input is added first: x/2 · (1 + erf(x/√2)). */
    static void gelu(PartedNode to) {
        String x = withBias(to);
        String curve = to.step("Erf", to.step("Div", x, to.scalar(ROOT_OF_2)));
        to.answer("Mul", half(to, x), to.step("Add", curve, to.scalar(1)));
    }

    /** x/2 · (1 + tanh(√(2/π) · (x + 0.044715·x³))). */
    static void fastGelu(PartedNode to) {
        String x = withBias(to);
        String cube = to.step("Mul", to.step("Mul", to.step("Mul", x, x), x), to.scalar(FAST_CUBIC));
        String inner = to.step("Mul", to.step("Add", x, cube), to.scalar(FAST_LINEAR));
        to.answer("Mul", half(to, x), to.step("Add", to.step("Tanh", inner), to.scalar(1)));
    }

    /** x · sigmoid(alpha · x). */
    static void quickGelu(PartedNode to) {
        String x = to.fused().input(0);
        String scaled = to.step("Mul", x, to.scalar(to.fused().attribute("alpha", QUICK)));
        to.answer("Mul", x, to.step("Sigmoid", scaled));
    }

    private static String half(PartedNode to, String x) {
        return to.step("Mul", x, to.scalar(0.5));
    }

    private static String withBias(PartedNode to) {
        String bias = to.fused().input(1);
        return bias.isEmpty() ? to.fused().input(0) : to.step("Add", to.fused().input(0), bias);
    }
}
