package graft.inference;

import static org.assertj.core.api.Assertions.assertThat;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeProbeTest {
    /** From version 9 of the operators on, the large weight is not handed over. */
    @ParameterizedTest
    @ValueSource(longs = {7, 13})
    void shapesAreThoseOfTheWholeNetwork(long opset) {
        Model model = Model.create("graft tests", 7, opset);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(100))));
        editor.put(Tensor.ofFloats("large", new long[] {100, 60}, new float[6000]));
        editor.put(Tensor.ofFloats("small", new long[] {60}, new float[60]));
        editor.put(Tensor.ofLongs("shape", new long[] {3}, -1, 6, 10));
        editor.nodes()
                .addAll(List.of(
                        Node.of("MatMul", "product", List.of("x", "large"), List.of("p")),
                        Node.of("Add", "sum", List.of("p", "small"), List.of("s")),
                        Node.of("Reshape", "reshape", List.of("s", "shape"), List.of("y"))));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        assertThat(ShapeProbe.shapes(model.withGraph(editor.build()), List.of("p", "y")))
                .containsEntry("p", new long[] {1, 60})
                .containsEntry("y", new long[] {1, 6, 10});
    }
}
