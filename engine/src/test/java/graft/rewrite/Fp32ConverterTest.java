package graft.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.network.Importer;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.HalfFloats;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
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
        assertThat(NumberFormat.hindrance(opened.model().graph())).isEmpty();
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
        assertThat(NumberFormat.hindrance(shown.model().graph())).contains("computes in fp16");
        Network opened = Importer.open(result.network());
        assertThat(NumberFormat.hindrance(opened.model().graph())).isEmpty();
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

    private static Tensor shorts(String name, int... values) {
        ByteBuffer data = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            data.putShort((short) value);
        }
        return Tensor.ofBytes(name, ElementType.UINT16, new long[0], data.flip());
    }

    /** x [N, 2] of −1 … 1 in 16 bits, then {@code node}, then a range of 0 … 1 in 16 bits. */
    private static Model cutAtZero(Node node) {
        Model model = Model.create("graft tests", 10, 21);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        editor.put(Tensor.ofFloats("xs", new long[0], 2f / 65535));
        editor.put(shorts("xz", 32768));
        editor.put(Tensor.ofFloats("ys", new long[0], 4f / 65535));
        editor.put(shorts("yz", 0));
        editor.put(Tensor.ofFloats("w", new long[] {2, 2}, 1, -1, 2, 1));
        editor.nodes()
                .addAll(List.of(
                        Node.of("QuantizeLinear", "q", List.of("x", "xs", "xz"), List.of("xq")),
                        Node.of("DequantizeLinear", "dq", List.of("xq", "xs", "xz"), List.of("xd")),
                        node,
                        Node.of("QuantizeLinear", "q2", List.of("m", "ys", "yz"), List.of("mq")),
                        Node.of("DequantizeLinear", "dq2", List.of("mq", "ys", "yz"), List.of("y"))));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        return model.withGraph(editor.build());
    }

    @Test
    void aReluThatWasMergedInto16BitsStays() {
        Fp32Converter.Result result = convert(cutAtZero(Node.of("MatMul", "mm", List.of("xd", "w"), List.of("m"))));
        // of 16 bits, by hand: half a step of the input through weights up to 3, half a step of the output
        assertThat(result.maxAbsDifference()).isLessThan(3.0 / 65535 + 2.0 / 65535 + 1e-6);
        Model model = OnnxFile.read(result.network());
        try (OrtSession session = OrtSession.openPlain(model)) {
            Map<String, Values> x =
                    Map.of("x", ExampleInputs.random(model.graph(), 1, 1).get("x"));
            float[] in = x.get("x").toTensor("").toFloats();
            float[] out = session.run(x).get("y").toTensor("").toFloats();
            assertThat(out[0]).isEqualTo(Math.max(0, in[0] + 2 * in[1]), within(1e-6f));
            assertThat(out[1]).isEqualTo(Math.max(0, in[1] - in[0]), within(1e-6f));
        }
        assertThat(result.notes()).anyMatch(note -> note.contains("a Clip keeps the range"));
    }

    @Test
    void aConversionThatAnswersDifferentlyIsRefusedAndNotWritten() {
        // A Relu hides in the range after an operator that gives no reason to expect one.
        Model model = cutAtZero(Node.of("Neg", "neg", List.of("xd"), List.of("m")));
        assertThatThrownBy(() -> convert(model))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("net.onnx would not be the same network")
                .hasMessageContaining("Nothing was written");
        assertThat(folder.resolve("fp32.onnx")).doesNotExist();
    }

    @Test
    void weightsOfFourBitsAreTheNumbersTheyStandFor() {
        Model model = Model.create("graft tests", 10, 21);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        // 1, -2, 3, -8: the first of a byte in its low half
        editor.put(Tensor.ofBytes(
                "w4", ElementType.INT4, new long[] {2, 2}, ByteBuffer.wrap(new byte[] {(byte) 0xe1, (byte) 0x83})));
        editor.put(Tensor.ofFloats("ws", new long[0], 0.5f));
        editor.nodes()
                .addAll(List.of(
                        Node.of("DequantizeLinear", "dq", List.of("w4", "ws"), List.of("w")),
                        Node.of("MatMul", "mm", List.of("x", "w"), List.of("y"))));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        Path file = folder.resolve("int4.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        Network opened = Importer.open(file);
        assertThat(opened.weights()).containsExactly("w");
        assertThat(opened.model().graph().initializers().get("w").toFloats()).containsExactly(0.5f, -1, 1.5f, -4);
        assertThat(OnnxFile.read(file).graph().initializers().get("w4").toLongs())
                .containsExactly(1, -2, 3, -8);
    }

    private static Tensor doubles(String name, long[] shape, double... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            data.putDouble(value);
        }
        return Tensor.ofBytes(name, ElementType.DOUBLE, shape, data.flip());
    }

    @Test
    void aNetworkOfDoublePrecisionIsNamedAndBecomesSingle() {
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.DOUBLE, Dim.free("N"), Dim.of(1), Dim.of(4), Dim.of(4))));
        // ONNX Runtime has no convolution of double precision
        editor.put(doubles("w", new long[] {1, 1, 2, 2}, 0.1, 0.2, 0.3, 0.4));
        editor.nodes().add(Node.of("Conv", "conv", List.of("x", "w"), List.of("y")));
        editor.outputs(List.of(ValueInfo.ofType("y", ElementType.DOUBLE)));
        Model whole = model.withGraph(editor.build());
        assertThat(NumberFormat.hindrance(whole.graph())).contains("computes in double precision");
        Fp32Converter.Result result = convert(whole);
        assertThat(result.maxAbsDifference()).isLessThan(1e-6);
        Network opened = Importer.open(result.network());
        assertThat(NumberFormat.hindrance(opened.model().graph())).isEmpty();
        assertThat(opened.model().graph().initializers().get("w").toFloats()).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    }

    @Test
    void halfPrecisionInBranchesBecomesSingleToo() {
        GraphEditor branch = Model.create("graft tests", 8, 17).graph().edit().named("branch");
        branch.put(Tensor.ofBytes(
                "w",
                ElementType.FLOAT16,
                new long[] {1},
                ByteBuffer.allocate(2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort(HalfFloats.floatToHalf(1.5f))
                        .flip()));
        branch.nodes().add(Node.of("Mul", "mul", List.of("x", "w"), List.of("m")));
        branch.outputs(List.of(ValueInfo.ofType("m", ElementType.FLOAT16)));
        Model model = Model.create("graft tests", 8, 17);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT16, Dim.free("N"), Dim.of(2))));
        editor.put(Tensor.ofBytes("cond", ElementType.BOOL, new long[0], ByteBuffer.wrap(new byte[] {1})));
        editor.nodes()
                .add(Node.of("If", "if", List.of("cond"), List.of("y"))
                        .with("then_branch", branch.build())
                        .with("else_branch", branch.build()));
        editor.outputs(List.of(ValueInfo.ofType("y", ElementType.FLOAT16)));
        Fp32Converter.Result result = convert(model.withGraph(editor.build()));
        assertThat(result.halfTensors()).isEqualTo(2);
        assertThat(result.maxAbsDifference()).isLessThan(1e-3); // of fp16
        assertThat(NumberFormat.hindrance(OnnxFile.read(result.network()).graph()))
                .isEmpty();
    }
}
