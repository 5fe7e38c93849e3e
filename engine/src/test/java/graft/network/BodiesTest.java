package graft.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.gradcheck.GradientChecker;
import graft.gradcheck.GradientReport;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.RandomNumbers;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.progress.Note;
import graft.progress.Progress;
import graft.run.FineTuningResult;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import graft.train.FineTuner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodiesTest {
    @TempDir
    Path folder;

    private Path write(Consumer<GraphEditor> change) {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        change.accept(editor);
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(model.withGraph(editor.build()), file);
        return file;
    }

    private static Graph body(String name, Consumer<GraphEditor> change) {
        GraphEditor editor = Model.create("graft tests", 8, 13).graph().edit().named(name);
        change.accept(editor);
        return editor.build();
    }

    /** A branch that multiplies {@code p} by a gain of its own, both called the same in every branch. */
    private static Graph gains(String name, float gain) {
        return body(name, editor -> {
            editor.put(Tensor.ofFloats("gain", new long[] {1, 10, 1, 1}, filled(10, gain)));
            editor.nodes().add(Node.of("Mul", "scale", List.of("p", "gain"), List.of("scaled")));
            editor.outputs(List.of(ValueInfo.ofType("scaled", ElementType.FLOAT)));
        });
    }

    private static float[] filled(int size, float value) {
        float[] out = new float[size];
        java.util.Arrays.fill(out, value);
        return out;
    }

    private static Tensor truth(boolean value) {
        return Tensor.ofBytes(
                "cond", ElementType.BOOL, new long[0], ByteBuffer.wrap(new byte[] {(byte) (value ? 1 : 0)}));
    }

    private Path withBranches() {
        return write(editor -> {
            editor.put(truth(true));
            int flat = editor.nodes().size() - 2;
            editor.nodes()
                    .add(
                            flat,
                            Node.of("If", "choose", List.of("cond"), List.of("p2"))
                                    .with("then_branch", gains("yes", 1.5f))
                                    .with("else_branch", gains("no", 0.5f)));
            editor.replaceNodes(node -> node.name().equals("flat") ? node.withInputs(List.of("p2")) : node);
        });
    }

    @Test
    void weightsInBranchesAreLayersWithNamesOfTheirOwn() {
        Network network = Importer.open(withBranches());
        assertThat(network.layers()).extracting(Layer::name).containsExactly("conv", "conv2", "scale", "scale#2", "fc");
        assertThat(network.weights()).contains("gain", "choose/else_branch/gain");
        // by hand: two convolutions with batch norms, two gains of 10, a classifier of 4 · 10 + 4
        assertThat(network.parameters()).isEqualTo(162 + 12 + 540 + 20 + 20 + 44);
    }

    @Test
    void openingChangesNoAnswer() {
        Path file = withBranches();
        Map<String, Values> inputs = ExampleInputs.random(OnnxFile.read(file).graph(), 3, 1);
        try (OrtSession original = OrtSession.openPlain(OnnxFile.read(file));
                OrtSession opened = OrtSession.openPlain(Importer.open(file).model())) {
            assertThat(opened.run(inputs).get("y").toTensor("").toFloats())
                    .containsExactly(original.run(inputs).get("y").toTensor("").toFloats());
        }
    }

    @Test
    void weightsInABranchLearnAndAreWrittenBackInPlace() throws IOException {
        Path file = withBranches();
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 12);
        FineTuningResult result = FineTuner.run(
                Plans.of(file, data, folder.resolve("run"))
                        .trainable("all")
                        .epochs(2)
                        .build(),
                Progress.NONE);
        Graph written = OnnxFile.read(result.network()).graph();
        Node choice = written.nodes().stream()
                .filter(node -> node.opType().equals("If"))
                .findFirst()
                .orElseThrow();
        assertThat(written.initializers()).doesNotContainKeys("gain", "choose/else_branch/gain");
        assertThat(choice.graph("then_branch").initializers().get("gain").toFloats())
                .hasSize(10)
                .doesNotContain(1.5f);
        // the branch that was not taken had no gradient, and nothing decays
        assertThat(choice.graph("else_branch")
                        .initializers()
                        .get("choose/else_branch/gain")
                        .toFloats())
                .containsOnly(0.5f);
    }

    @Test
    void gradientsInBranchesAndLoopsAgreeWithTheSlopes() {
        Path file = write(editor -> {
            editor.put(Tensor.ofLongs("three", new long[0], 3));
            Graph round = body("round", inside -> {
                inside.put(Tensor.ofFloats("mix", new long[] {1, 10, 1, 1}, filled(10, 0.9f)));
                inside.inputs(List.of(
                        ValueInfo.of("i", ElementType.INT64),
                        ValueInfo.of("go", ElementType.BOOL),
                        ValueInfo.ofType("state", ElementType.FLOAT)));
                inside.nodes().add(Node.of("Mul", "mul", List.of("state", "mix"), List.of("m")));
                inside.nodes().add(Node.of("Tanh", "tanh", List.of("m"), List.of("next")));
                inside.nodes().add(Node.of("Identity", "on", List.of("go"), List.of("goes")));
                inside.outputs(
                        List.of(ValueInfo.of("goes", ElementType.BOOL), ValueInfo.ofType("next", ElementType.FLOAT)));
            });
            editor.nodes()
                    .add(
                            editor.nodes().size() - 2,
                            Node.of("Loop", "again", List.of("three", "", "p"), List.of("p2"))
                                    .with("body", round));
            editor.replaceNodes(node -> node.name().equals("flat") ? node.withInputs(List.of("p2")) : node);
        });
        assertThat(Importer.open(file).weights()).contains("mix");
        GradientReport report = GradientChecker.check(file, 4, 2, 1, 1, Progress.NONE);
        assertThat(report.failed()).isZero();
        assertThat(report.tensors())
                .filteredOn(tensor -> tensor.name().equals("mix"))
                .singleElement()
                .satisfies(tensor -> assertThat(tensor.sampled()).isPositive());
    }

    @Test
    void aNewHeadStandsBelowAClassifierThatLiesInBranches() {
        Path file = write(editor -> {
            editor.put(truth(true));
            editor.nodes().removeIf(node -> node.name().equals("fc"));
            for (String branch : List.of("yes", "no")) {
                editor.put(editor.initializers().get("fc.weight").named(branch + ".weight"));
            }
            editor.nodes()
                    .add(Node.of("If", "choose", List.of("cond"), List.of("y"))
                            .with("then_branch", classifier("yes"))
                            .with("else_branch", classifier("no")));
        });
        Network network = Importer.open(file);
        assertThat(network.layers()).extracting(Layer::name).contains("yes", "no");
        assertThat(FeatureFinder.find(network, Optional.empty())).isEqualTo("f");
    }

    private static Graph classifier(String name) {
        return body(name, editor -> {
            editor.nodes()
                    .add(Node.of("Gemm", "gemm", List.of("f", name + ".weight", "fc.bias"), List.of("scores"))
                            .with("transB", 1L));
            editor.outputs(List.of(ValueInfo.of("scores", ElementType.FLOAT, Dim.free("N"), Dim.of(4))));
        });
    }

    /** A branch with a batch norm that was exported while it learnt (until opset 13 more than one output says so). */
    private static Graph norm(String name) {
        return body(name, editor -> {
            editor.put(Tensor.ofFloats("s", new long[] {10}, filled(10, 1.5f)));
            editor.put(Tensor.ofFloats("b", new long[] {10}, filled(10, 0.1f)));
            editor.put(Tensor.ofFloats("m", new long[] {10}, filled(10, 0.2f)));
            editor.put(Tensor.ofFloats("v", new long[] {10}, filled(10, 2)));
            editor.nodes()
                    .add(Node.of(
                            "BatchNormalization",
                            "inner",
                            List.of("p", "s", "b", "m", "v"),
                            List.of("normed", "mean", "var")));
            editor.outputs(List.of(ValueInfo.ofType("normed", ElementType.FLOAT)));
        });
    }

    @Test
    void aBatchNormInABranchIsSwitchedToInferenceAndSaysThatItsStatisticsStay() throws IOException {
        Path file = write(editor -> {
            editor.put(truth(true));
            editor.nodes()
                    .add(
                            editor.nodes().size() - 2,
                            Node.of("If", "choose", List.of("cond"), List.of("p2"))
                                    .with("then_branch", norm("yes"))
                                    .with("else_branch", norm("no")));
            editor.replaceNodes(node -> node.name().equals("flat") ? node.withInputs(List.of("p2")) : node);
        });
        assertThat(Importer.open(file).report().lines())
                .anyMatch(line -> line.contains("exported in training mode: 2 batch norms use"));
        List<String> notes = new ArrayList<>();
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 24, 8);
        FineTuningResult result = FineTuner.run(
                Plans.of(file, data, folder.resolve("run"))
                        .trainable("all")
                        .epochs(1)
                        .build(),
                event -> {
                    if (event instanceof Note note) {
                        notes.add(note.message());
                    }
                });
        assertThat(notes).anyMatch(note -> note.startsWith("2 batch norms stand inside of If, Loop or Scan"));
        Graph branch = OnnxFile.read(result.network()).graph().nodes().stream()
                .filter(node -> node.opType().equals("If"))
                .findFirst()
                .orElseThrow()
                .graph("then_branch");
        assertThat(branch.initializers().get("m").toFloats()).containsExactly(filled(10, 0.2f));
        assertThat(branch.initializers().get("s").toFloats()).isNotEqualTo(filled(10, 1.5f));
    }

    /** Adds noise to what the head would stand on. */
    private Path withNoise() {
        return write(editor -> {
            int flat = editor.nodes().size() - 2;
            editor.nodes().add(flat, Node.of("Add", "blur", List.of("p", "n"), List.of("blurred")));
            editor.nodes().add(flat, Node.of("RandomNormalLike", "noise", List.of("p"), List.of("n")));
            editor.replaceNodes(node -> node.name().equals("flat") ? node.withInputs(List.of("blurred")) : node);
        });
    }

    @Test
    void aNetworkThatDrawsRandomNumbersIsSaidAndNotTrained() throws IOException {
        Path file = withNoise();
        assertThat(Importer.open(file).report().lines())
                .anyMatch(line -> line.contains("draws random numbers (RandomNormalLike \"noise\")"));
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 24, 8);
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(file, data, folder.resolve("run")).build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(file + " cannot be trained")
                .hasMessageContaining("RandomNormalLike \"noise\"")
                .hasMessageContaining("model.eval()")
                .hasMessageNotContaining("--lr");
        assertThatThrownBy(() -> GradientChecker.check(file, 1, 1, 1, 1, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("draws random numbers");
    }

    @Test
    void noiseThatReachesNoOutputIsNone() {
        Path file =
                write(editor -> editor.nodes().add(Node.of("RandomNormalLike", "noise", List.of("p"), List.of("n"))));
        assertThat(RandomNumbers.in(OnnxFile.read(file).graph())).isEmpty();
        assertThat(RandomNumbers.in(OnnxFile.read(withNoise()).graph())).contains("RandomNormalLike \"noise\"");
    }
}
