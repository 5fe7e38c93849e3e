package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.Engine;
import graft.Refusal;
import graft.network.Importer;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.ops.Precision;
import graft.ops.TorchEngine.Hardware;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.Computing;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.Shared;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTunerTest {
    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void networkAndData() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 200, 60);
    }

    private Plans plan() {
        return Plans.of(network, data, folder.resolve("run"));
    }

    @Test
    void whatIsFrozenIsTheSameInBothFilesAndWhatLearnsIsNot() {
        FineTuningResult result = FineTuner.run(plan().trainable("last:1").build(), Progress.NONE);
        Map<String, Tensor> before = OnnxFile.read(network).graph().initializers();
        Map<String, Tensor> after = OnnxFile.read(result.network()).graph().initializers();
        for (String frozen : List.of("conv.weight", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var")) {
            assertThat(after.get(frozen).bytes())
                    .as(frozen)
                    .isEqualTo(before.get(frozen).bytes());
        }
        for (String learnt : List.of("conv2.weight", "bn2.weight", "bn2.bias", "bn2.running_mean", "bn2.running_var")) {
            assertThat(after.get(learnt).bytes())
                    .as(learnt)
                    .isNotEqualTo(before.get(learnt).bytes());
        }
        assertThat(result.frozenUnchanged()).isTrue();
        assertThat(result.frozenTensors()).isEqualTo(5);
    }

    @Test
    void everythingLearningBeatsGuessing() {
        FineTuningResult result = FineTuner.run(
                plan().trainable("all").epochs(8).adamW().learningRate(0.01).build(), Progress.NONE);
        assertThat(result.valAccuracy()).isGreaterThan(0.6); // four classes
        assertThat(result.epochs().get(7).trainLoss())
                .isLessThan(result.epochs().get(0).trainLoss());
    }

    @Test
    void theFileHasTheWeightsOfTheBestEpoch() {
        FineTuningResult result = FineTuner.run(
                plan().trainable("all").epochs(6).adamW().learningRate(0.03).build(), Progress.NONE);
        double best = result.epochs().stream()
                .mapToDouble(FineTuningResult.Epoch::valAccuracy)
                .max()
                .orElseThrow();
        assertThat(result.valAccuracy()).isEqualTo(best);
        assertThat(result.epochs().get(result.bestEpoch() - 1).valAccuracy()).isEqualTo(best);
    }

    @Test
    void aRunRepeatsToTheByte() throws IOException {
        byte[] first = Files.readAllBytes(
                FineTuner.run(plan().trainable("all").build(), Progress.NONE).network());
        FineTuningPlan again = Plans.of(network, data, folder.resolve("again"))
                .trainable("all")
                .build();
        assertThat(Files.readAllBytes(FineTuner.run(again, Progress.NONE).network()))
                .isEqualTo(first);
    }

    @Test
    void earlyStoppingEndsARunThatGetsNoBetter() {
        // So small a rate changes no weight: every epoch is as good as the first, in loss as in accuracy.
        FineTuningResult result =
                FineTuner.run(plan().epochs(60).learningRate(1e-30).earlyStop(2).build(), Progress.NONE);
        assertThat(result.bestEpoch()).isEqualTo(1);
        assertThat(result.epochs()).hasSize(3);
    }

    @Test
    void aNetworkThatTakesOneExampleAtATimeLearnsTheSame() {
        // The last Reshape has the batch in a place that cannot be freed, so examples go one by one.
        Model model = TinyNetworks.convolutional();
        GraphEditor editor = model.graph().edit();
        editor.inputs(List.of(ValueInfo.of(
                "x", ElementType.FLOAT, Dim.of(1), Dim.of(3), Dim.of(TinyNetworks.SIZE), Dim.of(TinyNetworks.SIZE))));
        editor.put(Tensor.ofLongs("rows", new long[] {2}, 10, 1));
        editor.nodes()
                .replaceAll(node -> node.opType().equals("Flatten")
                        ? Node.of("Reshape", "turn", List.of("p", "rows"), List.of("turned"))
                        : node);
        int gemm = editor.nodes().size() - 1;
        editor.nodes()
                .add(
                        gemm,
                        Node.of("Transpose", "back", List.of("turned"), List.of("f"))
                                .with("perm", 1L, 0L));
        Path fixed = folder.resolve("fixed.onnx");
        OnnxFile.write(model.withGraph(editor.build()), fixed);
        assertThat(Importer.open(fixed).report().fixedBatch()).isEqualTo(1);
        FineTuningPlan free = plan().epochs(1).inOrder().build();
        FineTuningPlan oneByOne = Plans.of(fixed, data, folder.resolve("fixed"))
                .epochs(1)
                .inOrder()
                .build();
        float[] expected = OnnxFile.read(FineTuner.run(free, Progress.NONE).network())
                .graph()
                .initializers()
                .get("head.weight")
                .toFloats();
        float[] actual = OnnxFile.read(FineTuner.run(oneByOne, Progress.NONE).network())
                .graph()
                .initializers()
                .get("head.weight")
                .toFloats();
        assertThat(actual).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
    }

    @Test
    void batchesWhoseGradientsAreAddedUpEqualOneBatch() {
        // 200 = 4·42 + 32: the last step has four whole batches of 7 and one of 4.
        OnnxFile.write(TinyNetworks.branching(), network);
        for (String trainable : List.of("all", "head")) {
            Map<String, Tensor> whole = learnt(trainable, 42, 1);
            Map<String, Tensor> addedUp = learnt(trainable, 7, 6);
            assertThat(whole.keySet()).contains("b.weight", "head.weight");
            assertAlike(addedUp, whole, 1e-5f);
        }
    }

    @Test
    void computingResultsAgainLearnsTheSame() {
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Computing sparing = new Computing(Hardware.CPU, Precision.FP32, true);
        FineTuningPlan usual = everything("usual", Computing.USUAL);
        Map<String, Tensor> wanted = tensors(FineTuner.run(usual, Progress.NONE));
        Map<String, Tensor> found = tensors(FineTuner.run(everything("sparing", sparing), Progress.NONE));
        assertThat(wanted.keySet()).contains("conv.weight", "head.weight");
        assertAlike(found, wanted, 1e-4f);
    }

    @Test
    void lessPrecisionLearnsNearlyTheSameAndIsExportedAsPreciselyAsEver() {
        OnnxFile.write(TinyNetworks.convolutional(), network);
        FineTuningResult usual = FineTuner.run(everything("usual", Computing.USUAL), Progress.NONE);
        Computing rounded = new Computing(Hardware.CPU, Precision.BF16, false);
        FineTuningResult result = FineTuner.run(everything("rounded", rounded), Progress.NONE);
        assertThat(result.parityMaxAbs()).isLessThan(1e-4);
        assertThat(result.epochs().get(1).valLoss())
                .isCloseTo(usual.epochs().get(1).valLoss(), within(0.05));
        float[] wanted = tensors(usual).get("conv.weight").toFloats();
        assertThat(tensors(result).get("conv.weight").toFloats())
                .isNotEqualTo(wanted)
                .usingComparatorWithPrecision(0.02f)
                .containsExactly(wanted);
    }

    @Test
    void hardwareThatIsNotThereIsRefused() {
        Computing elsewhere = new Computing(Hardware.CUDA, Precision.FP32, false);
        assumeThat(Engine.getEngine("PyTorch").getGpuCount()).isZero();
        assertThatThrownBy(() -> FineTuner.run(plan().computing(elsewhere).build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no CUDA device")
                .hasMessageContaining("--device");
    }

    private static void assertAlike(Map<String, Tensor> found, Map<String, Tensor> wanted, float precision) {
        wanted.forEach((name, tensor) -> assertThat(found.get(name).toFloats())
                .as(name)
                .usingComparatorWithPrecision(precision)
                .containsExactly(tensor.toFloats()));
    }

    private FineTuningPlan everything(String out, Computing computing) {
        return Plans.of(network, data, folder.resolve(out))
                .trainable("all")
                .epochs(2)
                .learningRate(0.05)
                .computing(computing)
                .build();
    }

    private static Map<String, Tensor> tensors(FineTuningResult result) {
        return OnnxFile.read(result.network()).graph().initializers();
    }

    private Map<String, Tensor> learnt(String trainable, int batch, int accumulate) {
        FineTuningPlan plan = Plans.of(network, data, folder.resolve(trainable + batch))
                .trainable(trainable)
                .batch(batch)
                .accumulate(accumulate)
                .epochs(2)
                .learningRate(0.05)
                .build();
        return tensors(FineTuner.run(plan, Progress.NONE));
    }

    @Test
    void headOnlyEpochsRunOnFeaturesComputedOnce() {
        FineTuningResult result = FineTuner.run(plan().build(), Progress.NONE);
        assertThat(result.featureCache().views()).isEqualTo(1);
        assertThat(result.featureCache().bytes()).isEqualTo((200 + 60) * 10 * 4);
        assertThat(folder.resolve("run/cache")).doesNotExist();
    }

    @Test
    void aCancelledRunLeavesACheckpointAndNoNetwork() {
        List<Event> events = new ArrayList<>();
        FineTuningResult result = FineTuner.run(plan().epochs(50).build(), new Progress() {
            @Override
            public void report(Event event) {
                events.add(event);
            }

            @Override
            public boolean isCancelled() {
                return events.stream().anyMatch(event -> event.kind().equals("epoch"));
            }
        });
        assertThat(result.status()).isEqualTo("interrupted");
        assertThat(folder.resolve("run/checkpoint.safetensors")).exists();
        assertThat(folder.resolve("run/network.onnx")).doesNotExist();
        FineTuningResult resumed = FineTuner.resume(folder.resolve("run"), Progress.NONE);
        assertThat(resumed.epochs()).hasSize(50);
    }

    @Test
    void whoHasEnoughGetsTheBestSoFarAndMayGoOn() throws IOException {
        List<Event> events = new ArrayList<>();
        FineTuningPlan plan = plan().trainable("last:1").epochs(5).build();
        FineTuningResult result = FineTuner.run(plan, new Progress() {
            @Override
            public void report(Event event) {
                events.add(event);
            }

            @Override
            public boolean isEnoughAsked() {
                return events.stream().anyMatch(event -> event.kind().equals("step"));
            }
        });
        assertThat(result.status()).isEqualTo("stopped");
        assertThat(result.epochs()).hasSize(1);
        assertThat(result.network()).exists();
        assertThat(events).filteredOn(event -> event.kind().equals("step")).hasSize(1);

        FineTuningResult resumed = FineTuner.resume(folder.resolve("run"), Progress.NONE);
        FineTuningResult whole = FineTuner.run(
                plan().trainable("last:1")
                        .epochs(5)
                        .out(folder.resolve("whole"))
                        .build(),
                Progress.NONE);
        assertThat(resumed.status()).isEqualTo("finished");
        assertThat(resumed.epochs()).hasSize(5);
        assertThat(resumed.network()).hasSameBinaryContentAs(whole.network());
        assertThat(FineTuner.resume(folder.resolve("run"), Progress.NONE).epochs())
                .as("a finished one answers with its result")
                .isEqualTo(resumed.epochs());
    }

    @Test
    void divergenceIsSaidInWords() {
        FineTuningPlan plan = plan().trainable("all").learningRate(1e9).build();
        assertThatThrownBy(() -> FineTuner.run(plan, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("training diverged")
                .hasMessageContaining("--lr");
    }

    @Test
    void aFolderThatHoldsARunIsNotOverwritten() {
        FineTuner.run(plan().build(), Progress.NONE);
        assertThatThrownBy(() -> FineTuner.run(plan().build(), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("already holds a run");
    }

    @Test
    void aRunRefusedBeforeItLearntAnythingLeavesNoTrace() {
        FineTuningPlan plan = plan().trainable("nothing*").build();
        assertThatThrownBy(() -> FineTuner.run(plan, Progress.NONE)).isInstanceOf(Refusal.class);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aRunGoesOnOnlyWithTheDataItBeganWith() throws IOException {
        FineTuner.run(plan().epochs(50).build(), new Progress() {
            private boolean stepped;

            @Override
            public void report(Event event) {
                stepped |= event.kind().equals("step");
            }

            @Override
            public boolean isCancelled() {
                return stepped;
            }
        });
        NpzFiles.examples(data, 190, 60);
        // The same stream of random numbers: the first 190 examples to learn from are those of before, the next ones
        // are not.
        assertThatThrownBy(() -> FineTuner.resume(folder.resolve("run"), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(data + " have changed since the run began: 10 are gone or cannot be read"
                        + " (x_train[190], x_train[191], x_train[192], …); ")
                .hasMessageContaining(" are altered (x_val[0], x_val[1], x_val[2], …)")
                .hasMessageContaining("--data PLACE");
    }

    @Test
    void aRunGoesOnWithDataThatWereMoved() throws IOException {
        FineTuningPlan plan = plan().build();
        FineTuningResult whole =
                FineTuner.run(plan().out(folder.resolve("whole")).build(), Progress.NONE);
        FineTuner.run(plan, new Progress() {
            private boolean stepped;

            @Override
            public void report(Event event) {
                stepped |= event.kind().equals("step");
            }

            @Override
            public boolean isCancelled() {
                return stepped;
            }
        });
        Path moved = Files.move(data, folder.resolve("moved.npz"));
        assertThatThrownBy(() -> FineTuner.resume(folder.resolve("run"), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("resume")
                .hasMessageContaining("--data");
        Path other = NpzFiles.examples(folder.resolve("other.npz"), 190, 60);
        assertThatThrownBy(() -> FineTuner.resume(folder.resolve("run"), Optional.of(other), Progress.NONE))
                .hasMessageContaining("have changed since the run began");
        FineTuningResult resumed = FineTuner.resume(folder.resolve("run"), Optional.of(moved), Progress.NONE);
        assertThat(resumed.epochs().get(plan.get(PlanOptions.EPOCHS) - 1).valLoss())
                .isEqualTo(whole.epochs().get(plan.get(PlanOptions.EPOCHS) - 1).valLoss());
        assertThat(FineTuner.plan(folder.resolve("run")).data()).isEqualTo(moved);
    }

    @Test
    void operatorsThatNobodyRunsAreListedWhereTrainingIsRefused() {
        FineTuningPlan plan = Plans.of(Shared.network("unsupported-superres.onnx"), data, folder.resolve("run"))
                .build();
        assertThatThrownBy(() -> FineTuner.run(plan, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("DecodeImage")
                .hasMessageContaining("EncodeImage");
    }

    @Test
    void aNetworkWithoutFeaturesSaysSo() {
        Path candy = Shared.network("unsupported-candy.onnx");
        FineTuningPlan all =
                Plans.of(candy, data, folder.resolve("run")).trainable("all").build();
        assertThatThrownBy(() -> FineTuner.run(all, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("ImageScaler")
                .hasMessageContaining("Crop")
                .hasMessageContaining("Affine");
    }
}
