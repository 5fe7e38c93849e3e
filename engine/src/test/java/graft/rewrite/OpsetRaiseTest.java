package graft.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import graft.deploy.Graphs;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected numbers: ONNX Runtime's answers to the network in its old operator set. */
class OpsetRaiseTest {
    private static final long[] SHAPE = {2, 3, 4, 5};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Softmax",
                "LogSoftmax",
                "Clip",
                "Pad",
                "Slice",
                "Squeeze",
                "Unsqueeze",
                "ReduceSum",
                "Upsample",
                "Dropout",
                "TopK",
                "Split",
                "BatchNormalization"
            })
    void oldWordsMeanTheSame(String op) {
        Node bare = Node.of(op, "n", List.of("x"), List.of("y"));
        Graphs graph = Graphs.ofOpset(7);
        switch (op) {
            case "Clip" -> graph.node(bare.with("max", 0.5f));
            case "Pad" ->
                graph.node(bare.with("pads", 0L, 0L, 1L, 0L, 0L, 0L, 0L, 2L).with("value", 0.25f));
            case "Slice" ->
                graph.node(bare.with("starts", 1L, -2L).with("ends", 3L, 9L).with("axes", 1L, 3L));
            case "Squeeze" ->
                graph.node(Node.of("ReduceMax", "", List.of("x"), List.of("m")).with("axes", new long[] {2}))
                        .node(bare.reading("x", "m").with("axes", new long[] {2}));
            case "Unsqueeze", "ReduceSum" -> graph.node(bare.with("axes", new long[] {1}));
            case "TopK" -> graph.node(bare.withOutputs(List.of("y", "places")).with("k", 2L));
            case "Split" ->
                graph.node(bare.withOutputs(List.of("y", "rest"))
                        .with("split", 1L, 3L)
                        .with("axis", 2L));
            case "BatchNormalization" -> graph.batchNorm("bn", "x", "y", 3);
            case "Upsample" ->
                graph.node(Node.of("Upsample", "n", List.of("x"), List.of("y")).with("mode", "nearest"));
            default -> graph.node(bare);
        }
        if (op.equals("Upsample")) {
            // Until opset 8 the scales are an attribute of floats, which these graphs cannot write; opset 9 takes a
            // tensor.
            graph = Graphs.ofOpset(9)
                    .constant(Tensor.ofFloats("s", new long[] {4}, 1, 1, 2, 3))
                    .node(Node.of("Upsample", "n", List.of("x", "s"), List.of("y"))
                            .with("mode", "nearest"));
        }
        Model model = graph.model(SHAPE);
        OpsetRaise.Result raised = OpsetRaise.raise(model);
        assertThat(raised.blockers()).isEmpty();
        assertThat(raised.model().opset("")).isEqualTo(13);
        Map<String, Values> x = Graphs.input(3, SHAPE);
        assertThat(Graphs.run(raised.model(), x)).containsExactly(Graphs.run(model, x));
    }

    @Test
    void operatorsThatAreNotKnownStandInTheWay() {
        Model model = Graphs.ofOpset(11)
                .node("Round", "x", "r")
                .node("Hardswish", "r", "y")
                .model(SHAPE);
        OpsetRaise.Result raised = OpsetRaise.raise(model);
        assertThat(raised.blockers()).containsExactly("Hardswish \"y.node\"");
        assertThat(raised.model()).isSameAs(model);
    }
}
