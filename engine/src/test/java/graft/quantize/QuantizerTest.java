package graft.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.deploy.Graphs;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.progress.Event;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected numbers: ONNX Runtime's answers to the float network. */
class QuantizerTest {
    private static final long[] PICTURE = {2, 3, 12, 12};

    /** Conv + Relu, depthwise Conv + Clip, a residual Add, pooling, two dense layers. */
    private static Model network(long opset) {
        Graphs graph = Graphs.ofOpset(opset)
                .random("w1", 0.4, 8, 3, 3, 3)
                .random("w2", 0.5, 8, 1, 3, 3)
                .random("w3", 0.4, 8, 8, 1, 1)
                .random("b3", 0.2, 8)
                .random("w4", 0.5, 16, 8)
                .random("b4", 0.2, 16)
                .random("w5", 0.4, 16, 5)
                .node(Node.of("Conv", "c1", List.of("x", "w1"), List.of("c1")).with("pads", 1L, 1L, 1L, 1L))
                .batchNorm("bn", "c1", "n1", 8)
                .node("Relu", "n1", "r1")
                .node(Node.of("Conv", "c2", List.of("r1", "w2"), List.of("c2"))
                        .with("pads", 1L, 1L, 1L, 1L)
                        .with("group", 8L));
        Node clip = Node.of("Clip", "clip", List.of("c2"), List.of("k2"));
        if (opset < 11) {
            graph.node(clip.with("min", 0f).with("max", 6f));
        } else {
            graph.constant(Tensor.ofFloats("zero", new long[0], 0))
                    .constant(Tensor.ofFloats("six", new long[0], 6))
                    .node(clip.withInputs(List.of("c2", "zero", "six")));
        }
        return graph.node("Conv", "k2,w3,b3", "c3")
                .node("Add", "c3,r1", "a")
                .node("GlobalAveragePool", "a", "p")
                .node("Flatten", "p", "f")
                .node(Node.of("Gemm", "fc", List.of("f", "w4", "b4"), List.of("g"))
                        .with("transB", 1L))
                .node("Relu", "g", "h")
                .node("MatMul", "h,w5", "y")
                .model(PICTURE);
    }

