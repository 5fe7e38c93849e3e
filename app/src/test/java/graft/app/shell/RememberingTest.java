package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import graft.app.memory.MemoryKeeper;
import graft.app.train.Recipe;
import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunRecorder;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.TrainingEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberingTest {
    @TempDir
    Path folder;

    private Path data;
    private Path network;
    private final List<Workbench> started = new ArrayList<>();

    @BeforeEach
    void draw() throws IOException {
        data = RedAndBlue.splitPictures(folder.resolve("data"), 4);
        network = RedAndBlue.network(folder.resolve("net.onnx"), 1);
    }

    private Workbench start() {
        Workbench workbench = new Workbench(
                new DirectJobRunner(),
                new InProcessWorker(),
                new PlayedProcess(),
                new Choosers(),
                folder.resolve("project"));
        started.add(workbench);
        return workbench;
    }

    /** What is remembered is written a little later: not into a folder that is being deleted. */
    @AfterEach
    void write() {
        started.forEach(each -> each.memory().write());
    }

    @Test
    void whatWasOpenComesBackAtTheNextStart() {
        Workbench before = start();
        before.data().open(data);
        before.network().open(network);
        before.train().choose(Recipe.EVERYTHING);
        before.train().settings().property(PlanOptions.EPOCHS).setValue(7);
        String padlocks = before.network().trainableSpec();
        before.memory().write();

        Workbench after = start();
        assertThat(after.data().examplesProperty().get()).isNull();
        assertThat(after.reopening().restoreLast()).isTrue();
        assertThat(after.data().examplesProperty().get().source()).isEqualTo(data);
        assertThat(after.network().fileProperty().get()).isEqualTo(network);
        assertThat(after.network().trainableSpec()).isEqualTo(padlocks);
        assertThat(after.train().recipeProperty().get()).isEqualTo(Recipe.EVERYTHING);
        assertThat(after.train().settings().property(PlanOptions.EPOCHS).getValue())
                .isEqualTo(7);
    }

    @Test
    void aRateThatATestChoosesIsChosenByATestAfterTheNextStartToo() {
        Workbench before = start();
        before.data().open(data);
        before.network().open(network);
        before.train().choose(Recipe.EVERYTHING);
        assertThat(before.train().settings().rateByTestProperty().get()).isTrue();
        before.memory().write();
        Workbench after = start();
        after.reopening().restoreLast();
        assertThat(after.train().settings().rateByTestProperty().get()).isTrue();
        assertThat(after.train().recipeProperty().get()).isEqualTo(Recipe.EVERYTHING);

        after.train().settings().property(PlanOptions.LEARNING_RATE).setValue(0.03);
        after.memory().write();
        Workbench third = start();
        third.reopening().restoreLast();
        assertThat(third.train().settings().rateByTestProperty().get()).isFalse();
        assertThat(third.train().settings().property(PlanOptions.LEARNING_RATE).getValue())
                .isEqualTo(0.03);
    }

    @Test
    void theRunThatWasShownComesBackNotTheLatest() {
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            for (String name : List.of("0001", "0002")) {
                FineTuningPlan plan = FineTuningPlan.of(
                        network, data, folder.resolve("project/runs").resolve(name));
                RunRecorder recorder = project.record(plan, Progress.NONE);
                recorder.report(new TrainingEvents.Started(
                        "run", 32, 8, "example", List.of("a", "b"), 1, 1, List.of("x"), 8, 2));
                recorder.interrupted();
            }
        }
        Workbench before = start();
        before.reopening()
                .open(before.runs().runs().stream()
                        .filter(run -> run.folder().endsWith("0001"))
                        .findFirst()
                        .orElseThrow());
        assertThat(before.data().examplesProperty().get().source()).isEqualTo(data);
        before.memory().write();

        Workbench after = start();
        after.reopening().restoreLast();
        assertThat(after.train().run().folder()).hasFileName("0001");
    }

    @Test
    void whatIsNoLongerThereIsPassedOver() throws IOException {
        Workbench before = start();
        before.data().open(data);
        before.network().open(network);
        before.memory().write();
        Files.delete(network);
        Workbench after = start();
        after.reopening().restoreLast();
        assertThat(after.data().examplesProperty().get().source()).isEqualTo(data);
        assertThat(after.network().networkProperty().get()).isNull();
        assertThat(after.problemProperty().get()).isEmpty();
    }

    @Test
    void theFirstStartHasNothingToPutBack() {
        assertThat(start().reopening().restoreLast()).isFalse();
    }

    @Test
    void whatWasOpenedStandsOnTheLeft() {
        Workbench workbench = start();
        workbench.data().open(data);
        workbench.network().open(network);
        MemoryKeeper memory = workbench.memory();
        assertThat(memory.now().data()).extracting(opened -> opened.file()).isEqualTo(List.of(data));
        assertThat(memory.now().networks()).extracting(opened -> opened.name()).containsExactly("net");
    }

    @Test
    void dataThatWereJoinedHaveTheNamesOfAllTheirFolders() throws IOException {
        Workbench workbench = start();
        Path more = RedAndBlue.splitPictures(folder.resolve("more"), 4);
        workbench.data().drop(List.of(data, more));
        workbench.data().accept();
        assertThat(workbench.memory().now().data())
                .extracting(opened -> opened.name())
                .containsExactly("data + more");
    }
}
