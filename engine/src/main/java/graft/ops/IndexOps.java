package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Operators that read or write where other tensors say. Negative indices count from the end. */
final class IndexOps {
    private IndexOps() {}

    static void addTo(OpTable ops) {
        ops.add("Compress", 9, IndexOps::compress);
        ops.add("CumSum", 11, IndexOps::cumSum);
        ops.add("Gather", 1, IndexOps::gather);
        ops.add("GatherElements", 11, IndexOps::gatherElements);
        ops.add("GatherND", 11, IndexOps::gatherNd);
        ops.add("NonZero", 9, in -> in.torch("torch.transpose(torch.nonzero(torch.atleast_1d(a)), 0, 1)", in.get(0)));
        ops.add("ReverseSequence", 10, IndexOps::reverseSequence);
        ops.add("Scatter", 9, IndexOps::scatterElements);
        ops.add("ScatterElements", 11, IndexOps::scatterElements);
        ops.add("ScatterND", 11, IndexOps::scatterNd);
        ops.withoutGradient("NonZero");
        ops.noGradientTo("Compress", 1);
        ops.noGradientTo("CumSum", 1);
        ops.noGradientTo("Gather", 1);
        ops.noGradientTo("GatherElements", 1);
        ops.noGradientTo("GatherND", 1);
        ops.noGradientTo("ReverseSequence", 1);
        ops.noGradientTo("Scatter", 1);
        ops.noGradientTo("ScatterElements", 1);
        ops.noGradientTo("ScatterND", 1);
        ops.note("ScatterElements", "with reduction max or min too");
        ops.note("ScatterND", "with reduction max or min too");
    }

    private static NDArray counted(NDArray indices) {
        return indices.toType(DataType.INT64, false);
    }

    /** TorchScript for indices {@code name} into an axis of extent {@code size}, counted from the front. */
    private static String wrapped(String name, long size) {
        return "torch.where(torch.lt(" + name + ", 0), torch.add(" + name + ", " + size + "), " + name + ")";
    }

    private static NDArray gather(Call in) {
        NDArray x = in.get(0);
        NDArray indices = counted(in.get(1));
        Shape shape = x.getShape();
        int axis = in.axis(0, shape.dimension());
        if (indices.getShape().dimension() == 0) {
            long at = indices.getLong();
            return ControlFlowOps.at(x, axis, at < 0 ? at + shape.get(axis) : at);
        }
        Shape out = shape.slice(0, axis).addAll(indices.getShape()).addAll(shape.slice(axis + 1));
        in.checkSize(out.getShape());
        if (axis == 0 && shape.dimension() == 2 && x.getDataType().isFloating()) {
            // The lookup of an embedding: its gradient is summed row by row.
            return in.torch("torch.embedding(a, " + wrapped("b", shape.get(0)) + ")", x, indices);
        }
        String flat = "torch.reshape(b, [-1])";
        return in.script(
                        "i = " + flat + "\n" + "return torch.index_select(a, " + axis + ", "
                                + wrapped("i", shape.get(axis)) + ")",
                        1,
                        x,
                        indices)
                .head()
                .reshape(out);
    }

    private static NDArray gatherElements(Call in) {
        NDArray x = in.get(0);
        int axis = in.axis(0, x.getShape().dimension());
        return in.torch(
                "torch.gather(a, " + axis + ", " + wrapped("b", x.getShape().get(axis)) + ")", x, counted(in.get(1)));
    }

    /** The last axis of the indices holds positions along the axes after the batch axes. */
    private static NDArray gatherNd(Call in) {
        NDArray x = in.get(0);
        NDArray indices = counted(in.get(1));
        Shape shape = x.getShape();
        int batchAxes = in.node().attribute("batch_dims", 0);
        int rank = indices.getShape().dimension();
        int depth = (int) indices.getShape().get(rank - 1);
        Shape picked = indices.getShape().slice(0, rank - 1);
        Shape rest = shape.slice(batchAxes + depth);
        long batch = shape.slice(0, batchAxes).size();
        long span = shape.slice(batchAxes, batchAxes + depth).size();
        NDArray places = flatPlaces(
                in, indices, shape.slice(batchAxes, batchAxes + depth).getShape());
        if (batch > 1) {
            // Examples lie one after the other in the flat tensor.
            long perBatch = picked.size() / batch;
            NDArray offsets = in.torch(
                    "torch.repeat_interleave(torch.mul(torch.arange(" + batch + Call.WHERE_A_IS + "), " + span + "), "
                            + perBatch + ")",
                    places);
            places = places.add(offsets);
        }
        NDArray flat = x.reshape(new Shape(batch * span).addAll(rest));
        return in.torch("torch.index_select(a, 0, b)", flat, places).reshape(picked.addAll(rest));
    }

