package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerProbeTest {
    /** A 1×1 convolution from one channel to three, that makes the input 1, −4 and 2 times as large. */
    private static Model model() {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(1), Dim.of(2), Dim.of(2))));
        editor.put(Tensor.ofFloats("w", new long[] {3, 1, 1, 1}, 1, -4, 2));
        editor.nodes().add(Node.of("Conv", "conv", List.of("x", "w"), List.of("c")));
        editor.nodes().add(Node.of("Flatten", "flat", List.of("c"), List.of("f")));
        editor.outputs(List.of(ValueInfo.ofName("f")));
        return model.withGraph(editor.build());
    }

    private static final Map<String, Values> EXAMPLE =
            Map.of("x", Values.ofFloats(new long[] {1, 1, 2, 2}, 1, 0, -1, 3));

    @Test
    void theStrongestChannelsComeFirst() {
        LayerResponse found = LayerProbe.run(model(), "c", EXAMPLE, 2);
        assertThat(found.channels()).isEqualTo(3);
        assertThat(found.strongest()).extracting(LayerResponse.Channel::number).containsExactly(1, 2);
        assertThat(found.strongest().get(0).strength()).isEqualTo(5);
        assertThat(found.strongest().get(0).values()).containsExactly(-4, 0, 4, -12);
        assertThat(found.strongest().get(0).width()).isEqualTo(2);
    }

    @Test
    void whatIsNoMapIsRefused() {
        assertThatThrownBy(() -> LayerProbe.run(model(), "f", EXAMPLE, 8))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no maps");
    }
}
