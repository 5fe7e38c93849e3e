package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import graft.Refusal;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that give the same values another shape, cut them or join them. */
final class ShapeOps {
    private ShapeOps() {}

    static void addTo(OpTable ops) {
        ops.add("Concat", 1, ShapeOps::concat);
        ops.add("DepthToSpace", 1, ShapeOps::depthToSpace);
        ops.add("Expand", 8, ShapeOps::expand);
        ops.add("Flatten", 1, ShapeOps::flatten);
        ops.add("Reshape", 1, in -> reshape(in, in.node().attribute("shape", new long[0])));
        ops.add("Reshape", 5, in -> reshape(in, in.longs(1))); // the shape became an input
        ops.add("Shape", 1, ShapeOps::shape);
        ops.add("Size", 1, in -> in.scalar(in.get(0).getShape().size()));
        ops.add("Slice", 1, ShapeOps::sliceByAttributes);
        ops.add("Slice", 10, ShapeOps::slice); // starts, ends, axes, steps became inputs
        ops.add("SpaceToDepth", 1, ShapeOps::spaceToDepth);
        ops.addAll("Split", 1, ShapeOps::split);
        ops.add("Squeeze", 1, in -> squeeze(in, in.node().attribute("axes", new long[0])));
        ops.add("Squeeze", 13, in -> squeeze(in, axesInput(in))); // the axes became an input
        ops.add("Tile", 1, ShapeOps::tileOneAxis);
        ops.add("Tile", 6, ShapeOps::tile); // one count per axis
        ops.add("Transpose", 1, ShapeOps::transpose);
        ops.add("Unsqueeze", 1, in -> unsqueeze(in, in.node().attribute("axes", new long[0])));
        ops.add("Unsqueeze", 13, in -> unsqueeze(in, in.longs(1))); // the axes became an input
        ops.withoutGradient("Shape", "Size");
        ops.noGradientTo("Expand", 1);
        ops.noGradientTo("Reshape", 1);
        ops.noGradientTo("Slice", 1, 2, 3, 4);
        ops.noGradientTo("Split", 1);
        ops.noGradientTo("Squeeze", 1);
        ops.noGradientTo("Tile", 1, 2);
        ops.noGradientTo("Unsqueeze", 1);
    }

    private static long[] axesInput(Call in) {
        return in.optional(1).map(Call::longs).orElseGet(() -> new long[0]);
    }

    private static NDArray concat(Call in) {
        if (in.size() == 1) {
            return in.get(0); // DJL would copy it and lose the gradient
        }
        return NDArrays.concat(
                new NDList(in.all()), in.axis(1, in.get(0).getShape().dimension()));
    }

    private static NDArray flatten(Call in) {
        Shape shape = in.get(0).getShape();
        return in.get(0).reshape(flattened(shape, in.axis(1, shape.dimension())));
    }

