package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.onnx.ElementType;
import graft.onnx.Node;
import java.util.Optional;

/** Scaled dot-product attention, and rotary positions. */
final class AttentionOps {
    private static final int SCORES = 0;
    private static final int AFTER_SOFTCAP = 1;
    private static final int WITH_BIAS = 2;
    private static final int AFTER_SOFTMAX = 3;

    private AttentionOps() {}

    static void addTo(OpTable ops) {
        ops.addAll("Attention", 23, AttentionOps::attention);
        ops.add("RotaryEmbedding", 23, AttentionOps::rotaryEmbedding);
        ops.noGradientTo("Attention", 6);
        ops.noGradientTo("RotaryEmbedding", 3);
        ops.note("Attention", "all forms of the specification, with past keys and values");
    }

    /** {@code [batch, time, heads · size]} or {@code [batch, heads, time, size]} as the latter. */
    private static NDArray byHead(NDArray x, long heads) {
        Shape shape = x.getShape();
        return shape.dimension() == 4
                ? x
                : x.reshape(shape.get(0), shape.get(1), heads, shape.get(2) / heads)
                        .swapAxes(1, 2);
    }

    private static NDList attention(Call in) {
        Node node = in.node();
        boolean flat = in.get(0).getShape().dimension() == 3;
        NDArray q = byHead(in.get(0), node.attribute("q_num_heads", 0L));
        NDArray k = byHead(in.get(1), node.attribute("kv_num_heads", 0L));
        NDArray v = byHead(in.get(2), node.attribute("kv_num_heads", 0L));
        long past = in.optional(4).map(p -> p.getShape().get(2)).orElse(0L);
        if (in.optional(4).isPresent()) {
            k = in.get(4).concat(k, 2);
            v = in.get(5).concat(v, 2);
        }
        double scale = node.has("scale")
                ? node.attribute("scale", 1f)
                : 1 / Math.sqrt(q.getShape().get(3));
        String root = ShapeOps.literal(Math.sqrt(scale));
        String repeats = ", " + q.getShape().get(1) / k.getShape().get(1) + ", 1)";
        boolean grouped = !q.getShape().slice(1, 2).equals(k.getShape().slice(1, 2));
        Arguments args = new Arguments();
        StringBuilder code = new StringBuilder();
        code.append("q = ").append(args.add(q)).append('\n');
        code.append("k = ").append(repeated(args.add(k), grouped, repeats)).append('\n');
        code.append("v = ").append(repeated(args.add(v), grouped, repeats)).append('\n');
        // Both sides take the root of the scale, so that halves do not overflow.
        code.append(
                "s = torch.matmul(torch.mul(q, " + root + "), torch.transpose(torch.mul(k, " + root + "), -2, -1))\n");
        code.append("raw = s\n");
        float softcap = node.attribute("softcap", 0f);
        if (softcap > 0) {
            String cap = ShapeOps.literal(softcap);
            code.append("s = torch.mul(torch.tanh(torch.div(s, " + cap + ")), " + cap + ")\n");
        }
        code.append("capped = s\n");
        boolean masked = bias(in, args, code, q, k, past);
        if (masked) {
            // A row that may look at nothing gives zeros; its softmax would be NaN, in the gradient too.
            code.append("dead = torch.all(torch.isneginf(bias), -1, True)\n");
            code.append("biased = torch.add(s, bias)\n");
            code.append("s = torch.add(s, torch.masked_fill(bias, dead, 0.0))\n");
        } else {
            code.append("biased = s\n");
        }
        DataType type = q.getDataType();
        String precision = node.has("softmax_precision")
                ? "torch.to(s, "
                        + Types.code(ArrayTensors.dataType(
                                ElementType.of(node.attribute("softmax_precision", 1)), "the softmax of " + node))
                        + ")"
                : "s";
        code.append("w = torch.to(torch.softmax(" + precision + ", -1), " + Types.code(type) + ")\n");
        if (masked) {
            code.append("w = torch.masked_fill(w, dead, 0.0)\n");
        }
        code.append("return (torch.matmul(w, v), ").append(scores(in)).append(")");
        NDList out = in.script(code.toString(), 2, args.all());
        NDArray y = out.get(0);
        if (flat) {
            Shape s = y.getShape();
            y = y.swapAxes(1, 2).reshape(s.get(0), s.get(2), s.get(1) * s.get(3));
        }
        return new NDList(y, k, v, out.get(1));
    }

    private static String repeated(String array, boolean grouped, String repeats) {
        return grouped ? "torch.repeat_interleave(" + array + repeats : array;
    }

    /** The scores as they stand at the place that the node asks for. */
    private static String scores(Call in) {
        int mode = in.node().attribute("qk_matmul_output_mode", SCORES);
        return switch (mode) {
            case SCORES -> "raw";
            case AFTER_SOFTCAP -> "capped";
            case WITH_BIAS -> "biased";
            case AFTER_SOFTMAX -> "w";
            default -> throw in.unsupported("qk_matmul_output_mode " + mode);
        };
    }

