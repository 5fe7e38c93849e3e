package graft.onnx.check;

import graft.onnx.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;

/** Shapes and whole numbers of results, where those of the operands are known. Operators that are missing make nothing known. */
final class Propagation {
    private static final Map<String, BiConsumer<Facts, Known>> RULES = new HashMap<>();
    private static final int SMALL = 1 << 12;

    private Propagation() {}

    static void of(Facts facts, Known known) {
        BiConsumer<Facts, Known> rule = RULES.get(facts.node().opType());
        if (rule != null) {
            rule.accept(facts, known);
        }
    }

    static {
        for (String op : List.of(
                "Relu",
                "LeakyRelu",
                "PRelu",
                "Sigmoid",
                "Tanh",
                "Clip",
                "Elu",
                "Selu",
                "Exp",
                "Log",
                "Sqrt",
                "Neg",
                "Abs",
                "Erf",
                "Gelu",
                "HardSigmoid",
                "HardSwish",
                "Softplus",
                "Softsign",
                "Softmax",
                "LogSoftmax",
                "Dropout",
                "BatchNormalization",
                "InstanceNormalization",
                "LayerNormalization",
                "GroupNormalization",
                "LRN",
                "Floor",
                "Ceil",
                "Round",
                "Not",
                "Reciprocal",
                "Cos",
                "Sin",
                "QuantizeLinear",
                "DequantizeLinear",
                "CumSum",
                "Mish",
                "ThresholdedRelu",
                "Celu",
                "Sign",
                "Trilu")) {
            RULES.put(op, Propagation::same);
        }
        for (String op : List.of("Identity", "Cast")) {
            RULES.put(op, (facts, known) -> {
                same(facts, known);
                facts.numbers(0).ifPresent(n -> known.numbers(facts.node().output(0), n));
            });
        }
        for (String op :
                List.of("Pow", "And", "Or", "Xor", "Equal", "Less", "Greater", "Max", "Min", "Sum", "Mean", "Where")) {
            RULES.put(op, Propagation::broadcast);
        }
        numbers("Add", (a, b) -> a + b);
        numbers("Sub", (a, b) -> a - b);
        numbers("Mul", (a, b) -> a * b);
        numbers("Div", (a, b) -> a / b);
        numbers("Mod", Math::floorMod);
        RULES.put("Constant", (facts, known) -> {
            Node node = facts.node();
            node.tensor("value").filter(t -> node.has("value")).ifPresent(t -> known.add(node.output(0), t));
            if (node.has("value_ints")) {
                long[] values = node.attribute("value_ints", new long[0]);
                known.shape(node.output(0), values.length);
                known.numbers(node.output(0), values);
            } else if (node.has("value_int")) {
                known.shape(node.output(0));
                known.numbers(node.output(0), node.attribute("value_int", 0L));
            }
        });
        RULES.put("Shape", (facts, known) -> facts.shape(0).ifPresent(shape -> {
            boolean whole = !facts.node().has("start") && !facts.node().has("end");
            if (whole && Arrays.stream(shape).allMatch(size -> size >= 0)) {
                known.numbers(facts.node().output(0), shape);
            }
            if (whole) {
                known.shape(facts.node().output(0), shape.length);
            }
        }));
        RULES.put("Conv", Propagation::convolution);
        RULES.put("MaxPool", Propagation::pool);
        RULES.put("AveragePool", Propagation::pool);
        RULES.put("LpPool", Propagation::pool);
        RULES.put("ConvTranspose", Propagation::transposed);
        RULES.put("Gemm", (facts, known) -> facts.shape(0).ifPresent(a -> facts.shape(1)
                .ifPresent(b -> known.shape(
                        facts.node().output(0),
                        a[facts.node().attribute("transA", 0L) == 0 ? 0 : 1],
                        b[facts.node().attribute("transB", 0L) == 0 ? 1 : 0]))));
        RULES.put("MatMul", Propagation::matMul);
        RULES.put("Concat", Propagation::concat);
        RULES.put("Reshape", Propagation::reshape);
        RULES.put("Transpose", Propagation::transpose);
        RULES.put("Flatten", Propagation::flatten);
        RULES.put("Unsqueeze", Propagation::unsqueeze);
        RULES.put("Expand", (facts, known) -> facts.numbers(1).ifPresent(wanted -> facts.shape(0)
                .ifPresent(shape -> known.shape(facts.node().output(0), broadcast(shape, wanted)))));
        RULES.put("Tile", (facts, known) -> facts.numbers(1).ifPresent(repeats -> facts.shape(0)
                .filter(shape -> shape.length == repeats.length)
                .ifPresent(shape -> known.shape(
                        facts.node().output(0),
                        LongStream.range(0, shape.length)
                                .map(i -> shape[(int) i] < 0 ? -1 : times(shape[(int) i], repeats[(int) i]))
                                .toArray()))));
        RULES.put("ConstantOfShape", (facts, known) -> facts.numbers(0)
                .ifPresent(shape -> known.shape(facts.node().output(0), shape)));
        RULES.put("Range", (facts, known) -> facts.numbers(0)
                .ifPresent(start -> facts.numbers(1).ifPresent(limit -> facts.numbers(2)
                        .ifPresent(delta -> known.shape(facts.node().output(0), Math.max(0, (long)
                                Math.ceil(((double) limit[0] - start[0]) / delta[0])))))));
        RULES.put("Pad", Propagation::pad);
        RULES.put("Resize", (facts, known) -> facts.numbers(3)
                .filter(sizes -> !facts.node().has("axes") && sizes.length == facts.rank(0))
                .ifPresent(sizes -> known.shape(facts.node().output(0), sizes)));
        RULES.put("GlobalAveragePool", Propagation::global);
        RULES.put("GlobalMaxPool", Propagation::global);
        RULES.put("Gather", Propagation::gather);
    }

