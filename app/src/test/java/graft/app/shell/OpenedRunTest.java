package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.train.PastRun;
import graft.app.train.Recipe;
import graft.app.train.RunSubject;
import graft.files.Json;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next run is of while a run of the past is opened, and after. */
class OpenedRunTest {
    @TempDir
    Path folder;

    private final OneByOne jobs = new OneByOne();
    private Workbench workbench;
    private Path ants;
    private Path bees;
    private Path small;
    private Path large;

    @BeforeEach
    void openOtherThings() throws IOException {
        ants = RedAndBlue.splitPictures(folder.resolve("ants"), 4);
        bees = RedAndBlue.splitPictures(folder.resolve("bees"), 3);
        small = RedAndBlue.network(folder.resolve("small.onnx"), 1);
        large = RedAndBlue.network(folder.resolve("large.onnx"), 2);
        workbench = new Workbench(
                jobs, new InProcessWorker(), new PlayedProcess(), new Choosers(), folder.resolve("project"));
        workbench.data().open(bees);
        workbench.network().open(large);
        workbench.train().choose(Recipe.FEATURE_EXTRACTION);
    }

    /** What is remembered is written a little later: not into a folder that is being deleted. */
    @AfterEach
    void write() {
        workbench.memory().write();
    }

    private PastRun past() {
        return past(folder.resolve("run"));
    }

    private PastRun past(Path out) {
        FineTuningPlan plan = FineTuningPlan.of(small, ants, out)
                .with(PlanOptions.RECIPE, Optional.of("all"))
                .with(PlanOptions.EPOCHS, 7)
                .with(PlanOptions.LEARNING_RATE, 0.02)
                .with(PlanOptions.BATCH, 4);
        RunSubject subject = new RunSubject(small, ants, "all", 7, 0, "sgd", 0.02, 4, false, "all", "");
        return new PastRun(
                out,
                subject,
                Optional.of(plan),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "accuracy",
                Optional.empty());
    }

    private String next() {
        return workbench.train().next().wordsProperty().get();
    }

    @Test
    void aRunThatIsOpenedBringsItsDataItsNetworkItsRecipeAndItsSettings() {
        workbench.reopening().show(past());
        assertThat(workbench.data().examplesProperty().get().source()).isEqualTo(ants);
        assertThat(workbench.network().fileProperty().get()).isEqualTo(small);
        assertThat(workbench.train().recipeProperty().get()).isEqualTo(Recipe.EVERYTHING);
        assertThat(workbench.train().settings().property(PlanOptions.EPOCHS).getValue())
                .isEqualTo(7);
        assertThat(workbench.train().settings().property(PlanOptions.BATCH).getValue())
                .isEqualTo(4);
        assertThat(workbench.evaluate().obstacleProperty().get())
                .as("it has no file, and no other is judged in its name")
                .isNotEmpty();
        assertThat(next()).isEqualTo("Next run: ants · small · Everything");
        assertThat(workbench.train().obstacleProperty().get()).isEmpty();
    }

    @Test
    void aRunWhoseDataAreNotThereIsSetUpAllTheSameAndTheUserSaysWhereTheyAre() throws IOException {
        PastRun run = past(folder.resolve("project/runs/0007"));
        FineTuningPlan plan = run.plan().orElseThrow();
        Path gone = Path.of("not-on-this-machine");
        PastRun packed = run.at(plan.withData(gone).with(PlanOptions.MIXUP, 0.3));
        Files.createDirectories(packed.folder());
        Json.write(packed.folder().resolve("plan.json"), packed.plan().orElseThrow());
        workbench.reopening().show(packed);
        assertThat(workbench.problemProperty().get()).startsWith("The run is shown, but not-on-this-machine is not");
        assertThat(workbench.network().fileProperty().get()).isEqualTo(small);
        assertThat(workbench.train().recipeProperty().get()).isEqualTo(Recipe.EVERYTHING);
        assertThat(workbench.train().settings().property(PlanOptions.MIXUP).getValue())
                .isEqualTo(0.3);
        assertThat(workbench.train().timelineProperty().get().bars().get(0).rate())
                .isEqualTo(0.02);

        workbench.reopening().locate(ants);
        assertThat(workbench.problemProperty().get()).isEmpty();
        assertThat(workbench.reopening().goneProperty().get()).isNull();
        assertThat(workbench.data().examplesProperty().get().source()).isEqualTo(ants);
        assertThat(workbench.train().currentProperty().get()).isTrue();
        try (RunFolder there = RunFolder.open(packed.folder())) {
            assertThat(there.plan().data()).as("it stays so").isEqualTo(ants);
        }
    }

