package graft.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.inference.Values;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.HalfFloats;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.testdata.Shared;
import graft.testdata.TinyNetworks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fp32ConverterTest {
    @TempDir
    Path folder;

    private Fp32Converter.Result convert(Model model) {
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model, file);
        return Fp32Converter.run(new Fp32Converter.Plan(file, folder.resolve("fp32.onnx")));
    }

    private static Tensor bytes(String name, ElementType type, long[] shape, int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            if (type.bytes() == 4) {
                data.putInt(value);
            } else {
                data.put((byte) value);
            }
        }
        return Tensor.ofBytes(name, type, shape, data.flip());
    }

    /** y = W x of two inputs and two outputs, W = [[1, 2], [3, 4]] in integers, scale 0.5, zero point 1. */
    private static Model quantized(List<Node> nodes, String output) {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        editor.put(Tensor.ofFloats("xs", new long[0], 0.01f));
        editor.put(bytes("xz", ElementType.UINT8, new long[0], 128));
        editor.put(Tensor.ofFloats("ys", new long[0], 0.02f));
        editor.put(Tensor.ofFloats("ws", new long[0], 0.5f));
        editor.put(bytes("wz", ElementType.INT8, new long[0], 1));
        editor.put(bytes("fc.weight_quantized", ElementType.INT8, new long[] {2, 2}, 1, 2, 3, 4));
        editor.nodes().addAll(nodes);
        editor.outputs(List.of(ValueInfo.ofName(output)));
        return model.withGraph(editor.build());
    }

    private void provesTheWeight(Model model) {
        Fp32Converter.Result result = convert(model);
        assertThat(result.roundingNodes()).isPositive();
        assertThat(result.maxAbsDifference()).isLessThan(0.05);
        Network opened = Importer.open(result.network());
        assertThat(NumberFormat.hindrance(opened)).isEmpty();
        // (q - 1) * 0.5, by hand
        assertThat(opened.weights()).hasSize(1);
        assertThat(opened.model()
                        .graph()
                        .initializers()
                        .get(opened.weights().iterator().next())
                        .toFloats())
                .containsExactly(0f, 0.5f, 1f, 1.5f);
        try (OrtSession session = OrtSession.open(result.network(), 1)) {
            float[] y = session.run(Map.of("x", Values.ofFloats(new long[] {1, 2}, 0.123f, -0.456f)))
                    .get("y")
                    .toTensor("y")
                    .toFloats();
            assertThat(y[0]).isCloseTo(-0.456f, within(1e-6f));
            assertThat(y[1]).isCloseTo(0.123f * 0.5f - 0.456f * 1.5f, within(1e-6f));
        }
    }

    @Test
    void pairsOfQuantizeAndDequantizeGo() {
        provesTheWeight(quantized(
                List.of(
                        Node.of("QuantizeLinear", "", List.of("x", "xs", "xz"), List.of("q")),
                        Node.of("DequantizeLinear", "", List.of("q", "xs", "xz"), List.of("d")),
                        Node.of("DequantizeLinear", "", List.of("fc.weight_quantized", "ws", "wz"), List.of("w")),
                        Node.of("MatMul", "fc", List.of("d", "w"), List.of("y"))),
                "y"));
    }

    @Test
    void integerProductsAfterDynamicQuantizationBecomeFloatProducts() {
        provesTheWeight(quantized(
                List.of(
                        Node.of("DynamicQuantizeLinear", "", List.of("x"), List.of("q", "s", "z")),
                        Node.of("MatMulInteger", "fc", List.of("q", "fc.weight_quantized", "z", "wz"), List.of("i")),
                        Node.of("Cast", "", List.of("i"), List.of("f")).with("to", (long) ElementType.FLOAT.code()),
                        Node.of("Mul", "", List.of("s", "ws"), List.of("scales")),
                        Node.of("Mul", "", List.of("f", "scales"), List.of("y"))),
                "y"));
    }

    @Test
    void operatorsOnQuantizedTensorsBecomeFloatOperators() {
        provesTheWeight(quantized(
                List.of(
                        Node.of("QuantizeLinear", "", List.of("x", "xs", "xz"), List.of("q")),
                        Node.of(
                                "QLinearMatMul",
                                "fc",
                                List.of("q", "xs", "xz", "fc.weight_quantized", "ws", "wz", "ys", "xz"),
                                List.of("p")),
                        Node.of("DequantizeLinear", "", List.of("p", "ys", "xz"), List.of("y"))),
                "y"));
    }

    @Test
    void halfPrecisionWeightsKeepTheirValues() {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT16, Dim.free("N"), Dim.of(2))));
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {0.1f, -2.5f, 3e-5f, 100.3f}) {
            data.putShort(HalfFloats.floatToHalf(value));
        }
        editor.put(Tensor.ofBytes("fc.weight", ElementType.FLOAT16, new long[] {2, 2}, data.flip()));
        editor.nodes().add(Node.of("MatMul", "fc", List.of("x", "fc.weight"), List.of("y")));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT16, Dim.free("N"), Dim.of(2))));
        Model half = model.withGraph(editor.build());
        Fp32Converter.Result result = convert(half);
        assertThat(result.halfTensors()).isEqualTo(1);
        Network shown = Importer.open(folder.resolve("net.onnx"));
        assertThat(shown.layers()).extracting(Layer::name).containsExactly("fc");
        assertThat(shown.parameters()).isEqualTo(4);
        assertThat(NumberFormat.hindrance(shown)).contains("computes in fp16");
        Network opened = Importer.open(result.network());
        assertThat(NumberFormat.hindrance(opened)).isEmpty();
        assertThat(opened.model().graph().initializers().get("fc.weight").toFloats())
                .containsExactly(half.graph().initializers().get("fc.weight").toFloats());
        assertThat(result.maxAbsDifference()).isLessThan(0.1);
    }

    @Test
    void anFp32NetworkIsRefusedAndItsFileIsNotOverwritten() {
        assertThatThrownBy(() -> convert(TinyNetworks.convolutional()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is fp32 already");
        Path same = folder.resolve("net.onnx");
        assertThatThrownBy(() -> Fp32Converter.run(new Fp32Converter.Plan(same, same)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Name another file");
    }

    @Test
    void aRealHalfPrecisionNetworkGivesTheSameClassAsItsFp32Original() {
        Path half = Shared.network("squeezenet1.0-imagenet-fp16.onnx");
        Path out = folder.resolve("squeezenet.onnx");
        Fp32Converter.run(new Fp32Converter.Plan(half, out));
        Model converted = OnnxFile.read(out);
        Model original = OnnxFile.read(Shared.network("squeezenet1.0-imagenet.onnx"));
        Map<String, Values> input = ExampleInputs.random(original.graph(), 1, 7);
        Values picture = input.values().iterator().next();
        assertThat(best(converted, picture)).isEqualTo(best(original, picture));
    }

    private static int best(Model model, Values picture) {
        try (OrtSession session = OrtSession.open(model, 1)) {
            float[] scores = session.run(Map.of(session.inputNames().iterator().next(), picture))
                    .values()
                    .iterator()
                    .next()
                    .toTensor("")
                    .toFloats();
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return best;
        }
    }
}
