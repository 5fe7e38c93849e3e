package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import graft.Refusal;
import java.util.Arrays;

/** Operators that move, cut or join values without computing with them, and constants. */
final class ShapeOps {
    private ShapeOps() {}

    static void addTo(OpTable ops) {
        ops.add("Concat", 4, ShapeOps::concat);
        ops.add("Constant", 1, ShapeOps::constant);
        ops.addAll("Dropout", 6, ShapeOps::dropout);
        ops.add("Flatten", 1, ShapeOps::flatten);
        ops.add("Identity", 1, in -> in.get(0));
        ops.add(
                "Pad",
                2,
                in -> pad(
                        in, in.node().attribute("pads", new long[0]), in.node().attribute("value", 0f)));
        ops.add("Pad", 11, ShapeOps::pad); // pads and value became inputs
        ops.add("Reshape", 5, ShapeOps::reshape);
        ops.add("Slice", 10, ShapeOps::slice); // starts, ends, axes, steps became inputs
    }

    private static NDArray constant(Call in) {
        return in.node()
                .tensor("value")
                .map(tensor -> ArrayTensors.toArray(in.manager(), tensor))
                .orElseThrow(() -> new Refusal(in.node() + " has no value that Graft can read."));
    }

    private static NDArray concat(Call in) {
        if (in.size() == 1) {
            return in.get(0); // DJL would copy it and lose the gradient
        }
        int rank = in.get(0).getShape().dimension();
        return NDArrays.concat(new NDList(in.all()), axis(in.node().attribute("axis", 1), rank));
    }

    private static NDList dropout(Call in) {
        if (!in.dropout()) {
            return new NDList(in.get(0));
        }
        double ratio =
                in.optional(1).map(Call::scalar).orElse((double) in.node().attribute("ratio", 0.5f));
        return new NDList(in.torch("torch.dropout(a, " + ratio + ", True)", in.get(0)));
    }

    private static NDArray flatten(Call in) {
        Shape shape = in.get(0).getShape();
        return in.get(0).reshape(flattened(shape, axis(in.node().attribute("axis", 1), shape.dimension())));
    }

    private static NDArray reshape(Call in) {
        Shape had = in.get(0).getShape();
        long[] wanted = in.longs(1);
        boolean allowZero = in.node().attribute("allowzero", 0) != 0;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == 0 && !allowZero) {
                wanted[i] = had.get(i);
            }
        }
        return in.get(0).reshape(wanted);
    }

    private static NDArray pad(Call in) {
        double value = in.optional(2).map(Call::scalar).orElse(0.0);
        return pad(in, in.longs(1), value);
    }

    private static NDArray pad(Call in, long[] pads, double value) {
        int rank = pads.length / 2;
        Window around = new Window(
                null, null, null, Arrays.copyOfRange(pads, 0, rank), Arrays.copyOfRange(pads, rank, 2 * rank));
        if (!in.node().attribute("mode", "constant").equals("constant")) {
            throw new Refusal(in.node() + ": mode " + in.node().attribute("mode", "") + " is not known.");
        }
        return in.torch(
                "torch.constant_pad_nd(a, " + Call.list(around.torchPads()) + ", " + literal(value) + ")", in.get(0));
    }

    private static NDArray slice(Call in) {
        NDArray x = in.get(0);
        long[] starts = in.longs(1);
        long[] ends = in.longs(2);
        int rank = x.getShape().dimension();
        long[] axes = in.optional(3).map(Call::longs).orElseGet(() -> java.util.stream.LongStream.range(
                        0, starts.length)
                .toArray());
        long[] steps = in.optional(4).map(Call::longs).orElse(null);
        StringBuilder expression = new StringBuilder("a");
        for (int i = 0; i < starts.length; i++) {
            int axis = axis(axes[i], rank);
            long step = steps == null ? 1 : steps[i];
            long size = x.getShape().get(axis);
            long start = clamp(starts[i], size, step);
            long end = clamp(ends[i], size, step);
            if (step < 0) {
                // PyTorch has no negative steps: turn the axis round and count from its other end.
                expression = new StringBuilder("torch.flip(" + expression + ", [" + axis + "])");
                start = size - 1 - start;
                end = size - 1 - end;
                step = -step;
            }
            expression = new StringBuilder("torch.slice(" + expression + ", " + axis + ", " + start + ", "
                    + Math.max(start, end) + ", " + step + ")");
        }
        return in.torch(expression.toString(), x);
    }

    private static long clamp(long index, long size, long step) {
        long counted = index < 0 ? index + size : index;
        return step > 0 ? Math.max(0, Math.min(counted, size)) : Math.max(-1, Math.min(counted, size - 1));
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) {
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** {@code [product of the axes before axis, product of the others]}. */
    static Shape flattened(Shape shape, int axis) {
        long rows = shape.slice(0, axis).size();
        return new Shape(rows, rows == 0 ? 0 : shape.size() / rows);
    }

    /** A float literal of TorchScript. */
    static String literal(double value) {
        if (Double.isNaN(value)) {
            return "float('nan')";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "float('inf')" : "float('-inf')";
        }
        return Double.toString(value);
    }
}
