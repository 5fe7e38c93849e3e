package graft.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.channels.ChannelGroups.Channel;
import graft.channels.ChannelGroups.Group;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelGroupsTest {
    private static final List<String> NORM = List.of("bn.weight", "bn.bias", "bn.mean", "bn.var");

    @TempDir
    Path folder;

    private static Tensor random(String name, long... shape) {
        Random random = new Random(name.hashCode());
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.2f + random.nextFloat();
        }
        return Tensor.ofFloats(name, shape, values);
    }

    private static Node conv(String name, String in, String out) {
        return Node.of("Conv", name, List.of(in, name + ".weight"), List.of(out));
    }

    private static GraphEditor begun() {
        GraphEditor editor = Model.create("graft tests", 8, 13).graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8))));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(4))));
        return editor;
    }

    private static Model built(GraphEditor editor) {
        return Model.create("graft tests", 8, 13).withGraph(editor.build());
    }

    /**
     * A residual add around a depthwise convolution (r, 6 channels), a shortcut by Slice and Pad to 10 channels (2 of zeros on
     * either side), a Concat of them with 4 more, a Reshape that flattens 14 channels of 4x4, a classifier.
     */
    private static Model residual() {
        GraphEditor editor = begun();
        editor.put(random("a.weight", 6, 3, 3, 3));
        NORM.forEach(name -> editor.put(random(name, 6)));
        editor.put(random("dw.weight", 6, 1, 3, 3));
        editor.put(random("b.weight", 6, 6, 1, 1));
        editor.put(random("down.weight", 10, 6, 3, 3));
        editor.put(random("more.weight", 4, 10, 1, 1));
        editor.put(random("fc.weight", 4, 224));
        editor.put(Tensor.ofLongs("zero", new long[] {2}, 0, 0));
        editor.put(Tensor.ofLongs("end", new long[] {2}, 8, 8));
        editor.put(Tensor.ofLongs("axes", new long[] {2}, 2, 3));
        editor.put(Tensor.ofLongs("two", new long[] {2}, 2, 2));
        editor.put(Tensor.ofLongs("pads", new long[] {8}, 0, 2, 0, 0, 0, 2, 0, 0));
        editor.put(Tensor.ofLongs("flat", new long[] {2}, -1, 224));
        editor.nodes()
                .addAll(List.of(
                        conv("a", "x", "a").with("pads", 1L, 1L, 1L, 1L),
                        Node.of(
                                "BatchNormalization",
                                "bn",
                                List.of("a", "bn.weight", "bn.bias", "bn.mean", "bn.var"),
                                List.of("n")),
                        Node.of("Relu", "relu", List.of("n"), List.of("r")),
                        conv("dw", "r", "d").with("group", 6).with("pads", 1L, 1L, 1L, 1L),
                        conv("b", "d", "b"),
                        Node.of("Add", "add", List.of("r", "b"), List.of("s")),
                        Node.of("Slice", "every", List.of("s", "zero", "end", "axes", "two"), List.of("small")),
                        Node.of("Pad", "wider", List.of("small", "pads"), List.of("padded")),
                        conv("down", "s", "c").with("pads", 1L, 1L, 1L, 1L).with("strides", 2L, 2L),
                        Node.of("Add", "add2", List.of("padded", "c"), List.of("t")),
                        conv("more", "t", "m"),
                        Node.of("Concat", "join", List.of("t", "m"), List.of("all"))
                                .with("axis", 1L),
                        Node.of("Reshape", "flatten", List.of("all", "flat"), List.of("f")),
                        Node.of("Gemm", "fc", List.of("f", "fc.weight"), List.of("y"))
                                .with("transB", 1L)));
        return built(editor);
    }

    private static float[] answers(Model model) {
        try (OrtSession session = OrtSession.openPlain(model)) {
            return session.run(ExampleInputs.random(model.graph(), 1, 3), "y")
                    .toTensor("y")
                    .toFloats();
        }
    }

    private static List<Group> free(ChannelGroups groups) {
        return groups.groups().stream().filter(group -> group.held().isEmpty()).toList();
    }

    @Test
    void whatIsAddedPaddedAndConvolvedByChannelIsOneGroup() {
        ChannelGroups groups = ChannelGroups.of(residual(), true);
        assertThat(free(groups)).extracting(group -> group.channels().size()).containsExactlyInAnyOrder(6, 4, 4);
        Channel first = free(groups).get(0).channels().get(0);
        assertThat(first.places().keySet())
                .extracting(place -> place.weight() + " " + place.axis())
                .containsExactlyInAnyOrder(
                        "a.weight 0",
                        "bn.weight 0",
                        "bn.bias 0",
                        "bn.mean 0",
                        "bn.var 0",
                        "dw.weight 0",
                        "b.weight 0",
                        "b.weight 1",
                        "down.weight 1",
                        "down.weight 0",
                        "more.weight 1",
                        "fc.weight 1");
        // The first channel of r is behind two of zeros, and its 16 places are flattened behind theirs.
        assertThat(first.places().get(new ChannelGroups.Place("down.weight", 0)))
                .containsExactly(2);
        assertThat(first.places().get(new ChannelGroups.Place("fc.weight", 1)))
                .hasSize(16)
                .startsWith(32);
        assertThat(groups.held()).isEmpty();
    }

    private static Model zeroed(Model model, Channel channel) {
        GraphEditor editor = model.graph().edit();
        channel.places().forEach((place, at) -> {
            Tensor weight = editor.initializers().get(place.weight());
            long[] shape = weight.shape();
            float[] values = weight.toFloats();
            int behind =
                    (int) Arrays.stream(shape, place.axis() + 1, shape.length).reduce(1, (a, b) -> a * b);
            for (int i = 0; i < values.length; i++) {
                if (at.contains((int) (i / behind % shape[place.axis()]))) {
                    values[i] = 0;
                }
            }
            editor.put(Tensor.ofFloats(place.weight(), shape, values));
        });
        return model.withGraph(editor.build());
    }

    @Test
    void withoutAChannelOfZerosTheAnswersAreTheSame() {
        Model whole = residual();
        ChannelGroups groups = ChannelGroups.of(whole, true);
        for (Group group : free(groups)) {
            for (int number : new int[] {0, group.channels().size() - 1}) {
                Channel channel = group.channels().get(number);
                Model zeroed = zeroed(whole, channel);
                assertThat(answers(zeroed)).isNotEqualTo(answers(whole));
                Model without = ChannelGroups.of(zeroed, true).without(List.of(channel));
                assertThat(without.graph().initializers().get("fc.weight").size())
                        .isLessThan(
                                whole.graph().initializers().get("fc.weight").size());
                float[] expected = answers(zeroed);
                float[] found = answers(without);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found[i]).isCloseTo(expected[i], within(1e-4f * Math.abs(expected[i])));
                }
            }
        }
    }

    /** Halves of a Split that are multiplied go in pairs. */
    @Test
    void aSplitKeepsItsHalvesAlike() {
        GraphEditor editor = begun();
        editor.put(random("a.weight", 6, 3, 1, 1));
        editor.put(random("fc.weight", 3, 4));
        editor.nodes()
                .addAll(List.of(
                        conv("a", "x", "a"),
                        Node.of("Split", "halves", List.of("a"), List.of("u", "v"))
                                .with("axis", 1L),
                        Node.of("Mul", "gate", List.of("u", "v"), List.of("g")),
                        Node.of("ReduceMean", "mean", List.of("g"), List.of("p"))
                                .with("axes", 2L, 3L)
                                .with("keepdims", 0L),
                        Node.of("MatMul", "fc", List.of("p", "fc.weight"), List.of("y"))));
        Model whole = built(editor);
        ChannelGroups groups = ChannelGroups.of(whole, true);
        Group pairs = free(groups).get(0);
        assertThat(pairs.channels()).hasSize(3);
        Channel middle = pairs.channels().get(1);
        assertThat(middle.places().get(new ChannelGroups.Place("a.weight", 0))).containsExactly(1, 4);
        Model zeroed = zeroed(whole, middle);
        assertThat(answers(ChannelGroups.of(zeroed, true).without(List.of(middle))))
                .isEqualTo(answers(zeroed));
    }

    private Path file(Model model) {
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model, file);
        return file;
    }

    private static Model two(long groups) {
        GraphEditor editor = begun();
        editor.put(Tensor.ofFloats("a.weight", new long[] {4, 3, 1, 1}, 1, 1, 1, 3, 3, 3, 2, 2, 2, 4, 4, 4));
        editor.put(random("g.weight", 4, 4 / groups, 1, 1));
        editor.put(random("fc.weight", 4, 4));
        editor.nodes()
                .addAll(List.of(
                        conv("a", "x", "a"),
                        conv("g", "a", "g").with("group", groups),
                        Node.of("GlobalAveragePool", "pool", List.of("g"), List.of("p")),
                        Node.of("Flatten", "flat", List.of("p"), List.of("f")),
                        Node.of("Gemm", "fc", List.of("f", "fc.weight"), List.of("y"))));
        return built(editor);
    }

    private float[] slimmed(Importance keep) {
        Path out = folder.resolve(keep + ".onnx");
        Slimmer.run(new Slimmer.Plan(file(two(4)), Reading.USUAL, 0.5, keep, out));
        return OnnxFile.read(out).graph().initializers().get("a.weight").toFloats();
    }

    /** The fourth channel has the largest weights by far. */
    @Test
    void theLargestStayOrTheFirst() {
        assertThat(slimmed(Importance.FIRST)).containsExactly(1, 1, 1, 3, 3, 3);
        assertThat(slimmed(Importance.LARGEST)).hasSize(6).containsSubsequence(4, 4, 4);
    }

    @Test
    void whatCannotBeMadeSlimmerIsRefusedByTheNameOfTheLayer() {
        Path out = folder.resolve("out.onnx");
        assertThatThrownBy(
                        () -> Slimmer.run(new Slimmer.Plan(file(two(2)), Reading.USUAL, 0.5, Importance.LARGEST, out)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Conv \"g\" keeps those of a.weight");
        assertThat(out).doesNotExist();
    }
}