    @Test
    void aRunIsNotLaidOverItselfAndWhatLiesOverARunGoesWithIt() {
        workbench.reopening().show(past());
        assertThat(workbench.train().lay(past())).isFalse();
        assertThat(workbench.train().overlays()).isEmpty();
        PastRun other = past(folder.resolve("other"));
        assertThat(workbench.train().lay(other)).isTrue();
        assertThat(workbench.train().lay(other)).as("once is enough").isTrue();
        assertThat(workbench.train().overlays()).containsExactly(other);
        workbench.reopening().show(past(folder.resolve("third")));
        assertThat(workbench.train().overlays()).isEmpty();
    }

    @Test
    void noRunStartsOnAMixtureWhileOneIsBeingOpened() {
        jobs.hold = true;
        workbench.reopening().show(past());
        assertThat(workbench.train().obstacleProperty().get()).isEqualTo("Train waits until ants is open.");
        while (workbench.data().examplesProperty().get().source().equals(bees)) {
            assertThat(workbench.train().obstacleProperty().get()).isNotEmpty();
            jobs.goOn();
        }
        assertThat(workbench.network().fileProperty().get()).isEqualTo(large);
        assertThat(workbench.train().obstacleProperty().get()).isEqualTo("Train waits until small.onnx is open.");
        assertThat(next()).isEqualTo("Next run: as soon as small.onnx is open");
        while (!jobs.held.isEmpty()) {
            jobs.goOn();
        }
        assertThat(workbench.train().obstacleProperty().get()).isEmpty();
        assertThat(next()).isEqualTo("Next run: ants · small · Everything");
    }

    @Test
    void aNetworkThatIsBeingOpenedIsNotSaidToBeMissing() {
        jobs.hold = true;
        Workbench started = new Workbench(
                jobs, new InProcessWorker(), new PlayedProcess(), new Choosers(), folder.resolve("another"));
        started.data().open(ants);
        started.network().open(small);
        while (!jobs.held.isEmpty()) {
            assertThat(started.train().obstacleProperty().get())
                    .doesNotContain("first")
                    .startsWith("Train waits until");
            jobs.goOn();
            if (started.network().openingProperty().get().isEmpty()) {
                break;
            }
        }
        assertThat(started.train().obstacleProperty().get()).isEmpty();
    }

    @Test
    void beforeARunItIsSaidWhatIsTrainedOnAndWhileOneGoesOnTheNextIsToldApart() throws IOException {
        assertThat(next()).isEqualTo("Next run: bees · large · Feature extraction");
        workbench.train().start();
        workbench.data().open(ants);
        workbench.train().choose(Recipe.EVERYTHING);
        RunSubject underWay = workbench.train().run().subjectProperty().get();
        assertThat(underWay.source()).isEqualTo("bees · large");
        assertThat(underWay.title()).isEqualTo("head");
        assertThat(next()).isEqualTo("Next run: ants · large · Everything");
        workbench.reopening().show(past());
        assertThat(workbench.problemProperty().get())
                .as("a click on an older run is answered")
                .startsWith("A run is under way, and its page stays.");
    }

    @Test
    void dataThatCannotBeOpenedKeepNobodyWaiting() {
        workbench.data().open(folder.resolve("nowhere"));
        assertThat(workbench.data().problemProperty().get()).isNotEmpty();
        assertThat(workbench.train().obstacleProperty().get()).isEmpty();
        assertThat(next()).isEqualTo("Next run: bees · large · Feature extraction");
    }

    /** Keeps jobs until the test lets them go on, in their order. */
    private static final class OneByOne implements JobRunner {
        private final DirectJobRunner runner = new DirectJobRunner();
        private final Deque<Runnable> held = new ArrayDeque<>();
        private boolean hold;

        @Override
        public <T> Job start(String title, Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
            if (!hold) {
                return runner.start(title, work, done, failed);
            }
            held.add(() -> runner.start(title, work, done, failed));
            return new Job(title);
        }

        private void goOn() {
            held.remove().run();
        }

        @Override
        public ObservableList<Job> jobs() {
            return FXCollections.emptyObservableList();
        }
    }
}
