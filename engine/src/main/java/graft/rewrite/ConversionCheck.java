package graft.rewrite;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a converted network with the one it was, on random inputs within the range that the original was calibrated for:
 * outside of it a quantized network answers with its bounds.
 */
final class ConversionCheck {
    private static final int EXAMPLES = 3;
    /** Share of the answers that rounding may explain; a Relu that was lost, or a wrong scale, makes more. */
    private static final double OF_8_BITS = 0.5;

    private static final double OF_MORE_BITS = 0.05;

    private ConversionCheck() {}

    /**
     * @param difference largest of any output number
     * @param output largest output number
     * @param share length of all differences by the length of all answers, of the output where it is largest
     */
    record Difference(double difference, double output, double share) {}

    /**
     * Empty where nothing here can run the original, which is so of bfloat16 alone.
     *
     * @throws Refusal where the two answer so differently that rounding does not explain it
     */
    static Optional<Difference> judge(Path file, Model before, Model after) {
        if (NumberFormat.isBrain(before.graph()) && !runs(before)) {
            answers(after, ExampleInputs.random(after.graph(), 1, 1));
            return Optional.empty();
        }
        Difference found = measure(before, after);
        double allowed = coarse(before.graph()) ? OF_8_BITS : OF_MORE_BITS;
        if (!(found.share <= allowed)) {
            throw new Refusal(String.format(
                    java.util.Locale.ROOT,
                    "The fp32 form of %s would not be the same network: its answers differ by up to %.3g where the largest is"
                            + " %.3g, %.0f %% in all, which is more than rounding explains. Nothing was written. Take the network"
                            + " from before it was quantized or converted.",
                    file,
                    found.difference,
                    found.output,
                    100 * found.share));
        }
        return Optional.of(found);
    }

    private static boolean runs(Model model) {
        try {
            answers(model, ExampleInputs.random(model.graph(), 1, 1));
            return true;
        } catch (Refusal notOnProcessors) {
            return false;
        }
    }

    /** Whether activations are rounded to 8 bits or fewer. */
    private static boolean coarse(Graph graph) {
        for (Node node : graph.nodes()) {
            boolean rounds = NumberFormat.isQuantized(node);
            Tensor zero = graph.initializers().get(node.input(2));
            boolean fine = node.opType().equals("QuantizeLinear")
                    && zero != null
                    && (zero.type() == ElementType.INT16 || zero.type() == ElementType.UINT16);
            if (rounds && !fine) {
                return true;
            }
        }
        return false;
    }

    private static Difference measure(Model before, Model after) {
        double largest = 0;
        double output = 0;
        Map<String, double[]> squares = new HashMap<>();
        for (int seed = 1; seed <= EXAMPLES; seed++) {
            Map<String, Values> inputs = inRange(before.graph(), ExampleInputs.random(before.graph(), 1, seed));
            Map<String, float[]> expected = answers(before, inputs);
            Map<String, float[]> actual = answers(after, floats(after, inputs));
            for (String name : expected.keySet()) {
                float[] a = expected.get(name);
                float[] b = actual.get(name);
                double[] sums = squares.computeIfAbsent(name, n -> new double[2]);
                for (int i = 0; i < a.length; i++) {
                    double off = Math.abs(a[i] - b[i]);
                    largest = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(largest, off);
                    output = Math.max(output, Math.abs(b[i]));
                    sums[0] += off * off;
                    sums[1] += (double) a[i] * a[i];
                }
            }
        }
        double share = 0;
        for (double[] sums : squares.values()) {
            double own = Math.sqrt(sums[0]) / (Math.sqrt(sums[1]) + Float.MIN_NORMAL);
            share = Double.isNaN(own) ? Double.POSITIVE_INFINITY : Math.max(share, own);
        }
        return new Difference(largest, output, share);
    }

    private static Map<String, float[]> answers(Model model, Map<String, Values> inputs) {
        Map<String, float[]> out = new LinkedHashMap<>();
        try (OrtSession session = OrtSession.openPlain(model)) {
            session.run(inputs)
                    .forEach((name, values) -> out.put(name, values.toTensor("").toFloats()));
        } catch (Refusal notForThisRuntime) {
            if (!NumberFormat.isDouble(model.graph())) {
                throw notForThisRuntime;
            }
            // ONNX Runtime has few kernels of double precision; Graft's own engine has all of them.
            try (NDManager manager = TorchEngine.start(0);
                    Executor executor = new Executor(model, manager, Set.of());
                    NDManager step = manager.newSubManager()) {
                Map<String, NDArray> arrays = new HashMap<>();
                inputs.forEach((name, values) ->
                        arrays.put(name, ArrayTensors.toArray(step, values.type(), values.shape(), values.data())));
                executor.run(step, arrays, Mode.INFERENCE)
                        .forEach((name, array) ->
                                out.put(name, ArrayTensors.toTensor(name, array).toFloats()));
            }
        }
        return out;
    }

    /** Inputs that are quantized at once are brought into the range that this was calibrated for. */
    private static Map<String, Values> inRange(Graph graph, Map<String, Values> inputs) {
        Map<String, Values> out = new LinkedHashMap<>(inputs);
        for (Node node : graph.nodes()) {
            Values value = inputs.get(node.input(0));
            if (!node.opType().equals("QuantizeLinear") || value == null || value.type() != ElementType.FLOAT) {
                continue;
            }
            Tensor scale = graph.initializers().get(node.input(1));
            if (scale == null || scale.size() != 1) {
                continue;
            }
            IntegerRange range = IntegerRange.of(node, graph);
            double low = range.least(scale.toFloats()[0]);
            double high = range.most(scale.toFloats()[0]);
            float[] numbers = value.toTensor("").toFloats();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (low + (high - low) * (numbers[i] + 1) / 2);
            }
            out.put(node.input(0), values(value.shape(), numbers));
        }
        return out;
    }

    private static Map<String, Values> floats(Model after, Map<String, Values> inputs) {
        Map<String, Values> out = new LinkedHashMap<>();
        for (ValueInfo input : after.graph().inputs()) {
            Values value = inputs.get(input.name());
            boolean isFloat = input.type().filter(ElementType.FLOAT::equals).isPresent();
            out.put(
                    input.name(),
                    isFloat ? values(value.shape(), value.toTensor("").toFloats()) : value);
        }
        return out;
    }

    private static Values values(long[] shape, float[] numbers) {
        ByteBuffer data = ByteBuffer.allocateDirect(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(numbers);
        return new Values(ElementType.FLOAT, shape, data);
    }
}
