package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.FineTuningResult.Epoch;
import graft.run.PlanOptions;
import graft.run.TrainingEvents;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedRunTest {
    private static final String STAGES =
            "head epochs=2 lr=0.05; last:1 epochs=3 lr=0.01 schedule=cosine; all epochs=2 lr=0.005 lr-decay=0.5";

    @TempDir
    Path folder;

    private Path network;
    private Path data;

    @BeforeEach
    void networkAndData() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 100, 40);
    }

    private Plans plan(String out, String stages) {
        return Plans.of(network, data, folder.resolve(out))
                .with(PlanOptions.STAGES, PlanOptions.STAGES.kind().parse(stages))
                .with(PlanOptions.CHECKPOINT_SECONDS, 0.0);
    }

    private static Map<String, Tensor> tensors(FineTuningResult result) {
        return OnnxFile.read(result.network()).graph().initializers();
    }

    @Test
    void epochsAreCountedOnAndSayTheirStage() {
        List<TrainingEvents.StageStarted> begun = new ArrayList<>();
        Progress listening = event -> {
            if (event instanceof TrainingEvents.StageStarted stage) {
                begun.add(stage);
            }
        };
        FineTuningResult result = FineTuner.run(plan("run", STAGES).build(), listening);
        assertThat(result.epochs()).extracting(Epoch::epoch).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(result.epochs()).extracting(Epoch::stage).containsExactly(1, 1, 2, 2, 2, 3, 3);
        assertThat(begun).extracting(TrainingEvents.StageStarted::firstEpoch).containsExactly(1, 3, 6);
        assertThat(result.stages())
                .extracting(FineTuningResult.StageDone::epochsDone)
                .containsExactly(2, 3, 2);
        assertThat(result.stages().get(2).trainableParameters()).isEqualTo(result.trainableParameters());
        assertThat(result.provenance().get("stages")).contains("trainable=last:1");
        assertThat(result.frozenUnchanged()).isTrue();
    }

    /** The first stage of a run is a run by itself: the second source of what it must give. */
    @Test
    void theFirstStageIsTheRunThatItWouldBeAlone() {
        FineTuningResult staged = FineTuner.run(plan("staged", STAGES).build(), Progress.NONE);
        FineTuningResult alone =
                FineTuner.run(plan("alone", "head epochs=2 lr=0.05").build(), Progress.NONE);
        assertThat(staged.epochs().subList(0, 2))
                .extracting(Epoch::trainLoss)
                .isEqualTo(alone.epochs().stream().map(Epoch::trainLoss).toList());
    }

    /** Too high a rate spoils the last stage, so that the best epoch lies in the one before: with its tensors, not with later ones. */
    @Test
    void theBestEpochOfAnEarlierStageIsTheFile() {
        FineTuningResult staged = FineTuner.run(
                plan("staged", "head epochs=3 lr=0.02; all epochs=2 lr=2").build(), Progress.NONE);
        FineTuningResult alone =
                FineTuner.run(plan("alone", "head epochs=3 lr=0.02").build(), Progress.NONE);
        assertThat(staged.bestEpoch()).isEqualTo(alone.bestEpoch()).isLessThanOrEqualTo(3);
        assertThat(staged.valScore()).isEqualTo(alone.valScore());
        Map<String, Tensor> expected = tensors(alone);
        tensors(staged)
                .forEach((name, tensor) ->
                        assertThat(tensor.sameAs(expected.get(name))).as(name).isTrue());
        assertThat(staged.frozenTensors()).isEqualTo(alone.frozenTensors());
        assertThat(staged.frozenUnchanged()).isTrue();
    }

    @Test
    void whatNoStageLearntIsAsItWas() {
        FineTuningResult result = FineTuner.run(
                plan("run", "head epochs=1 lr=0.05; conv2 epochs=2 lr=0.02; head epochs=1 lr=0.02")
                        .build(),
                Progress.NONE);
        Map<String, Tensor> before = OnnxFile.read(network).graph().initializers();
        Map<String, Tensor> after = tensors(result);
        Set<String> body = Set.of("conv.weight", "conv2.weight", "bn.weight", "bn2.weight", "bn.bias", "bn2.bias");
        assertThat(body.stream()
                        .filter(name ->
                                after.containsKey(name) && !after.get(name).sameAs(before.get(name))))
                .isSubsetOf("conv2.weight", "bn2.weight", "bn2.bias")
                .contains("conv2.weight");
        assertThat(result.frozenUnchanged()).isTrue();
    }

    /** Stopped after {@code steps} steps: within the first stage, at its end, within the others. */
    @ParameterizedTest
    @ValueSource(ints = {3, 13, 14, 15, 20, 34, 35, 36, 40})
    void aRunThatWasStoppedEndsAsOneThatWasNot(int steps) throws IOException {
        FineTuningResult whole = FineTuner.run(plan("whole", STAGES).adamW().build(), Progress.NONE);
        FineTuningPlan plan = plan("parted", STAGES).adamW().build();
        assertThat(FineTuner.run(plan, new Stopping(steps)).status()).isEqualTo("interrupted");
        FineTuningResult parted = FineTuner.resume(plan.out(), Progress.NONE);
        assertThat(Files.readAllBytes(parted.network())).isEqualTo(Files.readAllBytes(whole.network()));
        assertThat(parted.epochs())
                .extracting(Epoch::valLoss)
                .isEqualTo(whole.epochs().stream().map(Epoch::valLoss).toList());
    }

    /** Averages of weights are state too, and are what a file holds. */
    @ParameterizedTest
    @ValueSource(ints = {3, 14, 20, 40})
    void aRunWithTechniquesThatWasStoppedEndsAsOneThatWasNot(int steps) throws IOException {
        FineTuningResult whole =
                FineTuner.run(withTechniques(plan("whole", STAGES)).build(), Progress.NONE);
        FineTuningPlan plan = withTechniques(plan("parted", STAGES)).build();
        assertThat(FineTuner.run(plan, new Stopping(steps)).status()).isEqualTo("interrupted");
        FineTuningResult parted = FineTuner.resume(plan.out(), Progress.NONE);
        assertThat(Files.readAllBytes(parted.network())).isEqualTo(Files.readAllBytes(whole.network()));
        assertThat(whole.epochs().get(whole.bestEpoch() - 1).valScore()).isEqualTo(whole.valScore());
    }

    /** The average of the end begins within a stage; a file is what was judged, its statistics taken anew. */
    @ParameterizedTest
    @ValueSource(ints = {13, 33, 35, 47})
    void aRunWithAnAverageOfTheEndAndMixedExamplesEndsAsOneThatWasNotStopped(int steps) throws IOException {
        FineTuningResult whole = FineTuner.run(averagedAndMixed("whole"), Progress.NONE);
        FineTuningPlan plan = averagedAndMixed("parted");
        assertThat(FineTuner.run(plan, new Stopping(steps)).status()).isEqualTo("interrupted");
        FineTuningResult parted = FineTuner.resume(plan.out(), Progress.NONE);
        assertThat(Files.readAllBytes(parted.network())).isEqualTo(Files.readAllBytes(whole.network()));
        assertThat(whole.epochs().get(whole.bestEpoch() - 1).valScore()).isEqualTo(whole.valScore());
        assertThat(whole.epochs())
                .allSatisfy(epoch -> assertThat(epoch.trainScore()).isNaN());
    }

    private FineTuningPlan averagedAndMixed(String out) {
        return plan(out, STAGES)
                .with(PlanOptions.SWA, true)
                .with(PlanOptions.MIXUP, 0.4)
                .build();
    }

    private static Plans withTechniques(Plans plans) {
        return plans.with(PlanOptions.EMA, 0.8).with(PlanOptions.CLIP, 0.5).with(PlanOptions.L2_SP, 0.1);
    }

    @Test
    void earlyStopEndsAStageAndTheNextOneBegins() {
        FineTuningResult result = FineTuner.run(
                plan("run", "head epochs=30 lr=1e-9 early-stop=1; all epochs=2 lr=0.01")
                        .build(),
                Progress.NONE);
        assertThat(result.epochs().stream().filter(epoch -> epoch.stage() == 1).count())
                .isLessThan(30);
        assertThat(result.epochs().stream().filter(epoch -> epoch.stage() == 2).count())
                .isEqualTo(2);
        assertThat(result.status()).isEqualTo("finished");
    }

    @Test
    void whatALaterStageCannotDoIsRefusedBeforeTheFirst() {
        FineTuningPlan plan =
                plan("run", "head epochs=1; from:nowhere epochs=1").build();
        assertThatThrownBy(() -> FineTuner.run(plan, Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no layer named nowhere");
        assertThat(Files.exists(plan.out())).isFalse();
    }

    /** Cancels after some steps. */
    private static final class Stopping implements Progress {
        private int steps;

        Stopping(int steps) {
            this.steps = steps;
        }

        @Override
        public void report(Event event) {
            steps -= event.kind().equals("step") ? 1 : 0;
        }

        @Override
        public boolean isCancelled() {
            return steps <= 0;
        }
    }
}