    private static void numbers(String op, LongBinaryOperator compute) {
        RULES.put(op, (facts, known) -> {
            broadcast(facts, known);
            facts.numbers(0).ifPresent(a -> facts.numbers(1).ifPresent(b -> {
                int length = Math.max(a.length, b.length);
                boolean fits = a.length > 0
                        && b.length > 0
                        && (a.length == length || a.length == 1)
                        && (b.length == length || b.length == 1);
                if (fits && length <= SMALL) {
                    known.numbers(
                            facts.node().output(0),
                            LongStream.range(0, length)
                                    .map(i -> compute.applyAsLong(a[(int) i % a.length], b[(int) i % b.length]))
                                    .toArray());
                }
            }));
        });
    }

    /** Products of sizes that no machine holds stay what they are: too large. */
    private static long times(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }

    private static void same(Facts facts, Known known) {
        facts.shape(0).ifPresent(shape -> known.shape(facts.node().output(0), shape));
    }

    private static void broadcast(Facts facts, Known known) {
        long[] shape = {};
        for (int i = 0; i < facts.node().inputs().size(); i++) {
            if (facts.shape(i).isEmpty()) {
                return;
            }
            shape = broadcast(shape, facts.shape(i).get());
        }
        known.shape(facts.node().output(0), shape);
    }

    private static long[] broadcast(long[] a, long[] b) {
        long[] out = new long[Math.max(a.length, b.length)];
        for (int i = 1; i <= out.length; i++) {
            long x = i <= a.length ? a[a.length - i] : 1;
            long y = i <= b.length ? b[b.length - i] : 1;
            out[out.length - i] = x == 1 ? y : y == 1 || x > y ? x : y;
        }
        return out;
    }

    private static void convolution(Facts facts, Known known) {
        facts.shape(0).ifPresent(x -> facts.shape(1)
                .ifPresent(w -> known.shape(
                        facts.node().output(0), windows(facts, x, w[0], Arrays.copyOfRange(w, 2, w.length)))));
    }

    private static void pool(Facts facts, Known known) {
        long[] kernel = facts.node().attribute("kernel_shape", new long[0]);
        facts.shape(0).ifPresent(x -> known.shape(facts.node().output(0), windows(facts, x, x[1], kernel)));
    }

