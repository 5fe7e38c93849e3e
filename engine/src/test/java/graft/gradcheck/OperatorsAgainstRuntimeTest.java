package graft.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators on s = x + w, x random of shape [3, 4] and w a weight: answers as ONNX Runtime's, gradients as measured. */
class OperatorsAgainstRuntimeTest {
    private static final long[] SHAPE = {3, 4};

    @TempDir
    private Path folder;

    static Stream<Arguments> operators() {
        return Stream.of(
                Arguments.of("Relu", 7, one("Relu")),
                Arguments.of("Relu", 14, one("Relu")),
                Arguments.of("Erf", 9, one("Erf")),
                Arguments.of("Identity", 7, one("Identity")),
                Arguments.of("HardSwish", 14, one("HardSwish")),
                Arguments.of("Mish", 18, one("Mish")),
                Arguments.of("Swish", 24, List.of(node("Swish", "y", "s").with("alpha", 0.7f))),
                Arguments.of("Abs", 7, one("Abs")),
                Arguments.of("Sign", 9, one("Sign")),
                Arguments.of("Round", 11, one("Round")),
                Arguments.of(
                        "Constant",
                        13,
                        List.of(
                                node("Constant", "c").with("value", Tensor.ofFloats("", new long[] {4}, 1, -2, 3, 4)),
                                node("Mul", "y", "s", "c"))),
                Arguments.of("IsNaN", 13, List.of(node("IsNaN", "b", "s"), node("Where", "y", "b", "x", "s"))),
                Arguments.of(
                        "NonZero",
                        13,
                        List.of(node("NonZero", "places", "s"), rows(), node("GatherND", "y", "s", "t"))),
                Arguments.of("Upsample", 9, upsample("nearest")),
                Arguments.of("Upsample", 9, upsample("linear")),
                Arguments.of("If", 13, branches()),
                Arguments.of("Loop", 13, loop()),
                Arguments.of("Scan", 11, scan(0)),
                Arguments.of("Scan", 11, scan(1)),
                Arguments.of("Tan", 7, one("Tan")),
                Arguments.of("Sinh", 9, one("Sinh")),
                Arguments.of("Cosh", 9, one("Cosh")),
                Arguments.of("Atan", 7, one("Atan")),
                Arguments.of("Asinh", 9, one("Asinh")),
                Arguments.of(
                        "Shrink",
                        9,
                        List.of(node("Shrink", "y", "s").with("lambd", 0.3f).with("bias", 0.1f))),
                Arguments.of("Hardmax", 13, one("Hardmax")),
                Arguments.of("Pow", 13, List.of(node("Abs", "a", "s"), node("Pow", "y", "a", "w2"))),
                Arguments.of(
                        "Clip",
                        13,
                        List.of(node("ReduceMin", "low", "w2").with("keepdims", 0L), node("Clip", "y", "s", "low"))));
    }

