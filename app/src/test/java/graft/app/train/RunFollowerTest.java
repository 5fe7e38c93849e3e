package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFollowerTest {
    private static final String RESULT =
            "{\"status\":\"finished\",\"epochs\":[],\"val_accuracy\":0.922,\"best_epoch\":3,"
                    + "\"network\":\"run/network.onnx\",\"classes\":[\"ants\",\"bees\"],\"parity_max_abs\":1e-6,"
                    + "\"frozen_tensors\":51,\"frozen_unchanged\":true}";

    @TempDir
    Path folder;

    private final FakeProcess process = new FakeProcess();
    private long now = 1;
    private RunFollower run;

    @BeforeEach
    void start() {
        run = new RunFollower(process, folder, () -> now);
        run.start(plan(), List.of("ants", "bees"));
    }

    private FineTuningPlan plan() {
        return FineTuningPlan.of(folder.resolve("net.onnx"), folder.resolve("data"), folder.resolve("run"))
                .with(PlanOptions.EPOCHS, 2);
    }

    private static String step(int epoch, int step) {
        return "{\"event\":\"step\",\"epoch\":" + epoch + ",\"step\":" + step + ",\"steps\":4,\"loss\":0.5}";
    }

    private static String epoch(int epoch, double accuracy) {
        return "{\"event\":\"epoch\",\"epoch\":" + epoch
                + ",\"train_loss\":0.6,\"train_accuracy\":0.7,\"val_loss\":0.5," + "\"val_accuracy\":" + accuracy
                + ",\"seconds\":1}";
    }

    private void checkpoint() throws IOException {
        Files.createDirectories(folder.resolve("run"));
        Files.createFile(folder.resolve("run/checkpoint.safetensors"));
    }

    @Test
    void theCommandIsOneThatAUserCouldType() {
        assertThat(process.command())
                .contains("graft.cli.Main train")
                .contains("--trainable=head")
                .endsWith("--json --events --control --project=" + folder);
    }

    @Test
    void aRunWithoutStepsEndsWithoutAWordOfEpochs() {
        run.start(plan().with(PlanOptions.RECIPE, Optional.of("prototypes")), List.of("ants", "bees"));
        process.says(epoch(1, 0.922));
        process.ends(0, RESULT);
        assertThat(run.subjectProperty().get().title()).isEqualTo("prototypes");
        assertThat(run.subjectProperty().get().words()).doesNotContain("epoch");
        assertThat(run.statusProperty().get()).isEqualTo("finished at once, without a step: 92.2 %");
    }

    @Test
    void theScoreOfAnotherDomainIsKeptBesideThatOfValidation() {
        process.says(epoch(1, 0.922));
        process.says(epoch(2, 0.93).replace("\"seconds\":1", "\"seconds\":1,\"target_score\":0.515"));
        assertThat(run.curves().epochs().get(0).targetAccuracy()).isNaN();
        assertThat(run.curves().epochs().get(1).targetAccuracy()).isEqualTo(0.515);
    }

    @Test
    void theRecipeThatTheExamplesChoseIsNamedFromThenOn() {
        run.start(plan().with(PlanOptions.RECIPE, Optional.of("auto")), List.of("ants", "bees"));
        assertThat(run.subjectProperty().get().title()).isEqualTo("recipe by the examples");
        process.says("{\"event\":\"recipe_chosen\",\"recipe\":\"top\",\"examples\":244,\"classes\":2,"
                + "\"told\":0.914,\"guessing\":0.504}");
        assertThat(run.subjectProperty().get().title()).isEqualTo("head and top");
        assertThat(run.plan().orElseThrow().get(PlanOptions.RECIPE)).contains("top");
        assertThat(run.log())
                .last()
                .asString()
                .contains("244 examples of 2 classes")
                .contains("91.4 %")
                .contains("50.4 %");
    }

    @Test
    void theStateShownIsTheTrueOne() {
        process.says("{\"event\":\"stage\",\"what\":\"caching features\",\"done\":120,\"total\":244}");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.PREPARING);
        assertThat(run.statusProperty().get()).isEqualTo("caching features 120 of 244");
        process.says(step(1, 1));
        now += 2_000_000_000L;
        process.says(step(1, 2));
        assertThat(run.stateProperty().get()).isEqualTo(RunState.TRAINING);
        // one step took two seconds, six are left
        assertThat(run.statusProperty().get()).isEqualTo("epoch 1 of 2 · 0.5 steps/s · 0:12 left");
        assertThat(run.progressProperty().get()).isEqualTo(0.25);
    }

    @Test
    void curvesAndMatrixFollowTheEvents() {
        process.says(
                step(1, 4),
                epoch(1, 0.8),
                "{\"event\":\"confusion\",\"epoch\":1,\"classes\":[\"ants\",\"bees\"],\"confusion\":[[8,2],[1,9]]}",
                step(2, 4),
                epoch(2, 0.8));
        assertThat(run.curves().steps()).extracting(Curves.StepPoint::x).containsExactly(1.0, 2.0);
        assertThat(run.curves().confusions().get(0).counts()).isDeepEqualTo(new int[][] {{8, 2}, {1, 9}});
        assertThat(run.curves().bestEpoch())
                .as("the earliest where both are equal")
                .isEqualTo(1);
    }

    @Test
    void theBestPerplexityIsTheSmallest() {
        process.says(perplexity(1, 40), perplexity(2, 31), perplexity(3, 35));
        assertThat(run.curves().bestEpoch()).isEqualTo(2);
        assertThat(run.headlineProperty().get()).doesNotContain("40");
        run.start(plan(), List.of("ants", "bees"));
        process.says(epoch(1, 0.8), epoch(2, 0.7).replace("\"seconds\"", "\"metric\":\"accuracy\",\"seconds\""));
        assertThat(run.curves().bestEpoch()).as("of accuracies").isEqualTo(1);
    }

    private static String perplexity(int epoch, double value) {
        return "{\"event\":\"epoch\",\"epoch\":" + epoch + ",\"metric\":\"perplexity\",\"train_loss\":3.5,\"val_loss\":"
                + Math.log(value) + ",\"val_score\":" + value + ",\"seconds\":1}";
    }

    @Test
    void aFinishedRunSaysWhatCameOfIt() {
        process.ends(0, RESULT);
        assertThat(run.stateProperty().get()).isEqualTo(RunState.FINISHED);
        assertThat(run.resultProperty().get().valAccuracy()).isEqualTo(0.922);
        assertThat(run.statusProperty().get()).isEqualTo("finished: epoch 3 was best, 92.2 %");
        assertThat(run.proofProperty().get()).isEqualTo("51 frozen tensors unchanged, byte for byte");
    }

    @Test
    void stopKeepsTheBestOnceSomethingWasLearnt() {
        now += 2_000_000_000L;
        run.stop();
        assertThat(process.sent).containsExactly("stop");
        process.ends(130, "{}");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.INTERRUPTED);
        run.start(plan(), List.of());
        process.says(step(1, 1));
        now += 2_000_000_000L;
        run.stop();
        assertThat(process.sent).containsExactly("stop", "enough");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.STOPPING);
        process.says(step(1, 2));
        assertThat(run.stateProperty().get()).isEqualTo(RunState.STOPPING);
    }

    @Test
    void whileARunStopsItSaysSoWhateverItDoesOnItsWay() {
        now += 2_000_000_000L;
        run.stop();
        process.says("{\"event\":\"stage\",\"what\":\"opening the network\",\"done\":0,\"total\":0}");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.STOPPING);
        assertThat(run.statusProperty().get()).isEqualTo("stopping · opening the network");
    }

    @Test
    void whatIsDoneIsNotSaidToBeGoingOnUntilTheFirstStep() {
        process.says("{\"event\":\"stage\",\"what\":\"reading pictures\",\"done\":397,\"total\":397}");
        assertThat(run.statusProperty().get())
                .isEqualTo("reading pictures 397 of 397, done; preparing what comes next");
        assertThat(run.progressProperty().get()).as("how long is not known").isEqualTo(-1);
    }

    @Test
    void aRunThatAnotherProcessIsAtIsNotSaidToBeStopped() throws IOException {
        process.says(step(1, 1));
        process.ends(130, "{}");
        Path folder = Files.createDirectory(this.folder.resolve("of-another-window"));
        Files.createFile(folder.resolve("checkpoint.safetensors"));
        PastRun past = new PastRun(
                folder,
                run.subjectProperty().get(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "accuracy",
                Optional.empty());
        try (FileChannel lock = FileChannel.open(
                        folder.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(run.show(past)).isTrue();
            assertThat(run.stateProperty().get()).isEqualTo(RunState.ELSEWHERE);
            assertThat(run.headlineProperty().get()).isEqualTo("under way elsewhere");
            assertThat(run.canResume()).isFalse();
            run.pauseElsewhere(true);
            assertThat(folder.resolve("paused")).exists();
            assertThat(run.pausedElsewhereProperty().get()).isTrue();
            assertThat(run.statusProperty().get()).endsWith("paused");
            run.pauseElsewhere(false);
            assertThat(folder.resolve("paused")).doesNotExist();
            assertThat(run.pausedElsewhereProperty().get()).isFalse();
        }
        run.show(past);
        assertThat(run.stateProperty().get()).isEqualTo(RunState.INTERRUPTED);
        assertThat(run.canResume()).isTrue();
    }

    @Test
    void aRunOfThePastDoesNotTakeThePlaceOfTheOneUnderWay() {
        process.says(step(1, 1));
        PastRun past = new PastRun(
                Path.of("past"),
                run.subjectProperty().get(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "accuracy",
                Optional.empty());
        assertThat(run.show(past)).isFalse();
        assertThat(run.stateProperty().get()).isEqualTo(RunState.TRAINING);
        assertThat(run.curves().steps()).hasSize(1);
    }

    @Test
    void pausedIsShownWhenTheProcessSaysSo() {
        process.says(step(1, 1));
        run.pause();
        assertThat(run.stateProperty().get()).isEqualTo(RunState.TRAINING);
        process.says("{\"event\":\"stage\",\"what\":\"paused\",\"done\":0,\"total\":0}");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.PAUSED);
        run.goOn();
        process.says("{\"event\":\"stage\",\"what\":\"continuing\",\"done\":0,\"total\":0}");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.TRAINING);
        assertThat(process.sent).containsExactly("pause", "continue");
    }

    @Test
    void aKilledProcessIsStartedAgainOnceAndTheWindowSaysSo() throws IOException {
        process.says(step(1, 2));
        checkpoint();
        process.ends(137, "");
        assertThat(process.command()).contains("graft.cli.Main resume " + folder.resolve("run"));
        assertThat(run.problemProperty().get()).contains("signal 9").contains("epoch 1, step 2");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.PREPARING);
        process.ends(137, "");
        assertThat(process.commands).as("not again and again").hasSize(2);
        assertThat(run.stateProperty().get()).isEqualTo(RunState.FAILED);
        run.resume();
        assertThat(process.commands).hasSize(3);
    }

    @Test
    void whatComesAfterACheckpointIsMeasuredAgain() throws IOException {
        process.says(step(1, 1), step(1, 2), step(1, 3));
        checkpoint();
        process.ends(137, "");
        process.says(step(1, 2));
        assertThat(run.curves().steps()).extracting(Curves.StepPoint::x).containsExactly(0.25, 0.5);
    }

    @Test
    void aRefusalIsShownInItsOwnWords() {
        process.says("graft: The loss became NaN in epoch 1, step 2: training diverged.");
        process.ends(1, "");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.FAILED);
        assertThat(run.problemProperty().get()).isEqualTo("The loss became NaN in epoch 1, step 2: training diverged.");
    }

    @Test
    void theSecondClickOfADoubleClickOnTrainDoesNotStop() {
        now += 400_000_000L;
        run.stop();
        assertThat(process.sent).isEmpty();
        assertThat(run.stateProperty().get()).isEqualTo(RunState.PREPARING);
    }

    @Test
    void betweenTheWishToPauseAndTheRestItSaysSo() {
        process.says(step(1, 1));
        run.pause();
        assertThat(run.statusProperty().get()).isEqualTo("epoch 1 of 2 · pausing after this step");
        run.pause();
        assertThat(process.sent).as("once is enough").containsExactly("pause");
        process.says("{\"event\":\"stage\",\"what\":\"paused\",\"done\":0,\"total\":0}");
        assertThat(run.pausingProperty().get()).isFalse();
        assertThat(run.statusProperty().get()).isEqualTo("paused in epoch 1 of 2");
    }

    @Test
    void aStoppedRunIsNotAFinishedOne() throws IOException {
        process.says(step(1, 4), epoch(1, 0.8));
        now += 2_000_000_000L;
        run.stop();
        process.says("{\"event\":\"stage\",\"what\":\"exporting\",\"done\":0,\"total\":0}");
        assertThat(run.statusProperty().get()).isEqualTo("stopping, keeping the best epoch · exporting");
        checkpoint();
        process.ends(0, result(1, 1).replace("finished", "stopped"));
        assertThat(run.stateProperty().get()).isEqualTo(RunState.STOPPED);
        assertThat(run.statusProperty().get()).startsWith("stopped at epoch 1 of 2: epoch 1 was best, 90.0 %");
        assertThat(run.headlineProperty().get()).isEqualTo("stopped · 80.0 %");
        assertThat(run.progressProperty().get()).isEqualTo(0.5);
        assertThat(run.canResume()).isTrue();
        run.resume();
        assertThat(process.command()).contains("graft.cli.Main resume");
    }

    @Test
    void aRunThatIsStoppedWithinAnEpochIsDrawnAndSaidWhereItWasMeasured() throws IOException {
        for (int step = 1; step <= 6; step++) {
            process.says("{\"event\":\"step\",\"epoch\":1,\"step\":" + step + ",\"steps\":16,\"loss\":0.5}");
        }
        now += 2_000_000_000L;
        run.stop();
        process.says(epoch(1, 0.8));
        assertThat(run.curves().placeOf(1)).as("6 of 16 steps").isEqualTo(0.375);
        checkpoint();
        process.ends(0, result(1, 1).replace("finished", "stopped"));
        assertThat(run.statusProperty().get()).startsWith("stopped at step 6 of epoch 1 of 2: epoch 1 was best");
        assertThat(run.progressProperty().get()).isEqualTo(0.375 / 2);
    }

    @Test
    void aWholeEpochIsMeasuredAtItsEnd() {
        for (int step = 1; step <= 3; step++) {
            process.says("{\"event\":\"step\",\"epoch\":2,\"step\":" + step + ",\"steps\":3,\"loss\":0.5}");
        }
        assertThat(run.curves().placeOf(2)).isEqualTo(2);
        assertThat(run.curves().placeOf(1)).as("its steps are not known").isEqualTo(1);
    }

    @Test
    void nothingIsPausedOrStoppedWhileTheFileIsWritten() {
        process.says(step(1, 4), epoch(1, 0.8));
        now += 2_000_000_000L;
        process.says("{\"event\":\"stage\",\"what\":\"exporting\",\"done\":0,\"total\":0}");
        assertThat(run.stateProperty().get()).isEqualTo(RunState.EXPORTING);
        assertThat(run.headlineProperty().get()).isEqualTo("exporting");
        assertThat(run.endingProperty().get()).isTrue();
        run.pause();
        run.stop();
        assertThat(process.sent).isEmpty();
        process.ends(0, result(1, 1));
        assertThat(run.stateProperty().get()).isEqualTo(RunState.FINISHED);
    }

    @Test
    void theMatrixOfTheFileIsThatOfTheEpochThatShips() {
        process.says(epoch(1, 0.9), confusion(1, 9), epoch(2, 0.8), confusion(2, 7));
        assertThat(run.shippedEpochProperty().get()).as("nothing ships yet").isZero();
        process.ends(0, result(1, 2));
        assertThat(run.shippedEpochProperty().get()).isEqualTo(1);
        assertThat(run.curves().confusions())
                .extracting(Curves.EpochConfusion::epoch)
                .containsExactly(1, 2);
        assertThat(run.curves().confusions().get(0).counts())
                .as("as the file answers")
                .isDeepEqualTo(new int[][] {{10, 0}, {2, 8}});
    }

    @Test
    void onATieTheLowerValidationLossIsBest() {
        process.says(
                "{\"event\":\"epoch\",\"epoch\":1,\"val_loss\":0.65,\"val_accuracy\":1}",
                "{\"event\":\"epoch\",\"epoch\":2,\"val_loss\":0.21,\"val_accuracy\":1}");
        assertThat(run.curves().bestEpoch()).isEqualTo(2);
    }

    private static String confusion(int epoch, int right) {
        return "{\"event\":\"confusion\",\"epoch\":" + epoch + ",\"classes\":[\"ants\",\"bees\"],\"confusion\":[["
                + right + ",1],[1,9]]}";
    }

    /** Of a run that did so many epochs; its file names 18 of 20 right. */
    private static String result(int best, int epochs) {
        String one = "{\"epoch\":1,\"val_accuracy\":0.8}";
        return "{\"status\":\"finished\",\"epochs\":[" + String.join(",", java.util.Collections.nCopies(epochs, one))
                + "],\"val_accuracy\":0.9,\"best_epoch\":" + best + ",\"network\":\"run/network.onnx\","
                + "\"classes\":[\"ants\",\"bees\"],\"confusion\":[[10,0],[2,8]],\"frozen_tensors\":51,"
                + "\"frozen_unchanged\":true}";
    }
}
