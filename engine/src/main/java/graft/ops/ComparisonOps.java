package graft.ops;

import ai.djl.ndarray.NDArray;

/** Comparisons and logic: results are booleans, without gradient, and what is chosen by them. */
final class ComparisonOps {
    private ComparisonOps() {}

    static void addTo(OpTable ops) {
        ops.add("And", 1, in -> in.get(0).logicalAnd(ArithmeticOps.aligned(in)));
        ops.add("Equal", 1, in -> in.get(0).eq(ArithmeticOps.aligned(in)));
        ops.add("Greater", 1, in -> in.get(0).gt(ArithmeticOps.aligned(in)));
        ops.add("GreaterOrEqual", 12, in -> in.get(0).gte(in.get(1)));
        ops.add("IsInf", 10, ComparisonOps::isInf);
        ops.add("IsNaN", 9, in -> in.get(0).isNaN());
        ops.add("Less", 1, in -> in.get(0).lt(ArithmeticOps.aligned(in)));
        ops.add("LessOrEqual", 12, in -> in.get(0).lte(in.get(1)));
        ops.add("Not", 1, in -> in.get(0).logicalNot());
        ops.add("Or", 1, in -> in.get(0).logicalOr(ArithmeticOps.aligned(in)));
        ops.add("Where", 9, ComparisonOps::where);
        ops.add("Xor", 1, in -> in.get(0).logicalXor(ArithmeticOps.aligned(in)));
        ops.withoutGradient(
                "And",
                "Equal",
                "Greater",
                "GreaterOrEqual",
                "IsInf",
                "IsNaN",
                "Less",
                "LessOrEqual",
                "Not",
                "Or",
                "Xor");
        ops.noGradientTo("Where", 0);
        ops.note("Where", "the condition has no gradient");
    }

    private static NDArray isInf(Call in) {
        boolean negative = in.node().attribute("detect_negative", 1) != 0;
        boolean positive = in.node().attribute("detect_positive", 1) != 0;
        String expression = negative && positive
                ? "torch.isinf(a)"
                : negative ? "torch.isneginf(a)" : positive ? "torch.isposinf(a)" : "torch.zeros_like(a, dtype=11)";
        return in.torch(expression, in.get(0));
    }

    // DJL's own where() does not broadcast the condition.
    private static NDArray where(Call in) {
        return in.torch("torch.where(a, b, c)", in.get(0), in.get(1), in.get(2));
    }
}
