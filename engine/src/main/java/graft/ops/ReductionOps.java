package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** Reductions over axes, and where the largest and smallest values stand. */
final class ReductionOps {
    private ReductionOps() {}

    /** @param axes counted from the front; never empty */
    private record Reduction(Call in, NDArray x, long[] axes, boolean keep) {
        NDArray torch(String before, String after) {
            return in.torch(before + Call.list(axes) + ", " + Types.literal(keep) + after, x);
        }
    }

    private interface Form {
        NDArray apply(Reduction reduction);
    }

    static void addTo(OpTable ops) {
        ops.add("ArgMax", 1, in -> arg(in, "argmax"));
        ops.add("ArgMin", 1, in -> arg(in, "argmin"));
        // ReduceSum moved its axes to an input at opset 13, the other reductions only at 18.
        reduce(ops, "ReduceL1", 18, r -> r.torch("torch.sum(torch.abs(a), ", sumType(r)));
        reduce(ops, "ReduceL2", 18, ReductionOps::l2);
        reduce(ops, "ReduceLogSum", 18, r -> inFloats(r, "torch.log(torch.sum(a, ", "))"));
        reduce(ops, "ReduceLogSumExp", 18, r -> inFloats(r, "torch.logsumexp(a, ", ")"));
        reduce(ops, "ReduceMax", 18, r -> extreme(r, "torch.amax(a, ", true));
        reduce(ops, "ReduceMean", 18, ReductionOps::mean);
        reduce(ops, "ReduceMin", 18, r -> extreme(r, "torch.amin(a, ", false));
        reduce(ops, "ReduceProd", 18, ReductionOps::prod);
        reduce(ops, "ReduceSum", 13, r -> r.torch("torch.sum(a, ", sumType(r)));
        reduce(ops, "ReduceSumSquare", 18, r -> r.torch("torch.sum(torch.mul(a, a), ", sumType(r)));
        ops.addAll("TopK", 1, ReductionOps::topK);
        ops.withoutGradient("ArgMax", "ArgMin");
        ops.noGradientTo("TopK", 1);
        ops.noGradientFrom("TopK", 1);
        ops.note("TopK", "gradient for the values, not for their places");
    }

    private static void reduce(OpTable ops, String opType, int axesBecomeInput, Form form) {
        ops.add(opType, 1, in -> reduce(in, in.node().attribute("axes", new long[0]), form));
        ops.add(opType, axesBecomeInput, in -> {
            long[] axes = in.optional(1).map(Call::longs).orElseGet(() -> new long[0]);
            boolean none = in.node().attribute("noop_with_empty_axes", 0) != 0;
            return axes.length == 0 && none ? withoutAxes(in, form) : reduce(in, axes, form);
        });
        ops.noGradientTo(opType, 1);
    }

    private static NDArray reduce(Call in, long[] given, Form form) {
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        long[] axes = given.length == 0
                ? LongStream.range(0, rank).toArray()
                : Arrays.stream(given).map(axis -> ShapeOps.axis(axis, rank)).toArray();
        boolean keep = in.node().attribute("keepdims", 1) != 0;
        if (axes.length == 0) {
            // A scalar has no axis: it is reduced over one of extent 1, so that |x|, log and the like still act.
            return form.apply(new Reduction(in, x.expandDims(0), new long[] {0}, false));
        }
        return form.apply(new Reduction(in, x, axes, keep));
    }

    /** Each element on its own: the squares, absolute values and logarithms of a reduction act all the same. */
    private static NDArray withoutAxes(Call in, Form form) {
        return form.apply(new Reduction(in, in.get(0).expandDims(0), new long[] {0}, false));
    }

    /** PyTorch would widen integer sums to int64. */
    private static String sumType(Reduction r) {
        return ", dtype=" + Types.code(r.x.getDataType()) + ")";
    }