    @ParameterizedTest(name = "{0} of operator set {1}")
    @MethodSource("operators")
    void answersAreThoseOfOnnxRuntimeAndGradientsAreTheSlopes(String operator, int opset, List<Node> nodes) {
        Model model = network(opset, nodes);
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model, file);
        Map<String, Values> inputs = ExampleInputs.random(model.graph(), 3, 5);
        float[] wanted;
        try (OrtSession session = OrtSession.open(model, 1)) {
            wanted = session.run(inputs).get("y").toTensor("y").toFloats();
        }
        try (NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(model, manager, Set.of("w"))) {
            Map<String, NDArray> fed = new LinkedHashMap<>();
            inputs.forEach((name, values) -> fed.put(name, ArrayTensors.toArray(manager, values.toTensor(name))));
            NDArray y = executor.run(manager, fed, Mode.INFERENCE).get("y");
            assertThat(ArrayTensors.toTensor("y", y).toFloats())
                    .containsExactly(wanted, org.assertj.core.api.Assertions.within(1e-5f));
        }
        GradientReport report = GradientChecker.check(file, 6, 3, 5, 1, Progress.NONE);
        assertThat(report.tensors())
                .extracting(GradientReport.TensorGradient::message)
                .containsOnly("");
        assertThat(report.passed()).isEqualTo(report.tensors().size());
    }

    private static Model network(int opset, List<Node> nodes) {
        Model model = Model.create("graft tests", 8, opset);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.of(3), Dim.of(4))));
        editor.put(
                Tensor.ofFloats("w", SHAPE, .31f, -.42f, .2f, .77f, -.9f, .13f, .64f, -.35f, .52f, -.11f, .08f, -.6f));
        editor.put(Tensor.ofFloats("w2", new long[] {4}, .5f, 1.5f, -.3f, 2.2f));
        editor.put(Tensor.ofFloats("scales", new long[] {2}, 2, 2));
        editor.put(Tensor.ofLongs("three", new long[0], 3));
        editor.put(Tensor.ofFloats("zero", new long[0], 0));
        editor.nodes().add(node("Add", "s", "x", "w"));
        editor.nodes().addAll(nodes);
        editor.outputs(List.of(ValueInfo.ofType("y", ElementType.FLOAT)));
        return model.withGraph(editor.prune().build());
    }

    private static Node node(String opType, String output, String... inputs) {
        return Node.of(opType, output, List.of(inputs), List.of(output));
    }

    private static List<Node> one(String opType) {
        return List.of(node(opType, "y", "s"));
    }

    private static Node rows() {
        return node("Transpose", "t", "places");
    }

    private static List<Node> upsample(String mode) {
        return List.of(node("Upsample", "y", "s", "scales").with("mode", mode));
    }

    private static Graph body(List<ValueInfo> inputs, List<Node> nodes, ValueInfo... outputs) {
        GraphEditor editor = Model.create("", 8, 13).graph().edit().named("body");
        editor.inputs(inputs).nodes().addAll(nodes);
        return editor.outputs(Arrays.asList(outputs)).build();
    }

    private static ValueInfo floats(String name) {
        return ValueInfo.ofType(name, ElementType.FLOAT);
    }

    private static List<Node> branches() {
        return List.of(
                node("ReduceSum", "total", "x").with("keepdims", 0L),
                node("Greater", "positive", "total", "zero"),
                node("If", "y", "positive")
                        .with("then_branch", body(List.of(), List.of(node("Tanh", "a", "s")), floats("a")))
                        .with("else_branch", body(List.of(), List.of(node("Mul", "b", "s", "w")), floats("b"))));
    }

    /** Three times h = sin(h) · w, and the rounds one upon the other. */
    private static List<Node> loop() {
        Graph body = body(
                List.of(
                        ValueInfo.of("i", ElementType.INT64),
                        ValueInfo.of("go", ElementType.BOOL),
                        ValueInfo.of("h", ElementType.FLOAT, Dim.of(3), Dim.of(4))),
                List.of(
                        node("Identity", "on", "go"),
                        node("Sin", "sine", "h"),
                        node("Mul", "next", "sine", "w"),
                        node("Identity", "each", "next")),
                ValueInfo.of("on", ElementType.BOOL),
                floats("next"),
                floats("each"));
        return List.of(
                Node.of("Loop", "loop", List.of("three", "", "s"), List.of("last", "all"))
                        .with("body", body),
                node("Add", "y", "all", "last"));
    }

    /** The running sum of the rows' tanh, from the first row on or from the last. */
    private static List<Node> scan(long direction) {
        Graph body = body(
                List.of(floats("state"), floats("row")),
                List.of(
                        node("Tanh", "bent", "row"),
                        node("Add", "sum", "state", "bent"),
                        node("Mul", "out", "sum", "w2")),
                floats("sum"),
                floats("out"));
        return List.of(
                Node.of("Scan", "scan", List.of("w2", "s"), List.of("end", "all"))
                        .with("num_scan_inputs", 1L)
                        .with("scan_input_directions", new long[] {direction})
                        .with("scan_output_directions", new long[] {direction})
                        .with("body", body),
                node("Add", "y", "all", "end"));
    }
}
