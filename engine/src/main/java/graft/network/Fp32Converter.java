package graft.network;

import graft.Refusal;
import graft.files.OutputPlace;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.inference.Values;
import graft.onnx.ElementType;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.ValueInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes an fp32 network, which can be trained, of one of half precision or a quantized one. */
public final class Fp32Converter {
    private Fp32Converter() {}

    /** What to convert, and where to. */
    public record Plan(Path network, Path out) {}

    /**
     * @param halfTensors tensors of half precision that became fp32
     * @param roundingNodes nodes that quantized or dequantized and went
     * @param maxAbsDifference largest difference of any output number on a random input
     * @param maxAbsOutput largest output number there, to judge the difference by
     * @param notes what that changes, for the user
     */
    public record Result(
            Path network,
            long halfTensors,
            int roundingNodes,
            double maxAbsDifference,
            double maxAbsOutput,
            List<String> notes) {}

    /**
     * Converts and writes; the file gets its name only after ONNX Runtime has run it.
     *
     * @throws Refusal where the network is fp32 already, or holds something that cannot be converted
     */
    public static Result run(Plan plan) {
        OutputPlace.checkFile(plan.out(), MadeByGraft::isOn, plan.network());
        Model model = OnnxFile.read(plan.network());
        if (NumberFormat.hindrance(model.graph()).isEmpty()) {
            throw new Refusal(plan.network() + " is fp32 already: it can be trained as it is.");
        }
        List<String> notes = new ArrayList<>();
        long halves = HalfToFloat.count(model.graph());
        boolean half =
                halves > 0 || NumberFormat.hindrance(model.graph()).orElse("").contains("fp16");
        Model converted = half ? HalfToFloat.convert(model) : model;
        if (half) {
            notes.add(
                    "Weights are exactly the fp16 numbers. Results are no longer rounded to fp16, so they differ a little,"
                            + " and the file is about twice as large.");
        }
        QuantizedToFloat.Result plain = QuantizedToFloat.convert(converted);
        if (plain.removed() > 0) {
            notes.add(
                    "Weights are exactly the numbers that the integers stand for. Activations are no longer rounded, so"
                            + " results differ a little. Where the quantizer had merged a Relu into its range, a Clip keeps that"
                            + " range. Quantize again after training.");
        }
        Model named = ConstantWeights.name(plain.model(), new ArrayList<>());
        double[] difference = difference(model, named);
        OnnxFile.write(MadeByGraft.note(named), plan.out());
        return new Result(plan.out(), halves, plain.removed(), difference[0], difference[1], notes);
    }

    private static double[] difference(Model before, Model after) {
        Map<String, Values> inputs = ExampleInputs.random(before.graph(), 1, 1);
        Map<String, Values> floats = new LinkedHashMap<>();
        for (ValueInfo input : after.graph().inputs()) {
            Values value = inputs.get(input.name());
            floats.put(
                    input.name(), input.type().filter(ElementType.FLOAT::equals).isPresent() ? widened(value) : value);
        }
        double largest = 0;
        double output = 0;
        try (OrtSession old = OrtSession.openPlain(before);
                OrtSession now = OrtSession.openPlain(after)) {
            Map<String, Values> expected = old.run(inputs);
            Map<String, Values> actual = now.run(floats);
            for (String name : expected.keySet()) {
                float[] a = expected.get(name).toTensor("").toFloats();
                float[] b = actual.get(name).toTensor("").toFloats();
                for (int i = 0; i < a.length; i++) {
                    largest = Math.max(largest, Math.abs(a[i] - b[i]));
                    output = Math.max(output, Math.abs(b[i]));
                }
            }
        }
        return new double[] {largest, output};
    }

    private static Values widened(Values value) {
        float[] numbers = value.toTensor("").toFloats();
        ByteBuffer data = ByteBuffer.allocateDirect(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(numbers);
        return new Values(ElementType.FLOAT, value.shape(), data);
    }
}
