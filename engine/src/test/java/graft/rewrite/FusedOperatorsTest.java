package graft.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.ElementType;
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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusedOperatorsTest {
    @TempDir
    Path folder;

    @Test
    void fusedOperatorsArePartedAndAnswerAsOnnxRuntimeDoesFused() {
        Model model = Model.create("graft tests", 8, 17).withOpset("com.microsoft", 1);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(2), Dim.of(1), Dim.of(1))));
        editor.put(Tensor.ofFloats("w", new long[] {2, 2, 1, 1}, 1, -2, 3, 4));
        editor.put(Tensor.ofFloats("b", new long[] {2}, 0.5f, -0.5f));
        editor.put(Tensor.ofFloats("m", new long[] {2, 2}, 1, 2, 3, -4));
        editor.nodes()
                .addAll(List.of(
                        Node.of("FusedConv", "conv", List.of("x", "w", "b", "x"), List.of("c"))
                                .in("com.microsoft")
                                .with("activation", "Relu"),
                        Node.of("Flatten", "flat", List.of("c"), List.of("f")),
                        Node.of("FusedMatMul", "mm", List.of("f", "m"), List.of("p"))
                                .in("com.microsoft")
                                .with("alpha", 0.25f),
                        Node.of("FusedGemm", "gemm", List.of("p", "m", "b"), List.of("y"))
                                .in("com.microsoft")
                                .with("activation", "LeakyRelu")
                                .with("activation_alpha", 0.1f)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        Path file = folder.resolve("fused.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        Network opened = Importer.open(file);
        assertThat(opened.missingOperators()).isEmpty();
        assertThat(opened.model().graph().nodes())
                .extracting(Node::opType)
                .filteredOn(op -> !op.equals("Constant"))
                .containsExactly("Conv", "Add", "Relu", "Flatten", "MatMul", "Mul", "Gemm", "LeakyRelu");
        Map<String, Values> x = ExampleInputs.random(opened.model().graph(), 4, 1);
        try (OrtSession fused = OrtSession.open(file, 1);
                OrtSession parted = OrtSession.openPlain(opened.model())) {
            float[] expected = fused.run(x).get("y").toTensor("").toFloats();
            float[] actual = parted.run(x).get("y").toTensor("").toFloats();
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).isEqualTo(expected[i], within(1e-5f));
            }
        }
    }

    /** Kernels of ONNX Runtime for the fused operator are the second source. */
    private void answersTheSame(int opset, List<Integer> shape, Consumer<GraphEditor> nodes) {
        Model model = Model.create("graft tests", 8, opset).withOpset("com.microsoft", 1);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(
                ValueInfo.of("x", ElementType.FLOAT, shape.stream().map(Dim::of).toArray(Dim[]::new))));
        nodes.accept(editor);
        editor.outputs(List.of(ValueInfo.ofName("y")));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        Network opened = Importer.open(file);
        assertThat(opened.missingOperators()).isEmpty();
        assertThat(opened.model().graph().nodes())
                .allMatch(node -> node.domain().isEmpty());
        Map<String, Values> x = ExampleInputs.random(opened.model().graph(), 2, 1);
        try (OrtSession fused = OrtSession.open(file, 1);
                OrtSession parted = OrtSession.openPlain(opened.model());
                NDManager manager = TorchEngine.start(1);
                Executor executor = new Executor(opened.model(), manager, Set.of());
                NDManager step = manager.newSubManager()) {
            float[] expected = fused.run(x).get("y").toTensor("").toFloats();
            assertThat(parted.run(x).get("y").toTensor("").toFloats()).containsExactly(expected, within(2e-6f));
            Map<String, NDArray> arrays = new HashMap<>();
            x.forEach((name, values) ->
                    arrays.put(name, ArrayTensors.toArray(step, values.type(), values.shape(), values.data())));
            NDArray own = executor.run(step, arrays, Mode.INFERENCE).get("y");
            assertThat(ArrayTensors.toTensor("y", own).toFloats()).containsExactly(expected, within(2e-6f));
        }
    }

    private static Node own(String op, List<String> inputs, String... outputs) {
        return Node.of(op, op, inputs, List.of(outputs)).in("com.microsoft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Gelu", "FastGelu", "QuickGelu"})
    void curvesArePartedExactly(String op) {
        answersTheSame(13, List.of(2, 3), editor -> editor.nodes().add(own(op, List.of("x"), "y")));
    }

    @Test
    void factorsAndBiasesOfCurvesArePartedToo() {
        answersTheSame(13, List.of(2, 3), editor -> editor.nodes()
                .add(own("QuickGelu", List.of("x"), "y").with("alpha", 2.5f)));
        for (String op : List.of("BiasGelu", "FastGelu")) {
            answersTheSame(17, List.of(2, 3), editor -> {
                editor.put(Tensor.ofFloats("b", new long[] {3}, 0.5f, -1, 2));
                editor.nodes().add(own(op, List.of("x", "b"), "y"));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"13,true", "18,true", "18,false"})
    void sumsBeforeNormsAreParted(int opset, boolean shifted) {
        for (boolean root : List.of(false, true)) {
            answersTheSame(opset, List.of(2, 2, 4), editor -> {
                editor.put(Tensor.ofFloats("scale", new long[] {4}, 1, 2, 3, 4));
                editor.put(Tensor.ofFloats("shift", new long[] {4}, 0, -1, 1, 0.5f));
                editor.put(Tensor.ofFloats("bias", new long[] {4}, 3, 0, 1, -2));
                List<String> inputs = root
                        ? List.of("x", "x", "scale", shifted ? "bias" : "")
                        : List.of("x", "x", "scale", shifted ? "shift" : "", "bias");
                editor.nodes()
                        .add(own(
                                        root ? "SkipSimplifiedLayerNormalization" : "SkipLayerNormalization",
                                        inputs,
                                        "n",
                                        "",
                                        "",
                                        "sum")
                                .with("epsilon", 1e-3f));
                editor.nodes().add(Node.of("Add", "", List.of("n", "sum"), List.of("y")));
            });
        }
    }

    /** ONNX Runtime writes them into files of versions in which ONNX has none. */
    @Test
    void normsOfOldVersionsAreKnown() {
        for (String op : List.of("LayerNormalization", "SimplifiedLayerNormalization")) {
            answersTheSame(13, List.of(2, 4), editor -> {
                editor.put(Tensor.ofFloats("scale", new long[] {4}, 1, 2, 3, 4));
                editor.nodes().add(Node.of(op, op, List.of("x", "scale"), List.of("y")));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,0,0", "1,0,0,0", "0,1,0,0", "1,1,0,0", "0,0,1,1", "1,0,1,1", "0,1,1,1", "1,1,1,1", "0,0,1,0", "0,0,0,1"
    })
    void turnedFactorsAreParted(long transA, long transB, long batchA, long batchB) {
        // With all axes of one length every turn is a product that can be made.
        answersTheSame(17, List.of(2, 2, 2), editor -> {
            editor.nodes().add(Node.of("Sin", "", List.of("x"), List.of("z")));
            editor.nodes()
                    .add(own("FusedMatMul", List.of("x", "z"), "y")
                            .with("transA", transA)
                            .with("transB", transB)
                            .with("transBatchA", batchA)
                            .with("transBatchB", batchB)
                            .with("alpha", 0.5f));
        });
    }

    @Test
    void aTurnedWeightStaysAWeight() {
        answersTheSame(17, List.of(2, 2), editor -> {
            editor.put(Tensor.ofFloats("w", new long[] {4, 2}, 1, 2, 3, 4, 5, 6, 7, 8));
            editor.nodes().add(own("FusedMatMul", List.of("x", "w"), "y").with("transB", 1L));
        });
        assertThat(Importer.open(folder.resolve("net.onnx")).weights()).containsExactly("w");
    }

    @Test
    void whatCannotBePartedIsNamedWithTheWayOut() {
        Model model = Model.create("graft tests", 8, 17).withOpset("com.microsoft", 1);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.of(2), Dim.of(2), Dim.of(2))));
        editor.nodes().add(own("Inverse", List.of("x"), "y"));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.of(2), Dim.of(2), Dim.of(2))));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        assertThat(Importer.open(file).report().lines())
                .anyMatch(
                        line -> line.contains("(Inverse): take the original, or save it with the basic optimizations"));
    }
}