    private static long[] windows(Facts facts, long[] x, long channels, long[] kernel) {
        int spatial = kernel.length;
        long[] strides = facts.node().attribute("strides", new long[0]);
        long[] dilations = facts.node().attribute("dilations", new long[0]);
        long[] pads = facts.node().attribute("pads", new long[2 * spatial]);
        boolean explicit = facts.node().attribute("auto_pad", "NOTSET").equals("NOTSET");
        boolean ceil = facts.node().attribute("ceil_mode", 0L) != 0;
        long[] out = new long[spatial + 2];
        out[0] = x[0];
        out[1] = channels;
        for (int i = 0; i < spatial; i++) {
            long stride = strides.length == 0 ? 1 : strides[i];
            long window = (dilations.length == 0 ? 1 : dilations[i]) * (kernel[i] - 1) + 1;
            long room = x[i + 2] + pads[i] + pads[i + spatial] - window;
            out[i + 2] = x[i + 2] < 0 || kernel[i] < 0 || !explicit || ceil ? -1 : Math.max(0, room / stride + 1);
        }
        return out;
    }

    private static void transposed(Facts facts, Known known) {
        if (facts.node().has("output_shape") || facts.node().has("auto_pad")) {
            return;
        }
        facts.shape(0).ifPresent(x -> facts.shape(1).ifPresent(w -> {
            int spatial = w.length - 2;
            long[] strides = facts.node().attribute("strides", new long[0]);
            long[] dilations = facts.node().attribute("dilations", new long[0]);
            long[] pads = facts.node().attribute("pads", new long[2 * spatial]);
            long[] more = facts.node().attribute("output_padding", new long[spatial]);
            long[] out = new long[spatial + 2];
            out[0] = x[0];
            out[1] = w[1] * facts.node().attribute("group", 1L);
            for (int i = 0; i < spatial; i++) {
                long stride = strides.length == 0 ? 1 : strides[i];
                long window = (dilations.length == 0 ? 1 : dilations[i]) * (w[i + 2] - 1) + 1;
                out[i + 2] = x[i + 2] < 0
                        ? -1
                        : Math.max(0, times(stride, x[i + 2] - 1) + more[i] + window - pads[i] - pads[i + spatial]);
            }
            known.shape(facts.node().output(0), out);
        }));
    }

    private static void matMul(Facts facts, Known known) {
        facts.shape(0)
                .filter(a -> a.length >= 2)
                .ifPresent(a -> facts.shape(1).filter(b -> b.length >= 2).ifPresent(b -> {
                    long[] batch = broadcast(Arrays.copyOf(a, a.length - 2), Arrays.copyOf(b, b.length - 2));
                    long[] out = Arrays.copyOf(batch, batch.length + 2);
                    out[batch.length] = a[a.length - 2];
                    out[batch.length + 1] = b[b.length - 1];
                    known.shape(facts.node().output(0), out);
                }));
    }

    private static void concat(Facts facts, Known known) {
        int inputs = facts.node().inputs().size();
        if (facts.rank(0) < 1) {
            return;
        }
        long[] out = facts.shape(0).orElseThrow().clone();
        int axis = (int) Facts.positive(facts.node().attribute("axis", 1L), out.length);
        out[axis] = 0;
        LongStream.Builder numbers = LongStream.builder();
        boolean allNumbers = out.length == 1;
        for (int i = 0; i < inputs; i++) {
            if (facts.shape(i).isEmpty()) {
                return;
            }
            long size = facts.shape(i).get()[axis];
            out[axis] = size < 0 || out[axis] < 0 ? -1 : out[axis] + size;
            allNumbers &= facts.numbers(i).isPresent();
            if (allNumbers) {
                Arrays.stream(facts.numbers(i).get()).forEach(numbers);
            }
        }
        known.shape(facts.node().output(0), out);
        if (allNumbers) {
            known.numbers(facts.node().output(0), numbers.build().toArray());
        }
    }

