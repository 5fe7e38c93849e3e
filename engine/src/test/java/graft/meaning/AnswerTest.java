package graft.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.OneInput;
import graft.network.FeatureFinder;
import graft.network.Importer;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which output counts: known from how the networks are put together here. */
class AnswerTest {
    private static final Path FILE = Path.of("net.onnx");

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Tensor> weights = new ArrayList<>();

    private String layer(String op, String from, String to, int... shape) {
        weights.add(Tensor.ofFloats(
                to + ".w",
                Arrays.stream(shape).asLongStream().toArray(),
                new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]));
        nodes.add(Node.of(op, to, List.of(from, to + ".w"), List.of(to)));
        return to;
    }

    private String node(String op, String from, String to) {
        nodes.add(Node.of(op, to, List.of(from), List.of(to)));
        return to;
    }

    private Model model(ValueInfo... outputs) {
        Model empty = Model.create("test", 8, 13);
        GraphEditor editor = empty.graph().edit();
        editor.inputs(List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(8), Dim.of(8))));
        weights.forEach(editor::put);
        editor.nodes().addAll(nodes);
        editor.outputs(List.of(outputs));
        Graph graph = editor.build();
        return empty.withGraph(graph).withOpset("ai.onnx.ml", 2);
    }

    private static ValueInfo rows(String name, int classes) {
        return ValueInfo.of(name, ElementType.FLOAT, Dim.free("N"), Dim.of(classes));
    }

    private Answer answer(Model model) {
        return Answer.of(FILE, model, Reading.USUAL);
    }

    /** A trunk of two convolutions with a classifier, and another classifier on the first of them. */
    private void withAuxiliary() {
        layer("Conv", "x", "c1", 4, 3, 1, 1);
        node("GlobalAveragePool", "c1", "p1");
        node("Flatten", "p1", "f1");
        layer("MatMul", "f1", "early", 4, 2);
        layer("Conv", "c1", "c2", 4, 4, 1, 1);
        node("GlobalAveragePool", "c2", "p2");
        node("Flatten", "p2", "f2");
        layer("MatMul", "f2", "late", 4, 2);
    }

    @Test
    void theClassifierLowerDownDoesNotWinWhereverItStands() {
        withAuxiliary();
        for (Model model :
                List.of(model(rows("early", 2), rows("late", 2)), model(rows("late", 2), rows("early", 2)))) {
            Answer found = answer(model);
            assertThat(found.output()).isEqualTo("late");
            assertThat(found.dropped()).containsExactly("early");
            assertThat(found.inWords()).hasValueSatisfying(words -> assertThat(words)
                    .contains("late is taken")
                    .contains("early is left aside")
                    .contains("--output"));
        }
    }

    @Test
    void theUserMayNameAnother() {
        withAuxiliary();
        Model model = model(rows("late", 2), rows("early", 2));
        assertThat(Answer.of(FILE, model, Reading.ofOutput(Optional.of("early")))
                        .output())
                .isEqualTo("early");
        assertThatThrownBy(() -> Answer.of(FILE, model, Reading.ofOutput(Optional.of("middle"))))
                .isInstanceOf(Refusal.class)
                .hasMessage("net.onnx has no output named middle; it has late, early. Name one of them with --output.");
    }

    @Test
    void theSameOutputDecidesWhereTheNewHeadStands() {
        withAuxiliary();
        Path file = folder.resolve("two.onnx");
        OnnxFile.write(model(rows("early", 2), rows("late", 2)), file);
        assertThat(FeatureFinder.find(Importer.open(file), Optional.empty())).isEqualTo("f2");
        assertThat(FeatureFinder.find(Importer.open(file, Reading.ofOutput(Optional.of("early"))), Optional.empty()))
                .isEqualTo("f1");
        assertThat(Importer.open(file).report().lines()).anyMatch(line -> line.contains("late is taken"));
    }

    @Test
    void anInnerMapBesideTheScoresIsNotTheAnswer() {
        withAuxiliary();
        ValueInfo map = ValueInfo.of("c2", ElementType.FLOAT, Dim.free("N"), Dim.of(4), Dim.of(8), Dim.of(8));
        assertThat(answer(model(map, rows("f2", 4), rows("late", 2))).output()).isEqualTo("late");
    }

    @Test
    void scoresWinOverLabelsMadeOfThem() {
        withAuxiliary();
        nodes.add(Node.of("Softmax", "soft", List.of("late"), List.of("p")).with("axis", 1L));
        nodes.add(Node.of("ArgMax", "best", List.of("p"), List.of("label")).with("axis", 1L));
        ValueInfo label = ValueInfo.of("label", ElementType.INT64, Dim.free("N"), Dim.of(1));
        assertThat(answer(model(label, rows("p", 2))).output()).isEqualTo("p");
        Answer alone = answer(model(label));
        assertThat(alone.output()).isEqualTo("label");
        assertThat(alone.scores()).isEqualTo("p");
        assertThat(alone.inWords())
                .hasValueSatisfying(words -> assertThat(words).contains("ArgMax"));
    }

    @Test
    void labelsThatAreLookedUpComeFromTheScoresBelow() {
        layer("Conv", "x", "c1", 4, 3, 1, 1);
        node("GlobalAveragePool", "c1", "p1");
        node("Flatten", "p1", "f");
        layer("MatMul", "f", "scores", 4, 2);
        weights.add(Tensor.ofLongs("numbers", new long[] {2}, 7, 9));
        nodes.add(Node.of("ArgMax", "best", List.of("scores"), List.of("place"))
                .with("axis", 1L)
                .with("keepdims", 0L));
        nodes.add(Node.of("Gather", "look", List.of("numbers", "place"), List.of("number")));
        nodes.add(Node.of("Cast", "cast", List.of("number"), List.of("label")).with("to", 6L));
        Answer found = answer(model(ValueInfo.of("label", ElementType.INT32, Dim.free("N"))));
        assertThat(found.scores()).isEqualTo("scores");
        assertThat(found.labelMakers().stream().map(Node::opType)).containsExactly("Cast", "Gather", "ArgMax");
    }

    @Test
    void batchNormsAndDropoutsThatLearnAreSwitchedAndSaid() {
        for (String name : List.of("scale", "shift", "mean", "variance")) {
            weights.add(Tensor.ofFloats(name, new long[] {3}, 1, 1, 1));
        }
        weights.add(Tensor.ofFloats("ratio", new long[0], 0.5f));
        weights.add(Tensor.ofBytes("on", ElementType.BOOL, new long[0], java.nio.ByteBuffer.wrap(new byte[] {1})));
        nodes.add(Node.of(
                        "BatchNormalization",
                        "norm",
                        List.of("x", "scale", "shift", "mean", "variance"),
                        List.of("n", "newMean", "newVariance"))
                .with("training_mode", 1L));
        nodes.add(Node.of("Dropout", "drop", List.of("n", "ratio", "on"), List.of("d")));
        Model model = model(ValueInfo.ofName("d"), ValueInfo.ofName("newMean")).withOpset("", 15);
        List<String> lines = new ArrayList<>();
        Graph off = TrainingMode.off(model, lines).graph();
        assertThat(off.producers().get("n").outputs()).containsExactly("n");
        assertThat(off.producers().get("n").attribute("training_mode", 0)).isZero();
        assertThat(off.producers().get("newMean").inputs()).containsExactly("mean");
        assertThat(off.producers().get("d").inputs()).containsExactly("n");
        assertThat(lines).hasSize(2).allMatch(line -> line.contains("training mode"));
        List<String> none = new ArrayList<>();
        Model withoutThem = model.withGraph(off);
        assertThat(TrainingMode.off(withoutThem, none)).isSameAs(withoutThem);
        assertThat(none).isEmpty();
    }

    @Test
    void anInputThatTakesNoExamplesIsFixedOrAskedFor() {
        layer("Conv", "x", "c1", 4, 3, 1, 1);
        Model model = model(ValueInfo.ofName("c1"));
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(
                ValueInfo.of("phase:0", ElementType.BOOL),
                ValueInfo.of("camera", ElementType.INT64, Dim.free("N"), Dim.of(2)),
                model.graph().inputs().get(0)));
        Model three = model.withGraph(editor.build());
        assertThatThrownBy(() -> OneInput.of(FILE, three.graph().inputs()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("net.onnx takes 3 inputs (x [N, 3, 8, 8], phase:0 [], camera [N, 2])")
                .hasMessageContaining("--input phase:0=false --input camera=0");
        List<String> lines = new ArrayList<>();
        Model fixed = FixedInputs.apply(FILE, three, Map.of("phase:0", "true", "camera", "4,5"), lines);
        assertThat(OneInput.of(FILE, fixed.graph().inputs()).name()).isEqualTo("x");
        assertThat(fixed.graph().initializers().get("phase:0").toLongs()).containsExactly(1);
        assertThat(fixed.graph().producers().get("camera").opType()).isEqualTo("Expand");
        assertThat(lines).hasSize(2);
        assertThatThrownBy(() -> FixedInputs.apply(FILE, three, Map.of("camera", "many"), lines))
                .hasMessageContaining("takes INT64; \"many\" is none");
        assertThatThrownBy(() -> FixedInputs.apply(FILE, three, Map.of("phase", "1"), lines))
                .hasMessageContaining("net.onnx has no input named phase");
    }
}
