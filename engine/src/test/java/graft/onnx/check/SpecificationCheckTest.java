package graft.onnx.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.testdata.Shared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecificationCheckTest {
    private static final Tensor WEIGHT = Tensor.ofFloats("w", new long[] {8, 3, 3, 3}, new float[216]);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zerosize_zero2",
                "bomb_divmin",
                "attr_poolpadhuge",
                "attr_stride1e9",
                "dag_concat40",
                "input_huge"
            })
    void filesThatKillNativeLibrariesAreRefusedByName(String name) {
        Path file = Shared.path("faults/" + name + ".onnx");
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(name + ".onnx");
    }

    @Test
    void anOrdinaryConvolutionPasses() {
        assertThatCode(() -> SpecificationCheck.run(
                        model(conv().with("strides", 2, 2).with("pads", 1, 1, 1, 1), WEIGHT)))
                .doesNotThrowAnyException();
    }

    @Test
    void convolutionsMayNotBreakTheSpecification() {
        refused(conv().with("group", 0L), WEIGHT, "group must be at least 1, and is 0");
        refused(conv().with("group", 3L), WEIGHT, "do not divide into 3 groups");
        refused(conv().with("strides", 0, 1), WEIGHT, "strides must be at least 1, and is 0");
        refused(conv().with("dilations", 1, -1), WEIGHT, "dilations must be at least 1, and is -1");
        refused(conv().with("pads", 1, 1, 1), WEIGHT, "pads must hold 4 numbers, and holds 3");
        refused(conv().with("pads", -1, 1, 1, 1), WEIGHT, "pads must be at least 0");
        refused(conv().with("kernel_shape", 3, 5), WEIGHT, "kernel_shape and the kernel's sizes must be the same");
        refused(conv().with("dilations", 9, 9), WEIGHT, "a window of 19 does not fit into an input of 16");
        refused(conv(), Tensor.ofFloats("w", new long[] {8, 27}, new float[216]), "must have at least 3 axes");
        refused(conv(), Tensor.ofFloats("w", new long[] {8, 0, 3, 3}), "axis of size 0");
        refused(conv(), Tensor.ofFloats("w", new long[] {8, 4, 3, 3}, new float[288]), "are 3 and 4");
        refused(conv().with("pads", 1L << 40, 0, 0, 0), WEIGHT, "cannot be computed by any machine");
    }

    @Test
    void poolingNeedsAWindowThatFits() {
        Node pool = Node.of("MaxPool", "p", List.of("x"), List.of("y"));
        refused(pool, WEIGHT, "kernel_shape is required");
        refused(pool.with("kernel_shape", 2, 2, 2), WEIGHT, "must have 5 axes");
        refused(pool.with("kernel_shape", 17, 2), WEIGHT, "a window of 17 does not fit");
        refused(pool.with("kernel_shape", 2, 2).with("strides", 2, 0), WEIGHT, "strides must be at least 1");
    }

    @Test
    void shapesMustBePossible() {
        refused(Node.of("Reshape", "r", List.of("x", "w"), List.of("y")), longs(-1, -1), "only one size may be -1");
        refused(Node.of("Reshape", "r", List.of("x", "w"), List.of("y")), longs(1, -7), "at least -1");
        refused(Node.of("Transpose", "t", List.of("x"), List.of("y")).with("perm", 0, 1, 1, 2), WEIGHT, "perm");
        refused(Node.of("Gather", "g", List.of("x", "w"), List.of("y")).with("axis", 1L), longs(3), "index 3");
        refused(Node.of("Slice", "s", List.of("x", "a", "a", "a", "w"), List.of("y")), longs(0), "step of 0");
        refused(Node.of("ConstantOfShape", "c", List.of("w"), List.of("y")), longs(-4), "sizes must lie");
        refused(Node.of("Concat", "c", List.of("x", "x"), List.of("y")).with("axis", 4L), WEIGHT, "axis 4");
    }

    @Test
    void fewBytesMayNotAskForTerabytes() {
        refused(
                Node.of("ConstantOfShape", "c", List.of("w"), List.of("y")),
                longs(1 << 20, 1 << 20),
                "1.10e+12 numbers");
        refused(Node.of("Expand", "e", List.of("x", "w"), List.of("y")), longs(1 << 16, 3, 16, 16), "5.03e+07 numbers");
        refused(Node.of("Tile", "t", List.of("x", "w"), List.of("y")), longs(1, 1 << 20, 1, 9), "numbers");
    }

    @Test
    void doublingAgainAndAgainIsSeenBeforeItIsComputed() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String from = i == 0 ? "x" : "d" + (i - 1);
            nodes.add(Node.of("Concat", "d" + i, List.of(from, from), List.of("d" + i))
                    .with("axis", 1L));
        }
        assertThatThrownBy(() -> SpecificationCheck.run(model(nodes, "d39", WEIGHT)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Concat \"d14\" makes a tensor of shape [any, 98304, 16, 16]");
    }

    private static Node conv() {
        return Node.of("Conv", "c", List.of("x", "w"), List.of("y"));
    }

    private static Tensor longs(long... values) {
        return Tensor.ofLongs("w", new long[] {values.length}, values);
    }

    private static void refused(Node node, Tensor weight, String demand) {
        assertThatThrownBy(() -> SpecificationCheck.run(model(node, weight)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(node.toString())
                .hasMessageContaining(demand);
    }

    private static Model model(Node node, Tensor weight) {
        return model(List.of(node), "y", weight);
    }

    /** One input {@code x [N, 3, 16, 16]}. */
    private static Model model(List<Node> nodes, String output, Tensor weight) {
        Model empty = Model.create("test", 8, 13);
        GraphEditor editor = empty.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(16), Dim.of(16))));
        editor.put(weight);
        editor.nodes().addAll(nodes);
        editor.outputs(List.of(ValueInfo.ofName(output)));
        return empty.withGraph(editor.build());
    }
}