    private static void reshape(Facts facts, Known known) {
        facts.listed("shape", 1).ifPresent(wanted -> facts.shape(0).ifPresent(shape -> {
            long[] out = wanted.clone();
            boolean open = Arrays.stream(shape).anyMatch(size -> size < 0);
            int free = -1;
            double rest = Known.elements(shape);
            for (int i = 0; i < out.length; i++) {
                if (out[i] == 0 && facts.node().attribute("allowzero", 0L) == 0 && i < shape.length) {
                    out[i] = shape[i];
                }
                free = wanted[i] == -1 ? i : free;
                rest /= Math.max(1, out[i]);
            }
            if (free >= 0 && !open) {
                out[free] = (long) rest;
            }
            known.shape(facts.node().output(0), out);
            facts.numbers(0).ifPresent(n -> known.numbers(facts.node().output(0), n));
        }));
    }

    private static void transpose(Facts facts, Known known) {
        facts.shape(0).ifPresent(shape -> {
            long[] perm = facts.node()
                    .attribute(
                            "perm",
                            LongStream.range(0, shape.length)
                                    .map(i -> shape.length - 1 - i)
                                    .toArray());
            known.shape(
                    facts.node().output(0),
                    Arrays.stream(perm).map(axis -> shape[(int) axis]).toArray());
        });
    }

    private static void flatten(Facts facts, Known known) {
        facts.shape(0).ifPresent(shape -> {
            int axis = (int) Facts.positive(facts.node().attribute("axis", 1L), shape.length);
            known.shape(facts.node().output(0), product(shape, 0, axis), product(shape, axis, shape.length));
        });
    }

    private static long product(long[] shape, int from, int to) {
        long out = 1;
        for (int i = from; i < to; i++) {
            out = out < 0 || shape[i] < 0 ? -1 : times(out, shape[i]);
        }
        return out;
    }

    private static void unsqueeze(Facts facts, Known known) {
        facts.listed("axes", 1).ifPresent(axes -> facts.shape(0).ifPresent(shape -> {
            int rank = shape.length + axes.length;
            boolean[] made = new boolean[rank];
            Arrays.stream(axes).forEach(axis -> made[(int) Facts.positive(axis, rank)] = true);
            long[] out = new long[rank];
            int next = 0;
            for (int i = 0; i < rank; i++) {
                out[i] = made[i] || next >= shape.length ? 1 : shape[next++];
            }
            known.shape(facts.node().output(0), out);
            facts.numbers(0).ifPresent(n -> known.numbers(facts.node().output(0), n));
        }));
    }

    private static void pad(Facts facts, Known known) {
        facts.listed("pads", 1).filter(pads -> !facts.has(3)).ifPresent(pads -> facts.shape(0)
                .filter(shape -> 2 * shape.length == pads.length)
                .ifPresent(shape -> {
                    long[] out = shape.clone();
                    for (int i = 0; i < out.length; i++) {
                        out[i] = out[i] < 0 ? -1 : Math.max(0, out[i] + pads[i] + pads[i + out.length]);
                    }
                    known.shape(facts.node().output(0), out);
                }));
    }

    private static void global(Facts facts, Known known) {
        facts.shape(0).ifPresent(shape -> {
            long[] out = shape.clone();
            Arrays.fill(out, 2, out.length, 1);
            known.shape(facts.node().output(0), out);
        });
    }

    private static void gather(Facts facts, Known known) {
        facts.shape(0).ifPresent(shape -> facts.shape(1).ifPresent(indices -> {
            int axis = (int) Facts.positive(facts.node().attribute("axis", 0L), shape.length);
            long[] out = new long[shape.length - 1 + indices.length];
            System.arraycopy(shape, 0, out, 0, axis);
            System.arraycopy(indices, 0, out, axis, indices.length);
            System.arraycopy(shape, axis + 1, out, axis + indices.length, shape.length - 1 - axis);
            known.shape(facts.node().output(0), out);
            facts.numbers(0).filter(n -> shape.length == 1).ifPresent(numbers -> facts.numbers(1)
                    .ifPresent(at -> known.numbers(
                            facts.node().output(0),
                            Arrays.stream(at)
                                    .map(i -> numbers[(int) Facts.positive(i, numbers.length)])
                                    .toArray())));
        }));
    }
}
