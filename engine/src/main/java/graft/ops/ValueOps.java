package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.onnx.ElementType;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Optional;
import java.util.Set;

/** Operators that make values, pass them on, or change their type. */
final class ValueOps {
    private ValueOps() {}

    static void addTo(OpTable ops) {
        ops.add("Cast", 1, ValueOps::castByName); // the type was a word
        ops.add(
                "Cast",
                6,
                in -> Types.cast(in, in.get(0), ElementType.of(in.node().attribute("to", 0))));
        ops.add("CastLike", 15, in -> Types.cast(in, in.get(0), in.get(1).getDataType()));
        ops.add("Constant", 1, ValueOps::constant);
        ops.add("ConstantOfShape", 9, ValueOps::constantOfShape);
        ops.addAll("Dropout", 1, ValueOps::dropout);
        ops.add("EyeLike", 9, ValueOps::eyeLike);
        ops.add("Identity", 1, in -> in.get(0));
        ops.add("OneHot", 9, ValueOps::oneHot);
        ops.add("Range", 11, ValueOps::range);
        ops.add("Trilu", 14, ValueOps::trilu);
        ops.withoutGradient("EyeLike", "Range");
        ops.noGradientTo("CastLike", 1);
        ops.noGradientTo("ConstantOfShape", 0);
        ops.noGradientTo("Dropout", 1, 2);
        ops.noGradientFrom("Dropout", 1);
        ops.noGradientTo("OneHot", 0, 1);
        ops.noGradientTo("Trilu", 1);
        ops.note("Cast", "gradient between types of real numbers");
        ops.note("CastLike", "gradient between types of real numbers");
        ops.note("Constant", "a tensor of real numbers can learn");
        ops.note("ConstantOfShape", "a tensor of real numbers can learn");
        ops.note("Dropout", "acts in the part that learns; passes everything on elsewhere");
        ops.note("OneHot", "gradient for the two values");
    }

    private static NDArray castByName(Call in) {
        return Types.cast(in, in.get(0), ElementType.valueOf(in.node().attribute("to", "")));
    }

    /** Until version 5 the type was a word. */
    static boolean castsToReals(Node node) {
        int code = node.attribute("to", 0);
        return code == 0
                ? Set.of("FLOAT", "DOUBLE", "FLOAT16").contains(node.attribute("to", ""))
                : ElementType.of(code).isFloat();
    }

    private static NDArray constant(Call in) {
        Node node = in.node();
        Optional<Tensor> value = node.tensor("value");
        if (value.isPresent()) {
            return ArrayTensors.toArray(in.manager(), value.get());
        }
        if (node.has("value_float")) {
            return in.create(new float[] {node.attribute("value_float", 0f)}, new Shape());
        }
        if (node.has("value_int")) {
            return in.scalar(node.attribute("value_int", 0L));
        }
        if (node.has("value_floats")) {
            return in.create(node.attribute("value_floats", new float[0]));
        }
        if (node.has("value_ints")) {
            return in.create(node.attribute("value_ints", new long[0]));
        }
        throw in.unsupported("a constant given as " + node.attributeNames());
    }

    private static NDArray constantOfShape(Call in) {
        long[] shape = in.longs(0);
        in.checkSize(shape);
        Optional<Tensor> value = in.node().tensor("value");
        if (value.isEmpty()) {
            return in.manager().zeros(new Shape(shape), DataType.FLOAT32);
        }
        // Stretched, not filled: the value keeps its type whatever that is.
        NDArray element = ArrayTensors.toArray(in.manager(), value.get());
        return in.torch("torch.clone(torch.expand(a, " + Call.list(shape) + "))", element.reshape(new Shape()));
    }