    /** Writes what is added to the scores into {@code bias}; false where nothing is. */
    private static boolean bias(Call in, Arguments args, StringBuilder code, NDArray q, NDArray k, long past) {
        Optional<NDArray> mask = in.optional(3);
        Optional<NDArray> lengths = in.optional(6);
        boolean causal = in.node().attribute("is_causal", 0) != 0;
        long left = in.node().attribute("left_window_size", -1L);
        long right = in.node().attribute("right_window_size", -1L);
        long queries = q.getShape().get(2);
        long keys = k.getShape().get(2);
        if (mask.isEmpty() && lengths.isEmpty() && !causal && left < 0 && right < 0) {
            return false;
        }
        code.append("bias = torch.zeros([" + queries + ", " + keys + "], dtype=" + Types.code(q.getDataType())
                + Call.WHERE_A_IS + ")\n");
        mask.ifPresent(array -> {
            boolean flags = array.getDataType() == DataType.BOOLEAN;
            int rank = array.getShape().dimension();
            long missing = keys - array.getShape().get(rank - 1);
            String m = args.add(array);
            if (missing > 0) {
                m = "torch.constant_pad_nd(" + m + ", [0, " + missing + "], " + (flags ? "0" : "float('-inf')") + ")";
            }
            code.append(
                    flags
                            ? "bias = torch.masked_fill(bias, torch.logical_not(" + m + "), float('-inf'))\n"
                            : "bias = torch.add(bias, " + m + ")\n");
        });
        code.append("at = torch.reshape(torch.arange(" + queries + Call.WHERE_A_IS + "), [-1, 1])\n");
        code.append("to = torch.arange(" + keys + Call.WHERE_A_IS + ")\n");
        String offset = String.valueOf(past);
        if (lengths.isPresent()) {
            code.append("len = torch.reshape(" + args.add(lengths.get()) + ", [-1, 1, 1, 1])\n");
            code.append("bias = torch.masked_fill(bias, torch.ge(to, len), float('-inf'))\n");
            offset = "torch.sub(len, " + queries + ")";
        }
        code.append("at = torch.add(at, " + offset + ")\n");
        if (causal) {
            code.append("bias = torch.masked_fill(bias, torch.gt(to, at), float('-inf'))\n");
        }
        if (left >= 0) {
            code.append("bias = torch.masked_fill(bias, torch.lt(to, torch.sub(at, " + left + ")), float('-inf'))\n");
        }
        if (right >= 0) {
            code.append("bias = torch.masked_fill(bias, torch.gt(to, torch.add(at, " + right + ")), float('-inf'))\n");
        }
        return true;
    }

    private static NDArray rotaryEmbedding(Call in) {
        NDArray x = in.get(0);
        Shape shape = x.getShape();
        boolean flat = shape.dimension() == 3;
        NDArray heads = byHead(x, in.node().attribute("num_heads", 0L)); // [batch, heads, time, size]
        long size = heads.getShape().get(3);
        long turned = in.node().attribute("rotary_embedding_dim", 0L);
        turned = turned == 0 ? size : turned;
        boolean interleaved = in.node().attribute("interleaved", 0) != 0;
        Arguments args = new Arguments();
        String whole = args.add(heads);
        String cos = args.add(in.get(1));
        String sin = args.add(in.get(2));
        if (in.optional(3).isPresent()) {
            String positions = args.add(in.get(3).toType(DataType.INT64, false));
            cos = "torch.embedding(" + cos + ", " + positions + ")";
            sin = "torch.embedding(" + sin + ", " + positions + ")";
        }
        String first = interleaved ? "0, " + turned + ", 2" : "0, " + turned / 2 + ", 1";
        String second = interleaved ? "1, " + turned + ", 2" : turned / 2 + ", " + turned + ", 1";
        String join = interleaved ? "torch.flatten(torch.stack([re, im], -1), -2)" : "torch.cat([re, im], -1)";
        NDArray y = in.script(
                        "co = torch.unsqueeze(" + cos + ", 1)\n"
                                + "si = torch.unsqueeze(" + sin + ", 1)\n"
                                + "x1 = torch.slice(" + whole + ", 3, " + first + ")\n"
                                + "x2 = torch.slice(" + whole + ", 3, " + second + ")\n"
                                + "re = torch.sub(torch.mul(co, x1), torch.mul(si, x2))\n"
                                + "im = torch.add(torch.mul(si, x1), torch.mul(co, x2))\n"
                                + "return torch.cat([" + join + ", torch.slice(" + whole + ", 3, " + turned + ", "
                                + size
                                + ", 1)], -1)",
                        1,
                        args.all())
                .head();
        return flat ? y.swapAxes(1, 2).reshape(shape) : y;
    }
}
