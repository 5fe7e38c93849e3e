package graft.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPathTest {
    @TempDir
    Path folder;

    /** As PyTorch writes {@code x.view(x.shape[0], -1)}, a mask made of a shape, and a learnt position that it cuts to size. */
    @Test
    void whatComputesShapesAndConstantsIsLeftOut() {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(2))));
        editor.put(Tensor.ofLongs("zero", new long[] {1}, 0));
        editor.put(Tensor.ofLongs("minus", new long[] {1}, -1));
        editor.put(Tensor.ofLongs("three", new long[] {1}, 3));
        editor.put(Tensor.ofFloats("position.weight", new long[] {4, 2}, new float[] {1, 2, 3, 4, 5, 6, 7, 8}));
        editor.put(Tensor.ofFloats("fc.weight", new long[] {2, 6}, new float[12]));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Shape", "shape", List.of("x"), List.of("s")),
                        Node.of("Gather", "batch", List.of("s", "zero"), List.of("b")),
                        Node.of("Concat", "wanted", List.of("b", "minus"), List.of("w"))
                                .with("axis", 0L),
                        Node.of("ConstantOfShape", "mask", List.of("three"), List.of("m")),
                        Node.of("Cast", "indices", List.of("m"), List.of("i"))
                                .with("to", (long) ElementType.INT64.code()),
                        Node.of("Gather", "position", List.of("position.weight", "i"), List.of("p")),
                        Node.of("Add", "sum", List.of("x", "p"), List.of("a")),
                        Node.of("Reshape", "flat", List.of("a", "w"), List.of("f")),
                        Node.of("Gemm", "fc", List.of("f", "fc.weight"), List.of("y"))
                                .with("transB", 1L)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        Path file = folder.resolve("n.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        Network network = Importer.open(file);
        assertThat(network.dataPath())
                .extracting(Node::name)
                .contains("sum", "flat", "fc")
                .doesNotContain("shape", "batch", "wanted", "mask", "indices");
    }
}
