package graft.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