    private static NDArray inFloats(Reduction r, String before, String after) {
        DataType type = r.x.getDataType();
        if (type.isFloating()) {
            return r.torch(before, after);
        }
        NDArray wide = r.x.toType(DataType.FLOAT64, false);
        return Types.cast(r.in, new Reduction(r.in, wide, r.axes, r.keep).torch(before, after), type);
    }

    // Unlike the root of a sum of squares, the norm has a gradient (0) where all elements are 0.
    private static NDArray l2(Reduction r) {
        return inFloats(r, "torch.linalg_vector_norm(a, 2, ", ")");
    }

    private static NDArray mean(Reduction r) {
        if (r.x.getDataType().isFloating()) {
            return r.torch("torch.mean(a, ", ")");
        }
        long count = Math.max(1, count(r));
        NDArray sum = r.torch("torch.sum(a, ", ", dtype=4)");
        NDArray mean = r.in.torch("torch.div(a, " + count + ", rounding_mode=\"trunc\")", sum);
        return Types.cast(r.in, mean, r.x.getDataType());
    }

    private static long count(Reduction r) {
        return Arrays.stream(r.axes).map(axis -> r.x.getShape().get((int) axis)).reduce(1, (a, b) -> a * b);
    }

    private static NDArray prod(Reduction r) {
        NDArray product = r.x;
        long[] axes = Arrays.stream(r.axes).sorted().toArray();
        String type = ", dtype=" + Types.code(r.x.getDataType());
        for (int i = axes.length - 1; i >= 0; i--) {
            product = r.in.torch("torch.prod(a, " + axes[i] + ", " + Types.literal(r.keep) + type + ")", product);
        }
        return product;
    }

    private static NDArray extreme(Reduction r, String before, boolean largest) {
        if (count(r) > 0) {
            return r.torch(before, ")");
        }
        // The largest of nothing is the smallest number there is.
        NDArray empty = r.torch("torch.sum(a, ", ", dtype=" + Types.code(r.x.getDataType()) + ")");
        return r.in.torch("torch.full_like(a, " + endOf(r.x.getDataType(), !largest) + ")", empty);
    }

    /** The largest or smallest value of a type as a TorchScript literal. */
    static String endOf(DataType type, boolean largest) {
        return switch (type) {
            case INT32 -> String.valueOf(largest ? Integer.MAX_VALUE : Integer.MIN_VALUE);
            case INT64 -> largest ? "9223372036854775807" : "torch.neg(9223372036854775807) - 1";
            case INT8 -> largest ? "127" : "-128";
            case UINT8 -> largest ? "255" : "0";
            case BOOLEAN -> largest ? "1" : "0";
            default -> ShapeOps.literal(largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        };
    }

    private static NDArray arg(Call in, String function) {
        NDArray x = in.get(0);
        int axis = in.axis(0, x.getShape().dimension());
        String keep = Types.literal(in.node().attribute("keepdims", 1) != 0);
        if (in.node().attribute("select_last_index", 0) == 0) {
            return in.torch("torch." + function + "(a, " + axis + ", " + keep + ")", x);
        }
        long last = x.getShape().get(axis) - 1;
        return in.torch(
                "torch.rsub(torch." + function + "(torch.flip(a, [" + axis + "]), " + axis + ", " + keep + "), " + last
                        + ")",
                x);
    }

    private static NDList topK(Call in) {
        NDArray x = in.get(0);
        Shape shape = x.getShape();
        int axis = in.axis(-1, shape.dimension());
        Optional<NDArray> counted = in.optional(1); // an attribute until version 9
        long k = counted.map(array -> Call.longs(array)[0])
                .orElseGet(() -> in.node().attribute("k", 0L));
        boolean largest = in.node().attribute("largest", 1) != 0;
        // Sorting keeps equal values in their order, which PyTorch's topk does not.
        return in.script(
                "v, i = torch.sort(a, stable=True, dim=" + axis + ", descending=" + Types.literal(largest) + ")\n"
                        + "return (torch.narrow(v, " + axis + ", 0, " + k + "), torch.narrow(i, " + axis + ", 0, " + k
                        + "))",
                2,
                x);
    }
}
