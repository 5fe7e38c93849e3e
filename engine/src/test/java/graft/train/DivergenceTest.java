package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.evaluate.Evaluator;
import graft.image.ImageData;
import graft.network.Importer;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.Epoch;
import graft.run.Position;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceTest {
    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void networkAndData() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 60, 30);
    }

    private Plans plan() {
        return Plans.of(network, data, folder.resolve("run"));
    }

    private static Epoch epoch(int number, double valLoss, double valAccuracy) {
        return new Epoch(number, 1, 1, 1, valLoss, valAccuracy, "accuracy", 0);
    }

    @Test
    void amongEpochsOfOneAccuracyTheLowerLossIsBetterAndTheEarlierOfEqualLosses() {
        Position position = Position.START;
        assertThat(position.isBetter(epoch(1, 9, 0), true)).isTrue();
        position = position.afterEpoch(epoch(1, 0.7, 0.9), true, 0);
        assertThat(position.isBetter(epoch(2, 0.6, 0.9), true)).isTrue();
        assertThat(position.isBetter(epoch(2, 0.7, 0.9), true)).isFalse();
        assertThat(position.isBetter(epoch(2, 0.1, 0.8), true)).isFalse();
        assertThat(position.isBetter(epoch(2, 5, 0.91), true)).isTrue();
        // An error, less of which is better.
        assertThat(position.isBetter(epoch(2, 0.8, 0.7), false)).isTrue();
        assertThat(position.isBetter(epoch(2, 0.1, 0.95), false)).isFalse();
    }

    @Test
    void aRunThatKeepsItsAccuracyKeepsTheEpochWithTheLowestLoss() throws IOException {
        // A rate so small that no answer changes, while the loss falls from epoch to epoch.
        FineTuningResult result =
                FineTuner.run(plan().epochs(4).learningRate(1e-6).build(), Progress.NONE);
        assertThat(result.epochs().stream().map(Epoch::valAccuracy).distinct().count())
                .isEqualTo(1);
        double lowest =
                result.epochs().stream().mapToDouble(Epoch::valLoss).min().orElseThrow();
        assertThat(result.epochs().get(result.bestEpoch() - 1).valLoss()).isEqualTo(lowest);
        assertThat(result.epochs().get(0).valLoss()).isGreaterThan(lowest);
    }

    @Test
    void aRunThatDivergesAtOnceIsRefusedAndNamesTheRate() {
        assertThatThrownBy(() ->
                        FineTuner.run(plan().trainable("all").learningRate(1e8).build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("in epoch 1")
                .hasMessageContaining("--lr (it was 1.0E8)")
                .hasMessageContaining("Nothing was written");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aRunThatDivergesLaterKeepsTheBestEpochBefore() {
        // AdamW decays by 1 − lr · decay = −2.2 at each step: the weights double until they leave what can be computed.
        List<Event> events = new ArrayList<>();
        FineTuningResult result = FineTuner.run(
                Plans.of(network, data, folder.resolve("run"))
                        .adamW()
                        .epochs(400)
                        .learningRate(0.4)
                        .weightDecay(8)
                        .build(),
                events::add);
        assertThat(result.status()).isEqualTo("finished");
        assertThat(result.remarks().get(0))
                .contains("The loss became")
                .contains("--weight-decay (it was 8.0)")
                .contains("The network is that of epoch " + result.bestEpoch());
        assertThat(result.epochs()).hasSizeLessThan(400).allMatch(e -> Double.isFinite(e.valLoss()));
        assertThat(result.parityMaxAbs()).isFinite();
        assertThat(result.network()).exists();
        try (Evaluator evaluator = Evaluator.open(result.network(), 1)) {
            assertThat(evaluator).isNotNull();
        }
    }

    @Test
    void weightsThatAreNoNumbersAreNamedAndNotTrained() {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        editor.put(Tensor.ofFloats("bn.running_mean", new long[] {6}, 0, 0, Float.NaN, 0, 0, 0));
        OnnxFile.write(model.withGraph(editor.build()), network);
        assertThat(Importer.open(network).report().lines())
                .anyMatch(line -> line.contains("bn.running_mean (NaN, 1 of its 6 numbers)"));
        assertThatThrownBy(() -> FineTuner.run(plan().build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(network.toString())
                .hasMessageContaining("bn.running_mean (NaN, 1 of its 6 numbers)");
    }

    @Test
    void brokenWeightsOfTheClassifierThatIsReplacedDoNotMatter() {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        editor.put(Tensor.ofFloats("fc.bias", new long[] {4}, Float.POSITIVE_INFINITY, 0, 0, 0));
        OnnxFile.write(model.withGraph(editor.build()), network);
        assertThat(FineTuner.run(plan().epochs(1).build(), Progress.NONE).valAccuracy())
                .isBetween(0.0, 1.0);
    }

    @Test
    void anExampleThatTheNetworkCannotComputeIsNamed() throws IOException {
        // 1 / x on the way: finite for every example but the one of zeros, far behind those of the first look.
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(graft.onnx.ValueInfo.of(
                "x",
                graft.onnx.ElementType.FLOAT,
                graft.onnx.ValueInfo.Dim.free("N"),
                graft.onnx.ValueInfo.Dim.of(1))));
        editor.put(Tensor.ofFloats("w", new long[] {1, 2}, 1, 1));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Reciprocal", "turn", List.of("x"), List.of("r")),
                        Node.of("MatMul", "fc", List.of("r", "w"), List.of("y"))));
        editor.outputs(List.of(graft.onnx.ValueInfo.of(
                "y",
                graft.onnx.ElementType.FLOAT,
                graft.onnx.ValueInfo.Dim.free("N"),
                graft.onnx.ValueInfo.Dim.of(2))));
        OnnxFile.write(model.withGraph(editor.build()), network);
        Path numbers = NpzFiles.numbers(folder.resolve("numbers.npz"), List.of(1f, 2f, 3f, 4f, 5f, 0f, 7f, 8f));
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(network, numbers, folder.resolve("run"))
                                .inOrder()
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("x_train[5]")
                .hasMessageContaining("before anything learns from it");
    }

    @Test
    void anExampleFarOutOfLineIsNamedNotTheRate() throws IOException {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(graft.onnx.ValueInfo.of(
                "x",
                graft.onnx.ElementType.FLOAT,
                graft.onnx.ValueInfo.Dim.free("N"),
                graft.onnx.ValueInfo.Dim.of(1))));
        editor.put(Tensor.ofFloats("w", new long[] {1, 2}, 1, 1));
        editor.nodes().add(Node.of("MatMul", "fc", List.of("x", "w"), List.of("y")));
        editor.outputs(List.of(graft.onnx.ValueInfo.of(
                "y",
                graft.onnx.ElementType.FLOAT,
                graft.onnx.ValueInfo.Dim.free("N"),
                graft.onnx.ValueInfo.Dim.of(2))));
        OnnxFile.write(model.withGraph(editor.build()), network);
        Path numbers = NpzFiles.numbers(folder.resolve("numbers.npz"), List.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, -1e15f));
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(network, numbers, folder.resolve("run")).build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(numbers + ": x_train[7] holds a number of 1.00e+15")
                .hasMessageNotContaining("--lr");
    }

    @Test
    void aLossFarAboveGuessingIsRemarked() {
        FineTuningPlan plan = plan().build();
        DataSet four = ImageData.open(data, Optional.empty(), DataOptions.DEFAULT, Progress.NONE);
        assertThat(Divergence.remark(epoch(3, 13, 0.5), plan, four, Math.log(4)))
                .isEmpty(); // 10 · ln 4 = 13.9
        assertThat(Divergence.remark(epoch(3, 15, 0.5), plan, four, Math.log(4)).orElseThrow())
                .contains("guessing has 1.39")
                .contains("--lr (it was 0.01)");
    }

    @Test
    void aMaskOfMinusInfinityIsNoBrokenWeight() {
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        editor.put(Tensor.ofFloats("mask", new long[] {2}, 0, Float.NEGATIVE_INFINITY));
        assertThat(graft.onnx.NonFinite.inWeights(editor.build())).isEqualTo(Optional.empty());
    }

    @Test
    void whatTheRunFolderHoldsOfSomebodyElseIsKept() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        Files.writeString(run.resolve("network.onnx"), "the user's");
        assertThatThrownBy(() -> FineTuner.run(plan().build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(run.resolve("network.onnx") + " exists already");
        assertThat(run.resolve("network.onnx")).hasContent("the user's");
        assertThat(run.toFile().list()).containsExactly("network.onnx");
    }

    /** The batch is cut to nothing. */
    @Test
    void aNetworkWithoutARowForEachExampleIsRefused() throws IOException {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(graft.onnx.ValueInfo.ofType("x", graft.onnx.ElementType.FLOAT)));
        editor.put(Tensor.ofFloats("w", new long[] {1, 2}, 1, 1));
        editor.put(Tensor.ofLongs("from", new long[] {1}, 0));
        editor.put(Tensor.ofLongs("to", new long[] {1}, 0));
        editor.nodes()
                .addAll(List.of(
                        Node.of("Slice", "cut", List.of("x", "from", "to"), List.of("none")),
                        Node.of("MatMul", "fc", List.of("none", "w"), List.of("y"))));
        editor.outputs(List.of(graft.onnx.ValueInfo.ofType("y", graft.onnx.ElementType.FLOAT)));
        OnnxFile.write(model.withGraph(editor.build()), network);
        Path numbers = NpzFiles.numbers(folder.resolve("numbers.npz"), List.of(1f, 2f, 3f, 4f));
        assertThatThrownBy(() -> FineTuner.run(
                        Plans.of(network, numbers, folder.resolve("run"))
                                .trainable("all")
                                .build(),
                        Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(network.toString())
                .hasMessageContaining("not with one row for each");
    }
}
