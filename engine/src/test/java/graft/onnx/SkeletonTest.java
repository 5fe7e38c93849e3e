package graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SkeletonTest {
    private static Model model() {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.put(Tensor.ofFloats("fc.weight", new long[] {100, 100}, new float[10_000]));
        editor.put(Tensor.ofLongs("shape", new long[] {2}, 1, 100));
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, ValueInfo.Dim.of(100))));
        editor.nodes().add(Node.of("Reshape", "r", List.of("x", "shape"), List.of("row")));
        editor.nodes().add(Node.of("MatMul", "fc", List.of("row", "fc.weight"), List.of("y")));
        editor.outputs(List.of(ValueInfo.ofName("y")));
        return model.withGraph(editor.build());
    }

    @Test
    void largeTensorsKeepNameTypeAndShapeAlone() {
        byte[] bytes = Skeleton.toBytes(model());
        assertThat(bytes.length).as("40,000 bytes of weights are left out").isLessThan(1_000);
        Model read = Skeleton.of(bytes);
        Tensor weight = read.graph().initializers().get("fc.weight");
        assertThat(weight.type()).isEqualTo(ElementType.FLOAT);
        assertThat(weight.shape()).containsExactly(100, 100);
        assertThatThrownBy(weight::bytes)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fc.weight");
    }

    @Test
    void whatTheGraphDoesStays() {
        Model read = Skeleton.of(Skeleton.toBytes(model()));
        assertThat(read.graph().initializers().get("shape").toLongs()).containsExactly(1, 100);
        assertThat(read.graph().nodes()).extracting(Node::opType).containsExactly("Reshape", "MatMul");
    }
}
