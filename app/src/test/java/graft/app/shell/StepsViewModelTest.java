package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsViewModelTest {
    @TempDir
    Path folder;

    private final PlayedProcess process = new PlayedProcess();
    private Workbench workbench;

    @BeforeEach
    void start() {
        workbench = new Workbench(
                new DirectJobRunner(), new InProcessWorker(), process, new Choosers(), folder.resolve("project"));
    }

    /** What is remembered is written a little later: not into a folder that is being deleted. */
    @AfterEach
    void write() {
        workbench.memory().write();
    }

    private List<StepState> states() {
        return workbench.steps().steps().stream()
                .map(status -> status.state().getValue())
                .toList();
    }

    private StepStatus step(Step step) {
        return workbench.steps().steps().get(step.ordinal());
    }

    @Test
    void atTheFirstStartNothingIsDoneAndEachSaysWhy() {
        assertThat(states()).containsOnly(StepState.NOT_YET);
        for (Step step : Step.values()) {
            assertThat(step(step).reason().get()).as(step.name()).isNotEmpty();
        }
    }

    @Test
    void aRunOfDataThatWereReplacedIsStale() throws IOException {
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 4);
        workbench.data().open(data);
        workbench.network().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        assertThat(states().subList(0, 3)).containsExactly(StepState.DONE, StepState.DONE, StepState.NOT_YET);
        assertThat(step(Step.TRAIN).reason().get()).isEmpty();
        assertThat(step(Step.TRAIN).headline().get()).isEqualTo("ready");
        workbench.train().start();
        assertThat(step(Step.TRAIN).state().getValue()).isEqualTo(StepState.UNDER_WAY);
        process.ends(
                0,
                "{\"status\":\"finished\",\"epochs\":[],\"val_accuracy\":0.75,\"best_epoch\":1,\"network\":\""
                        + workbench.network().fileProperty().get()
                        + "\",\"classes\":[\"blue\",\"red\"],\"frozen_tensors\":0}");
        assertThat(states()).startsWith(StepState.DONE, StepState.DONE, StepState.DONE, StepState.DONE);
        workbench.data().open(RedAndBlue.splitPictures(folder.resolve("others"), 4));
        assertThat(states())
                .as("neither the run nor its figures are of these data")
                .startsWith(StepState.DONE, StepState.DONE, StepState.STALE, StepState.STALE);
        workbench.data().open(data);
        assertThat(states()).startsWith(StepState.DONE, StepState.DONE, StepState.DONE, StepState.DONE);
    }

    @Test
    void aRunThatWasStoppedIsNotDone() throws IOException {
        workbench.data().open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        workbench.network().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        workbench.train().start();
        process.ends(
                0,
                "{\"status\":\"stopped\",\"epochs\":[],\"val_accuracy\":0.75,\"best_epoch\":1,\"network\":\""
                        + workbench.network().fileProperty().get()
                        + "\",\"classes\":[\"blue\",\"red\"],\"frozen_tensors\":0}");
        assertThat(step(Step.TRAIN).headline().get()).startsWith("stopped");
        assertThat(step(Step.TRAIN).state().getValue()).isEqualTo(StepState.STALE);
    }
}
