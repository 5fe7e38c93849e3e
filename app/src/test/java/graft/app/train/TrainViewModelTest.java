package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.Mails;
import graft.app.RedAndBlue;
import graft.app.data.DataViewModel;
import graft.app.jobs.DirectJobRunner;
import graft.app.network.NetworkViewModel;
import graft.catalog.MiniLm;
import graft.files.Json;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainViewModelTest {
    private static final String RESULT = "{\"status\":\"finished\",\"epochs\":[],\"val_accuracy\":0.9,\"best_epoch\":1,"
            + "\"network\":\"run/network.onnx\",\"classes\":[\"blue\",\"red\"],\"frozen_tensors\":0}";

    @TempDir
    Path folder;

    private final FakeProcess process = new FakeProcess();
    private final DataViewModel data = new DataViewModel(new DirectJobRunner(), java.nio.file.Path.of("unpacked"));
    private final NetworkViewModel networks =
            new NetworkViewModel(new DirectJobRunner(), new InProcessWorker(), data.classesProperty());
    private TrainViewModel train;

    @BeforeEach
    void openBoth() throws IOException {
        train = new TrainViewModel(networks, data.examplesProperty(), folder, process, System::nanoTime);
        data.open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        networks.open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        train.start();
    }

    private void finish() {
        process.says("{\"event\":\"epoch\",\"epoch\":1,\"val_loss\":0.5,\"val_accuracy\":0.9}");
        process.ends(0, RESULT);
    }

    /** What the run of the set-up exported, in its folder as the engine leaves it. */
    private Path finishInItsFolder() throws IOException {
        Path ran = Files.createDirectories(folder.resolve("runs/0001"));
        Path trained = RedAndBlue.network(ran.resolve("network.onnx"), 1);
        Json.write(ran.resolve("plan.json"), train.plan().withOut(ran));
        process.says("{\"event\":\"epoch\",\"epoch\":1,\"val_loss\":0.5,\"val_accuracy\":0.9}");
        process.ends(0, RESULT.replace("run/network.onnx", trained.toString()));
        return trained;
    }

    @Test
    void aNewHeadIsForTheNetworkThatTheRunTrainedAndLeavesTheRecipe() throws IOException {
        Path trained = finishInItsFolder();
        data.leaveOut(data.examplesProperty().get().examples("red").subList(0, 1));
        train.retrainHead();
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PROBE);
        assertThat(process.command())
                .contains("train --network=" + trained + " ")
                .contains("--trainable=head")
                .contains("--lr=auto")
                .doesNotContain("--recipe");
        assertThat(train.run().subjectProperty().get().source()).isEqualTo("data · network of run 0001");
        finish();
        assertThat(train.currentProperty().get())
                .as("of the network and the data that are open")
                .isTrue();
    }

    @Test
    void whatWaitsStillDoesWhenTheWindowHasEnded() {
        train.start();
        assertThat(train.queue().runs()).hasSize(1);
        TrainViewModel next =
                new TrainViewModel(networks, data.examplesProperty(), folder, new FakeProcess(), System::nanoTime);
        assertThat(next.queue().runs())
                .extracting(RunQueue.Waiting::title)
                .containsExactly("probe, then fine-tune · data · net");
        assertThat(next.queue().problem()).isEmpty();
        next.queue().cancel(next.queue().runs().get(0));
        assertThat(folder.resolve("queue.json")).doesNotExist();
    }

    @Test
    void aRunsPageSaysWhatItIsOf() {
        RunSubject subject = train.run().subjectProperty().get();
        assertThat(subject.title()).isEqualTo("probe, then fine-tune");
        assertThat(subject.source()).isEqualTo("data · net");
        assertThat(subject.words()).isEqualTo("head · 15 epochs · SGD rate by test · batch 16");
    }

    @Test
    void theStepSaysThatARunIsOfOtherData() throws IOException {
        finish();
        assertThat(train.headlineProperty().get()).isEqualTo("finished · 90.0 %");
        data.open(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        assertThat(train.currentProperty().get()).isFalse();
        assertThat(train.headlineProperty().get()).isEqualTo("older run: finished · 90.0 %");
        data.undo();
        assertThat(train.headlineProperty().get()).isEqualTo("finished · 90.0 %");
    }

    @Test
    void theStepSaysThatARunIsOfAnotherNetwork() {
        finish();
        networks.open(RedAndBlue.network(folder.resolve("other.onnx"), 1));
        assertThat(train.headlineProperty().get()).startsWith("older run");
    }

    @Test
    void whatTheNextRunTrainsOnIsSaidWhateverRunIsShown() throws IOException {
        finish();
        assertThat(train.next().wordsProperty().get()).isEqualTo("Next run: data · net · Probe, then fine-tune");
        assertThat(train.next().isOtherThanShown().getValue()).isFalse();
        data.open(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        train.choose(Recipe.EVERYTHING);
        assertThat(train.run().subjectProperty().get().source()).isEqualTo("data · net");
        assertThat(train.next().wordsProperty().get()).isEqualTo("Next run: other · net · Everything");
        assertThat(train.next().isOtherThanShown().getValue()).isTrue();
        assertThat(train.plan().data().getFileName()).hasToString("other");
        train.move(new Timeline(train.timelineProperty().get().stages()));
        assertThat(train.next().wordsProperty().get()).endsWith("Everything, changed");
    }

    @Test
    void aBarThatIsDraggedThroughManyPlacesIsTakenBackAtOnce() {
        Timeline before = train.timelineProperty().get();
        Timeline.Bar bar = before.bars().get(0);
        train.grasp();
        train.move(before.learningAt(bar, 0.2));
        train.move(before.learningAt(bar, 0.5));
        assertThat(train.isTimelineOwn()).isTrue();
        assertThat(train.undoMove()).isTrue();
        assertThat(train.timelineProperty().get()).isEqualTo(before);
        assertThat(train.isTimelineOwn()).isFalse();
        assertThat(train.undoMove()).as("nothing is left").isFalse();
    }

    @Test
    void whileSomethingIsBeingOpenedNothingIsTrained() {
        finish();
        train.awaitedProperty().set("flowers");
        assertThat(train.obstacleProperty().get()).isEqualTo("Train waits until flowers is open.");
        assertThat(train.next().wordsProperty().get()).isEqualTo("Next run: as soon as flowers is open");
        assertThat(RunProblems.of(train).getValue())
                .as("what only takes time is no problem")
                .isEmpty();
        train.start();
        assertThat(process.commands).as("that of the first run").hasSize(1);
        train.awaitedProperty().set("");
        train.start();
        assertThat(process.commands).hasSize(2);
    }

    @Test
    void aRunUnderWayIsTheOneOfTheMoment() throws IOException {
        data.open(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        assertThat(train.headlineProperty().get()).isEqualTo("preparing");
    }

    @Test
    void aPastRunsSetUpComesBackOnceItsDataAndNetworkAreOpen() throws IOException {
        finish();
        FineTuningPlan past = FineTuningPlan.of(
                        folder.resolve("net.onnx"), folder.resolve("data"), folder.resolve("past"))
                .with(PlanOptions.EPOCHS, 7)
                .with(PlanOptions.LEARNING_RATE, 0.3)
                .with(PlanOptions.BATCH, 4);
        data.open(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        train.restore(past);
        assertThat(train.settings().property(PlanOptions.BATCH).getValue())
                .as("other data are open")
                .isEqualTo(16);
        data.open(folder.resolve("data"));
        assertThat(train.settings().property(PlanOptions.BATCH).getValue()).isEqualTo(4);
        assertThat(train.settings().property(PlanOptions.EPOCHS).getValue()).isEqualTo(7);
        assertThat(train.settings().property(PlanOptions.LEARNING_RATE).getValue())
                .isEqualTo(0.3);
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.FEATURE_EXTRACTION);
        train.choose(Recipe.TOP);
        assertThat(train.settings().rateByTestProperty().get())
                .as("the rate was the past run's, not the user's")
                .isTrue();
    }

    /** What is opened and trained again is the same run: by its rates, its stages and what learns. */
    @ParameterizedTest
    @EnumSource(
            names = {"PADLOCKS", "AUTO"},
            mode = EnumSource.Mode.EXCLUDE)
    void aRunThatIsOpenedAndTrainedAgainIsTheSameRun(Recipe card) {
        finish();
        train.choose(card);
        train.settings().property(PlanOptions.LEARNING_RATE).setValue(0.07);
        FineTuningPlan first = expanded(train.plan());
        train.choose(card == Recipe.TOP ? Recipe.PROBE : Recipe.TOP);
        train.restore(first);
        FineTuningPlan again = expanded(train.plan());
        assertThat(again.stages()).isEqualTo(first.stages());
        train.restore(again);
        assertThat(expanded(train.plan()).stages()).as("and once more").isEqualTo(first.stages());
        assertThat(train.settings().property(PlanOptions.LEARNING_RATE).getValue())
                .isEqualTo(0.07);
    }

    /** As the run itself writes its plan. */
    private FineTuningPlan expanded(FineTuningPlan plan) {
        return Recipes.expanded(plan, networks.networkProperty().get());
    }

    @Test
    void theCardOfANetworkIsFoundAgainAfterAnotherOneWasLookedAt() {
        finish();
        train.choose(Recipe.FEATURE_EXTRACTION);
        networks.open(RedAndBlue.network(folder.resolve("other.onnx"), 1));
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.PROBE);
        networks.open(folder.resolve("net.onnx"));
        assertThat(train.recipeProperty().get()).isEqualTo(Recipe.FEATURE_EXTRACTION);
        assertThat(train.plan().get(PlanOptions.TRAINABLE)).isEqualTo("head");
    }

    @Test
    void theRateThatATestHasChosenIsShown() {
        process.says("{\"event\":\"rate_chosen\",\"lr\":0.024,\"tested\":true,\"of_body\":false,\"steps\":40}");
        assertThat(train.timelineProperty().get().bars().get(0).rate()).isEqualTo(0.024);
        assertThat(train.settings().rateByTestProperty().get())
                .as("the next run is tested again")
                .isTrue();
    }

    @Test
    void aRunThatLearntNothingGivesTheCurvesBeforeItBack() {
        finish();
        train.start();
        assertThat(train.run().curves().epochs()).isEmpty();
        process.ends(130, "{}");
        assertThat(train.run().curves().epochs()).hasSize(1);
        assertThat(train.run().stateProperty().get()).isEqualTo(RunState.FINISHED);
        assertThat(train.run().statusProperty().get()).startsWith("The new run was stopped before anything was learnt");
    }

    /** Not that preprocessing is missing, which could be set to no avail. */
    @Test
    void aNetworkThatTakesNoHeadSaysWhy() {
        finish();
        networks.open(RedAndBlue.oneNumber(folder.resolve("mean.onnx")));
        assertThat(train.obstacleProperty().get())
                .startsWith("This network cannot learn: A head cannot stand on the tensor")
                .contains("mean.onnx");
    }

    @Test
    void textsNeedANetworkThatReadsTexts() throws IOException {
        finish();
        data.open(Mails.table(folder.resolve("mails.csv"), 5));
        assertThat(train.obstacleProperty().get())
                .startsWith("This network reads no texts")
                .contains("MiniLM");
        networks.open(MiniLm.file());
        assertThat(train.obstacleProperty().get()).isEmpty();
        assertThat(networks.preprocessingProperty().get()).isNull();
        // Of each token 384 numbers; the mean of a text's tokens, and a linear layer with its bias for two classes.
        assertThat(networks.networkProperty().get().trainableParameters()).isEqualTo(2 * 384 + 2);
        assertThat(networks.report()).last().asString().contains("reads texts");
        train.start();
        assertThat(train.run().subjectProperty().get().source()).isEqualTo("mails.csv · minilm");
        assertThat(train.recipeProperty().get())
                .as("all of a large network would take too long for a first try")
                .isEqualTo(Recipe.FEATURE_EXTRACTION);
        data.open(RedAndBlue.splitPictures(folder.resolve("pictures"), 3));
        assertThat(train.obstacleProperty().get()).contains("not pictures");
    }

    @Test
    void aRateThatNobodySetIsLeftToATestAndTheRunThenSaysIt() {
        train.start();
        assertThat(process.command()).contains("--lr=auto");
        process.says("{\"event\":\"rate_chosen\",\"lr\":0.012,\"steps\":60,\"tested\":true,\"of_body\":false}");
        assertThat(train.run().log()).containsExactly("Learning rate 0.012, chosen by a range test over 60 steps.");
        assertThat(train.run().subjectProperty().get().words()).contains("SGD 0.012");
        assertThat(train.run().plan().orElseThrow().get(PlanOptions.LEARNING_RATE))
                .isEqualTo(0.012);
    }

    @Test
    void aRateThatWasSetIsTheRateOfTheRunAndAResetLeavesItToTheTestAgain() {
        train.settings().property(PlanOptions.LEARNING_RATE).setValue(0.3);
        assertThat(train.plan().get(PlanOptions.LEARNING_RATE)).isEqualTo(0.3);
        train.choose(Recipe.GRADUAL);
        assertThat(train.plan().get(PlanOptions.LEARNING_RATE)).isEqualTo(0.3);
        train.resetSettings();
        assertThat(train.plan().isRateToBeChosen()).isTrue();
        train.choose(Recipe.PADLOCKS);
        assertThat(train.plan().isRateToBeChosen()).isTrue();
    }
}