    @ParameterizedTest
    @CsvSource({
        "7, PER_TENSOR",
        "7, PER_CHANNEL",
        "10, PER_CHANNEL",
        "13, PER_TENSOR",
        "13, PER_CHANNEL",
        "17, PER_CHANNEL"
    })
    void staticInt8AnswersNearly(long opset, QuantizationPlan.Granularity granularity) {
        Model model = network(opset);
        QuantizationPlan plan =
                new QuantizationPlan(QuantizationPlan.Method.STATIC, granularity, CalibrationMethod.MINMAX);
        Quantized quantized = Quantizer.quantize(model, plan, Graphs.inputs(8, PICTURE), Progress.NONE);
        assertThat(quantized.report().left()).isEmpty();
        assertThat(quantized.report().nodesQuantized()).isEqualTo(8);
        assertThat(Graphs.operators(quantized.model())).doesNotContain("BatchNormalization", "Relu", "Clip");
        Map<String, Values> x = Graphs.input(1, PICTURE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(quantized.model(), x)))
                .isLessThan(0.08);
    }

    @ParameterizedTest
    @EnumSource(CalibrationMethod.class)
    void everyCalibrationWorks(CalibrationMethod method) {
        Model model = network(13);
        QuantizationPlan plan =
                new QuantizationPlan(QuantizationPlan.Method.STATIC, QuantizationPlan.Granularity.PER_CHANNEL, method);
        Quantized quantized = Quantizer.quantize(model, plan, Graphs.inputs(8, PICTURE), Progress.NONE);
        Map<String, Values> x = Graphs.input(1, PICTURE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(quantized.model(), x)))
                .isLessThan(0.15);
    }

    @ParameterizedTest
    @CsvSource({"7", "10", "13"})
    void dynamicInt8AnswersNearly(long opset) {
        Model model = Graphs.ofOpset(opset)
                .random("w1", 0.3, 16, 3, 3, 3)
                .random("w2", 0.3, 32, 16)
                .random("b2", 0.3, 32)
                .random("w3", 0.3, 32, 10)
                .node("Conv", "x,w1", "c")
                .node("Relu", "c", "r")
                .node("GlobalAveragePool", "r", "p")
                .node("Flatten", "p", "f")
                .node(Node.of("Gemm", "fc", List.of("f", "w2", "b2"), List.of("g"))
                        .with("transB", 1L))
                .node("MatMul", "g,w3", "y")
                .model(PICTURE);
        Quantized quantized = Quantizer.quantize(model, QuantizationPlan.dynamic(), List.of(), Progress.NONE);
        assertThat(Graphs.operators(quantized.model())).contains("DynamicQuantizeLinear", "MatMulInteger");
        assertThat(quantized.report().nodesQuantized()).isEqualTo(3);
        assertThat(quantized.report().weightsOnly()).isEqualTo(1);
        Map<String, Values> x = Graphs.input(1, PICTURE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(quantized.model(), x)))
                .isLessThan(0.03);
    }

    @Test
    void deadChannelsKeepTheirBias() {
        float[] weights = new float[4 * 3];
        for (int i = 0; i < 3; i++) {
            weights[i] = 0.5f + i;
            weights[3 + i] = 1e-30f;
        }
        Model model = Graphs.ofOpset(13)
                .constant(Tensor.ofFloats("w", new long[] {4, 3, 1, 1}, weights))
                .constant(Tensor.ofFloats("b", new long[] {4}, 0.1f, 0.7f, -0.3f, 0))
                .random("v", 0.5, 4, 4, 1, 1)
                .node("Conv", "x,w,b", "c")
                .node("Conv", "c,v", "y0")
                .node("Relu", "y0", "r")
                .random("u", 0.5, 2, 4, 1, 1)
                .node("Conv", "r,u", "y")
                .model(PICTURE);
        Quantized quantized = Quantizer.quantize(
                model, QuantizationPlan.staticPerChannel(), Graphs.inputs(4, PICTURE), Progress.NONE);
        Map<String, Values> x = Graphs.input(1, PICTURE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(quantized.model(), x)))
                .isLessThan(0.05);
    }

    @Test
    void sharedAndComputedWeightsAreQuantizedOnce() {
        Model model = Graphs.ofOpset(13)
                .random("raw", 0.4, 3, 3, 1, 1)
                .node(Node.of("Transpose", "t", List.of("raw"), List.of("turned"))
                        .with("perm", 1L, 0L, 2L, 3L))
                .node("Identity", "turned", "w")
                .node("Conv", "x,w", "c")
                .node("Relu", "c", "r")
                .node("Conv", "r,w", "d")
                .node("MaxPool", "d", "m")
                .random("v", 0.4, 2, 3, 1, 1)
                .node("Conv", "m,v", "y")
                .model(PICTURE);
        model = model.withGraph(model.graph()
                .edit()
                .replaceNodes(n -> n.opType().equals("MaxPool") ? n.with("kernel_shape", 2L, 2L) : n)
                .build());
        Quantized quantized = Quantizer.quantize(
                model, QuantizationPlan.staticPerChannel(), Graphs.inputs(4, PICTURE), Progress.NONE);
        long int8 = quantized.model().graph().initializers().values().stream()
                .filter(t -> t.type() == ElementType.INT8 && t.shape().length == 4)
                .count();
        assertThat(int8).isEqualTo(2);
        Map<String, Values> x = Graphs.input(1, PICTURE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(quantized.model(), x)))
                .isLessThan(0.05);
    }

    @Test
    void outputsInTheMiddleKeepTheirNames() {
        Model model = Graphs.ofOpset(13)
                .random("w", 0.4, 4, 3, 1, 1)
                .random("v", 0.4, 2, 4, 1, 1)
                .node("Conv", "x,w", "middle")
                .node("Conv", "middle,v", "y")
                .model(List.of("middle", "y"), PICTURE);
        Quantized quantized = Quantizer.quantize(
                model, QuantizationPlan.staticPerChannel(), Graphs.inputs(4, PICTURE), Progress.NONE);
        Map<String, Values> x = Graphs.input(1, PICTURE);
        for (String output : List.of("middle", "y")) {
            assertThat(Graphs.error(Graphs.run(model, x, output), Graphs.run(quantized.model(), x, output)))
                    .isLessThan(0.05);
        }
    }

    @Test
    void anOperatorThatCannotBeRaisedLeavesOneScalePerWeight() {
        Model model = Graphs.ofOpset(11)
                .random("w", 0.4, 4, 3, 1, 1)
                .random("v", 0.4, 2, 4, 1, 1)
                .node("Conv", "x,w", "c")
                .node("Conv", "c,v", "d")
                .node("MeanVarianceNormalization", "d", "y")
                .model(PICTURE);
        Quantized quantized = Quantizer.quantize(
                model, QuantizationPlan.staticPerChannel(), Graphs.inputs(4, PICTURE), Progress.NONE);
        assertThat(quantized.report().perChannel()).isFalse();
        assertThat(quantized.report().opset()).isEqualTo(11);
        assertThat(quantized.report().notes())
                .singleElement()
                .asString()
                .contains("one scale, not one per channel", "MeanVarianceNormalization");
        Map<String, Values> x = Graphs.input(1, PICTURE);
        assertThat(Graphs.error(Graphs.run(model, x), Graphs.run(quantized.model(), x)))
                .isLessThan(0.1);
    }

    @Test
    void aQuantizedNetworkIsRefused() {
        Model once = Quantizer.quantize(
                        network(13), QuantizationPlan.staticPerChannel(), Graphs.inputs(2, PICTURE), Progress.NONE)
                .model();
        assertThatThrownBy(() -> Quantizer.quantize(once, QuantizationPlan.dynamic(), List.of(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("quantized already");
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedWithTheirTensor() {
        Model model = Graphs.ofOpset(13)
                .random("w", 0.4, 4, 3, 1, 1)
                .random("v", 0.4, 4, 4, 1, 1)
                .node("Conv", "x,w", "c")
                .node("Log", "c", "logs")
                .node("Conv", "logs,v", "d")
                .node("GlobalAveragePool", "d", "y")
                .model(PICTURE);
        assertThatThrownBy(() -> Quantizer.quantize(
                        model, QuantizationPlan.staticPerChannel(), Graphs.inputs(2, PICTURE), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("not finite")
                .hasMessageContaining("tensor logs");
    }

    @Test
    void aNetworkWithoutWeightsIsRefused() {
        Model model = Graphs.ofOpset(13).node("Relu", "x", "y").model(PICTURE);
        assertThatThrownBy(() -> Quantizer.quantize(model, QuantizationPlan.dynamic(), List.of(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Nothing in this network can be int8");
    }

    @Test
    void cancellingWritesNothing(@TempDir Path folder) {
        Path file = folder.resolve("float.onnx");
        OnnxFile.write(network(13), file);
        Progress cancelled = new Progress() {
            @Override
            public void report(Event event) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        Path out = folder.resolve("int8.onnx");
        assertThatThrownBy(() -> Quantizer.quantizeFile(
                        file, out, QuantizationPlan.staticPerChannel(), Graphs.inputs(2, PICTURE), cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatDoesNotRunGetsNoName(@TempDir Path folder) throws Exception {
        Model model = network(13);
        GraphEditor editor = model.graph().edit().replaceNodes(n -> n.opType().equals("Relu") ? n.as("NoSuchOp") : n);
        Path out = folder.resolve("out.onnx");
        Files.writeString(out, "old");
        assertThatThrownBy(
                        () -> ProvenFile.write(model.withGraph(editor.build()), out, model, Graphs.input(1, PICTURE)))
                .isInstanceOf(Refusal.class);
        assertThat(out).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("out.onnx");
    }

    @Test
    void numbersThatBecomeInfiniteAreRefused(@TempDir Path folder) {
        Model model = Graphs.ofOpset(13)
                .node("Sub", "x,x", "d")
                .node("Add", "x,d", "y")
                .model(PICTURE);
        GraphEditor editor = model.graph().edit().replaceNodes(n -> n.opType().equals("Add") ? n.as("Div") : n);
        Path out = folder.resolve("out.onnx");
        assertThatThrownBy(
                        () -> ProvenFile.write(model.withGraph(editor.build()), out, model, Graphs.input(1, PICTURE)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("left the range of their type");
        assertThat(out).doesNotExist();
    }

    @Test
    void theReportSaysHowOftenTheAnswersAgree(@TempDir Path folder) {
        Path file = folder.resolve("float.onnx");
        OnnxFile.write(network(13), file);
        QuantizationReport report = Quantizer.quantizeFile(
                file,
                folder.resolve("int8.onnx"),
                QuantizationPlan.staticPerChannel(),
                Graphs.inputs(20, PICTURE),
                Progress.NONE);
        assertThat(report.agreement().orElseThrow()).isGreaterThanOrEqualTo(0.9);
        assertThat(report.calibrationBatches()).isEqualTo(20);
        assertThat(report.bytesBefore()).isPositive();
        assertThat(report.bytesAfter()).isPositive();
        assertThat(report.maxAbsDifference()).isBetween(0.0, 1.0);
    }
}