    private static NDArray reshape(Call in, long[] given) {
        Shape had = in.get(0).getShape();
        long[] wanted = given.clone();
        boolean zeroIsZero = in.node().attribute("allowzero", 0) != 0;
        int open = -1;
        long known = 1;
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] == 0 && !zeroIsZero) {
                wanted[i] = had.get(i);
            }
            if (wanted[i] == -1) {
                open = i;
            } else {
                known *= wanted[i];
            }
        }
        if (open >= 0) {
            // PyTorch does not guess an extent beside one of 0.
            wanted[open] = known == 0 ? 0 : had.size() / known;
        }
        return in.get(0).reshape(wanted);
    }

    private static NDArray shape(Call in) {
        long[] shape = in.get(0).getShape().getShape();
        int rank = shape.length;
        int start = edge(in.node().attribute("start", 0L), rank);
        int end = edge(in.node().attribute("end", (long) rank), rank);
        return in.create(Arrays.copyOfRange(shape, start, Math.max(start, end)));
    }

    private static int edge(long position, int rank) {
        return (int) Math.max(0, Math.min(position < 0 ? position + rank : position, rank));
    }

    private static NDArray expand(Call in) {
        NDArray x = in.get(0);
        long[] wanted = in.longs(1);
        long[] had = x.getShape().getShape();
        long[] out = new long[Math.max(wanted.length, had.length)];
        for (int i = 1; i <= out.length; i++) {
            long a = i <= had.length ? had[had.length - i] : 1;
            long b = i <= wanted.length ? wanted[wanted.length - i] : 1;
            out[out.length - i] = a == 1 ? b : a; // each may be the one that is stretched
        }
        in.checkSize(out);
        return x.broadcast(new Shape(out));
    }

    private static NDArray tile(Call in) {
        long[] repeats = in.longs(1);
        long[] out = in.get(0).getShape().getShape().clone();
        for (int i = 0; i < Math.min(out.length, repeats.length); i++) {
            out[i] *= repeats[i];
        }
        in.checkSize(out);
        return repeats.length == 0 ? in.get(0) : in.get(0).tile(repeats);
    }

    private static NDArray tileOneAxis(Call in) {
        long[] repeats = Window.repeat(1, in.get(0).getShape().dimension());
        repeats[(int) in.longs(2)[0]] = in.longs(1)[0];
        return in.get(0).tile(repeats);
    }

    private static NDArray squeeze(Call in, long[] given) {
        Shape shape = in.get(0).getShape();
        int rank = shape.dimension();
        boolean[] dropped = new boolean[rank];
        for (int i = 0; i < rank; i++) {
            dropped[i] = given.length == 0 && shape.get(i) == 1;
        }
        for (long axis : given) {
            int at = axis(axis, rank);
            if (shape.get(at) != 1) {
                throw new Refusal(in.node() + " cannot drop axis " + axis + " of a tensor of shape " + shape
                        + ": its extent is not 1. Check the shape of the input.");
            }
            dropped[at] = true;
        }
        long[] left = IntStream.range(0, rank)
                .filter(i -> !dropped[i])
                .mapToLong(shape::get)
                .toArray();
        return in.get(0).reshape(left);
    }

    private static NDArray unsqueeze(Call in, long[] given) {
        Shape shape = in.get(0).getShape();
        int rank = shape.dimension() + given.length;
        boolean[] added = new boolean[rank];
        for (long axis : given) {
            added[axis(axis, rank)] = true;
        }
        long[] out = new long[rank];
        int next = 0;
        for (int i = 0; i < rank; i++) {
            out[i] = added[i] ? 1 : shape.get(next++);
        }
        return in.get(0).reshape(out);
    }

    private static NDArray transpose(Call in) {
        int rank = in.get(0).getShape().dimension();
        long[] reversed = LongStream.range(0, rank).map(i -> rank - 1 - i).toArray();
        long[] order = in.node().attribute("perm", reversed);
        if (rank < 2) {
            return in.get(0);
        }
        return in.get(0)
                .transpose(Arrays.stream(order).mapToInt(i -> axis(i, rank)).toArray());
    }

    private static NDList split(Call in) {
        NDArray x = in.get(0);
        int axis = in.axis(0, x.getShape().dimension());
        long size = x.getShape().get(axis);
        // Sizes were an attribute until version 12.
        long[] sizes = in.optional(1).map(Call::longs).orElseGet(() -> in.node().attribute("split", new long[0]));
        if (sizes.length == 0) {
            int parts = in.node().attribute("num_outputs", in.node().outputs().size());
            long each = (size + parts - 1) / parts; // the last part may be smaller
            sizes = new long[parts];
            for (int i = 0; i < parts; i++) {
                sizes[i] = Math.max(0, Math.min(each, size - i * each));
            }
        }
        if (sizes.length == 1) {
            return new NDList(x);
        }
        long[] ends = new long[sizes.length - 1];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += sizes[i];
            ends[i] = end;
        }
        return x.split(ends, axis);
    }

    private static NDArray sliceByAttributes(Call in) {
        long[] starts = in.node().attribute("starts", new long[0]);
        long[] ends = in.node().attribute("ends", new long[0]);
        long[] axes =
                in.node().attribute("axes", LongStream.range(0, starts.length).toArray());
        return slice(in, starts, ends, axes, Window.repeat(1, starts.length));
    }

    private static NDArray slice(Call in) {
        long[] starts = in.longs(1);
        long[] axes = in.optional(3).map(Call::longs).orElseGet(() -> LongStream.range(0, starts.length)
                .toArray());
        long[] steps = in.optional(4).map(Call::longs).orElseGet(() -> Window.repeat(1, starts.length));
        return slice(in, starts, in.longs(2), axes, steps);
    }

    private static NDArray slice(Call in, long[] starts, long[] ends, long[] axes, long[] steps) {
        NDArray x = in.get(0);
        int rank = x.getShape().dimension();
        for (int i = 0; i < starts.length; i++) {
            int axis = axis(axes[i], rank);
            long size = x.getShape().get(axis);
            long step = steps[i];
            long start = clamp(starts[i], size, step);
            long end = clamp(ends[i], size, step);
            if (step < 0) {
                // PyTorch has no negative steps: turn the axis round and count from its other end.
                x = x.flip(axis);
                start = size - 1 - start;
                end = size - 1 - end;
                step = -step;
            }
            if (start != 0 || end != size || step != 1) {
                x = slice(x, axis, start, Math.max(start, end), step);
            }
        }
        return x;
    }

    /** A view of every {@code step}-th element from {@code start} to before {@code end}. */
    static NDArray slice(NDArray x, int axis, long start, long end, long step) {
        return ai.djl.pytorch.jni.JniUtils.slice((ai.djl.pytorch.engine.PtNDArray) x, axis, start, end, step);
    }

    private static long clamp(long index, long size, long step) {
        long counted = index < 0 ? index + size : index;
        return step > 0 ? Math.max(0, Math.min(counted, size)) : Math.max(-1, Math.min(counted, size - 1));
    }

    private static NDArray depthToSpace(Call in) {
        NDArray x = in.get(0);
        long[] s = x.getShape().getShape();
        long block = in.node().attribute("blocksize", 1L);
        long depth = s[1] / (block * block);
        boolean depthFirst = in.node().attribute("mode", "DCR").equals("DCR");
        NDArray blocks = depthFirst
                ? x.reshape(s[0], block, block, depth, s[2], s[3]).transpose(0, 3, 4, 1, 5, 2)
                : x.reshape(s[0], depth, block, block, s[2], s[3]).transpose(0, 1, 4, 2, 5, 3);
        return blocks.reshape(s[0], depth, s[2] * block, s[3] * block);
    }

    private static NDArray spaceToDepth(Call in) {
        NDArray x = in.get(0);
        long[] s = x.getShape().getShape();
        long block = in.node().attribute("blocksize", 1L);
        boolean depthFirst = in.node().attribute("mode", "DCR").equals("DCR");
        NDArray blocks = x.reshape(s[0], s[1], s[2] / block, block, s[3] / block, block);
        return (depthFirst ? blocks.transpose(0, 3, 5, 1, 2, 4) : blocks.transpose(0, 1, 3, 5, 2, 4))
                .reshape(s[0], s[1] * block * block, s[2] / block, s[3] / block);
    }

    /** An axis counted from the front. */
    static int axis(long axis, int rank) {
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** {@code [product of the axes before axis, product of the others]}. */
    static Shape flattened(Shape shape, int axis) {
        return new Shape(shape.slice(0, axis).size(), shape.slice(axis).size());
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