    /** Positions {@code [.., depth]} as places {@code [n]} in the flattened axes of these extents. */
    private static NDArray flatPlaces(Call in, NDArray indices, long[] extents) {
        long[] weights = new long[extents.length];
        long weight = 1;
        for (int i = extents.length - 1; i >= 0; i--) {
            weights[i] = weight;
            weight *= extents[i];
        }
        if (extents.length == 0) {
            long count = indices.getShape()
                    .slice(0, indices.getShape().dimension() - 1)
                    .size();
            return in.manager().zeros(new Shape(count), DataType.INT64);
        }
        NDArray sizes = in.create(extents);
        NDArray steps = in.create(weights);
        return in.torch(
                "torch.reshape(torch.sum(torch.mul(torch.where(torch.lt(a, 0), torch.add(a, b), a), c), [-1]), [-1])",
                indices,
                sizes,
                steps);
    }

    private static NDArray scatterElements(Call in) {
        NDArray x = in.get(0);
        int axis = in.axis(0, x.getShape().dimension());
        String indices = wrapped("b", x.getShape().get(axis));
        NDArray places = counted(in.get(1));
        String reduce = reduction(in);
        if (reduce.isEmpty()) {
            return in.torch("torch.scatter(a, " + axis + ", " + indices + ", c)", x, places, in.get(2));
        }
        return in.torch(
                "torch.scatter_reduce(a, " + axis + ", " + indices + ", c, \"" + reduce + "\")", x, places, in.get(2));
    }

    private static NDArray scatterNd(Call in) {
        NDArray x = in.get(0);
        NDArray indices = counted(in.get(1));
        Shape shape = x.getShape();
        int depth = (int) indices.getShape().get(indices.getShape().dimension() - 1);
        Shape rest = shape.slice(depth);
        NDArray places = flatPlaces(in, indices, shape.slice(0, depth).getShape());
        NDArray flat = x.reshape(shape.slice(0, depth).size(), rest.size());
        NDArray updates = in.get(2).reshape(places.getShape().size(), rest.size());
        String at = "torch.expand(torch.unsqueeze(b, 1), [-1, " + rest.size() + "])";
        String reduce = reduction(in);
        NDArray out = reduce.isEmpty()
                ? in.torch("torch.scatter(a, 0, " + at + ", c)", flat, places, updates)
                : in.torch("torch.scatter_reduce(a, 0, " + at + ", c, \"" + reduce + "\")", flat, places, updates);
        return out.reshape(shape);
    }

    /** PyTorch's word for how updates join what is there; "" where they replace it. */
    private static String reduction(Call in) {
        String reduction = in.node().attribute("reduction", "none");
        return switch (reduction) {
            case "none" -> "";
            case "add" -> "sum";
            case "mul" -> "prod";
            case "max" -> "amax";
            case "min" -> "amin";
            default -> throw in.unsupported("reduction " + reduction);
        };
    }

    private static NDArray compress(Call in) {
        boolean flat = !in.node().has("axis");
        NDArray x = flat ? in.get(0).reshape(-1) : in.get(0);
        int axis = flat ? 0 : in.axis(0, x.getShape().dimension());
        boolean[] chosen = in.get(1).toBooleanArray();
        long[] places = LongStream.range(0, Math.min(chosen.length, x.getShape().get(axis)))
                .filter(i -> chosen[(int) i])
                .toArray();
        return in.torch("torch.index_select(a, " + axis + ", b)", x, in.create(places));
    }

    private static NDArray cumSum(Call in) {
        NDArray x = in.get(0);
        int axis = ShapeOps.axis(in.longs(1)[0], x.getShape().dimension());
        boolean reverse = in.node().attribute("reverse", 0) != 0;
        String source = reverse ? "torch.flip(a, [" + axis + "])" : "a";
        String sum = "torch.cumsum(x, " + axis + ", dtype=" + Types.code(x.getDataType()) + ")";
        if (in.node().attribute("exclusive", 0) != 0) {
            sum = "torch.sub(" + sum + ", x)";
        }
        return in.script(
                        "x = " + source + "\nreturn " + (reverse ? "torch.flip(" + sum + ", [" + axis + "])" : sum),
                        1,
                        x)
                .head();
    }

    private static NDArray reverseSequence(Call in) {
        NDArray x = in.get(0);
        long[] lengths = in.longs(1);
        int batchAxis = in.node().attribute("batch_axis", 1);
        int timeAxis = in.node().attribute("time_axis", 0);
        long steps = x.getShape().get(timeAxis);
        long[] places = new long[Math.toIntExact(lengths.length * steps)];
        for (int b = 0; b < lengths.length; b++) {
            for (int t = 0; t < steps; t++) {
                places[(int) (b * steps + t)] = t < lengths[b] ? lengths[b] - 1 - t : t;
            }
        }
        long[] along = Window.repeat(1, x.getShape().dimension());
        along[batchAxis] = lengths.length;
        along[timeAxis] = steps;
        NDArray table = in.create(places, new Shape(lengths.length, steps));
        NDArray index = (batchAxis < timeAxis ? table : table.transpose()).reshape(along);
        return in.torch(
                "torch.gather(a, " + timeAxis + ", torch.expand(b, "
                        + Arrays.toString(x.getShape().getShape()) + "))",
                x,
                index);
    }
}
