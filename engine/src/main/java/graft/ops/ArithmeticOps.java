package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Element-wise arithmetic, with broadcasting where there are two operands. */
final class ArithmeticOps {
    private ArithmeticOps() {}

    static void addTo(OpTable ops) {
        ops.add("Abs", 1, unary(NDArray::abs));
        ops.add("Acos", 7, in -> in.torch("torch.acos(a)", in.get(0)));
        ops.add("Acosh", 9, in -> in.torch("torch.acosh(a)", in.get(0)));
        binary(ops, "Add", NDArray::add);
        ops.add("Asin", 7, in -> in.torch("torch.asin(a)", in.get(0)));
        ops.add("Asinh", 9, in -> in.torch("torch.asinh(a)", in.get(0)));
        ops.add("Atan", 7, in -> in.torch("torch.atan(a)", in.get(0)));
        ops.add("Atanh", 9, in -> in.torch("torch.atanh(a)", in.get(0)));
        ops.add("Ceil", 1, unary(NDArray::ceil));
        ops.add("Cos", 7, unary(NDArray::cos));
        ops.add("Cosh", 9, in -> in.torch("torch.cosh(a)", in.get(0)));
        ops.add("Div", 1, ArithmeticOps::div);
        ops.add("Erf", 9, unary(NDArray::erf));
        ops.add("Exp", 1, unary(NDArray::exp));
        ops.add("Floor", 1, unary(NDArray::floor));
        ops.add("Log", 1, unary(NDArray::log));
        ops.add("Max", 1, in -> fold(in, NDArray::maximum));
        ops.add("Mean", 1, in -> fold(in, NDArray::add).div(in.scalar((long) in.size())));
        ops.add("Min", 1, in -> fold(in, NDArray::minimum));
        ops.add("Mod", 10, ArithmeticOps::mod);
        binary(ops, "Mul", NDArray::mul);
        ops.add("Neg", 1, unary(NDArray::neg));
        ops.add("Pow", 1, ArithmeticOps::pow);
        ops.add("Reciprocal", 1, in -> in.torch("torch.reciprocal(a)", in.get(0)));
        ops.add("Round", 11, unary(NDArray::round)); // halves to even, as PyTorch does
        ops.add("Sign", 9, ArithmeticOps::sign);
        ops.add("Sin", 7, unary(NDArray::sin));
        ops.add("Sinh", 9, in -> in.torch("torch.sinh(a)", in.get(0)));
        ops.add("Sqrt", 1, unary(NDArray::sqrt));
        binary(ops, "Sub", NDArray::sub);
        ops.add("Sum", 1, in -> fold(in, NDArray::add));
        ops.add("Tan", 7, in -> in.torch("torch.tan(a)", in.get(0)));
        ops.withoutGradient("Ceil", "Floor", "Round", "Sign");
        ops.note("Mod", "gradient for real numbers only");
        ops.note("Pow", "an exponent that the network computes gets a gradient too");
    }

    private static java.util.function.Function<Call, NDArray> unary(UnaryOperator<NDArray> function) {
        return in -> function.apply(in.get(0));
    }

    private static void binary(OpTable ops, String opType, BinaryOperator<NDArray> function) {
        ops.add(opType, 1, in -> function.apply(in.get(0), aligned(in)));
    }

    /**
     * The second operand, so that broadcasting from the last axis on is right. Until version 6 of the operators an
     * attribute said at which axis of the first operand the second one begins.
     */
    static NDArray aligned(Call in) {
        NDArray b = in.get(1);
        if (in.opset() >= 7
                || in.node().attribute("broadcast", 0) == 0
                || !in.node().has("axis")) {
            return b;
        }
        int rank = in.get(0).getShape().dimension();
        int missing = rank - in.axis(0, rank) - b.getShape().dimension();
        return b.reshape(b.getShape().addAll(new Shape(onesOf(missing))));
    }

    private static long[] onesOf(int count) {
        long[] ones = new long[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    private static NDArray fold(Call in, BinaryOperator<NDArray> function) {
        NDArray total = in.get(0);
        for (int i = 1; i < in.size(); i++) {
            total = function.apply(total, in.get(i));
        }
        return total;
    }

    private static NDArray div(Call in) {
        NDArray a = in.get(0);
        // PyTorch's division of integers gives real numbers, ONNX's cuts the fraction off.
        return a.getDataType().isFloating()
                ? a.div(aligned(in))
                : in.torch("torch.div(a, b, rounding_mode=\"trunc\")", a, aligned(in));
    }

    private static NDArray mod(Call in) {
        boolean signOfDividend = in.node().attribute("fmod", 0) != 0;
        return in.torch(signOfDividend ? "torch.fmod(a, b)" : "torch.remainder(a, b)", in.get(0), in.get(1));
    }

    private static NDArray sign(Call in) {
        NDArray x = in.get(0);
        // PyTorch's sign of NaN is 0.
        return x.getDataType().isFloating() ? in.torch("torch.where(torch.isnan(a), a, torch.sign(a))", x) : x.sign();
    }

    private static NDArray pow(Call in) {
        NDArray base = in.get(0);
        NDArray exponent = aligned(in);
        boolean plain = in.isFixed(1)
                && exponent.getShape().size() == 1
                && exponent.getShape().dimension() <= base.getShape().dimension()
                && base.getDataType().isFloating();
        if (plain) {
            // A number is many times faster than a tensor of one element.
            return in.torch("torch.pow(a, " + ShapeOps.literal(Call.number(exponent)) + ")", base);
        }
        boolean integersToReals =
                exponent.getDataType().isFloating() && !base.getDataType().isFloating();
        NDArray power = (integersToReals ? base.toType(exponent.getDataType(), false) : base).pow(exponent);
        return Types.cast(in, power, base.getDataType());
    }
}