    private static NDList dropout(Call in) {
        NDArray x = in.get(0);
        // Until version 9 the mask had the type of the data.
        DataType maskType = in.opset() >= 10 ? DataType.BOOLEAN : x.getDataType();
        if (!in.dropout()) {
            NDList out = new NDList(x);
            if (in.wants(1)) {
                out.add(in.manager().ones(x.getShape(), maskType));
            }
            return out;
        }
        double ratio = in.optional(1).map(Call::number).orElseGet(() ->
                (double) in.node().attribute("ratio", 0.5f));
        if (!in.wants(1)) {
            return new NDList(in.torch("torch.dropout(a, " + ratio + ", True)", x));
        }
        NDList out = in.torch("torch.native_dropout(a, " + ratio + ", True)", 2, x);
        out.set(1, Types.cast(in, out.get(1), maskType));
        return out;
    }

    private static NDArray eyeLike(Call in) {
        NDArray like = in.get(0);
        long rows = like.getShape().get(0);
        long columns = like.getShape().get(1);
        long diagonal = in.node().attribute("k", 0L);
        DataType type = in.node().has("dtype")
                ? ArrayTensors.dataType(ElementType.of(in.node().attribute("dtype", 0)), "results of " + in.node())
                : like.getDataType();
        in.checkSize(rows, columns);
        return in.torch(
                "torch.to(torch.eq(torch.sub(torch.reshape(torch.arange(" + columns + Call.WHERE_A_IS
                        + "), [1, -1]), torch.reshape(" + "torch.arange(" + rows + Call.WHERE_A_IS + "), [-1, 1])), "
                        + diagonal + "), " + Types.code(type) + ")",
                like);
    }

    private static NDArray oneHot(Call in) {
        NDArray indices = in.get(0).toType(DataType.INT64, false);
        long depth = (long) Call.number(in.get(1));
        NDArray values = in.get(2);
        int rank = indices.getShape().dimension() + 1;
        int axis = in.axis(-1, rank);
        in.checkSize(indices.getShape().size(), depth);
        long[] counted = Window.repeat(1, rank);
        counted[axis] = depth;
        // Indices count from the end where negative, and mark nothing where they lie outside.
        return in.script(
                        "i = torch.unsqueeze(torch.where(torch.lt(a, 0), torch.add(a, " + depth + "), a), " + axis
                                + ")\n"
                                + "hit = torch.eq(i, torch.reshape(torch.arange(" + depth + Call.WHERE_A_IS + "), "
                                + Call.list(counted)
                                + "))\n"
                                + "return torch.where(hit, torch.select(b, 0, 1), torch.select(b, 0, 0))",
                        1,
                        indices,
                        values)
                .head();
    }

    private static NDArray range(Call in) {
        DataType type = in.get(0).getDataType();
        if (type.isFloating()) {
            double start = Call.number(in.get(0));
            double delta = Call.number(in.get(2));
            long count = (long) Math.max(0, Math.ceil((Call.number(in.get(1)) - start) / delta));
            in.checkSize(count);
            return in.torch(
                    "torch.add(torch.mul(torch.arange(" + count + ", dtype=" + Types.code(type) + Call.WHERE_A_IS
                            + "), b), a)",
                    in.get(0),
                    in.get(2));
        }
        long start = in.longs(0)[0];
        long limit = in.longs(1)[0];
        long delta = in.longs(2)[0];
        long span = limit - start;
        long count = delta == 0 ? 0 : Math.max(0, span / delta + (span % delta == 0 ? 0 : 1));
        if (span != 0 && delta != 0 && (span < 0) != (delta < 0)) {
            count = 0;
        }
        in.checkSize(count);
        long[] values = new long[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * delta;
        }
        return in.create(values).toType(type, false);
    }

    private static NDArray trilu(Call in) {
        long diagonal = in.optional(1).map(k -> Call.longs(k)[0]).orElse(0L);
        String function = in.node().attribute("upper", 1) != 0 ? "triu" : "tril";
        return in.torch("torch." + function + "(a, " + diagonal + ")", in.get(0));
    }
}
