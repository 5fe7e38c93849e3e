package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.train.Curves.EpochPoint;
import graft.app.train.Curves.StepPoint;
import graft.judge.Showing.Sample;
import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunRecorder;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.Epoch;
import graft.run.PlanOptions;
import graft.run.TrainingEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastRunTest {
    @TempDir
    Path folder;

    private FineTuningPlan plan() {
        return FineTuningPlan.of(folder.resolve("net.onnx"), folder.resolve("data"), folder.resolve("run"))
                .with(PlanOptions.EPOCHS, 8);
    }

    @Test
    void theHistoryGivesTheCurvesBackAndAnUnfinishedRunCanBeResumed() throws Exception {
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            RunRecorder recorder = project.record(plan(), Progress.NONE);
            recorder.report(
                    new TrainingEvents.Started("run", 32, 8, "example", List.of("a", "b"), 1, 1, List.of("x"), 8, 2));
            recorder.report(new Sample(0, "Once", " upon"));
            recorder.report(new TrainingEvents.Step(1, 1, 2, 0.9));
            recorder.report(new TrainingEvents.Step(1, 2, 2, 0.7));
            recorder.report(new Epoch(1, 1, 0.8, 0.5, 0.6, 0.75, "accuracy", 1));
            recorder.report(new Sample(1, "Once", " there was"));
            PastRun past =
                    PastRun.read(folder.resolve("project"), project.runs().get(0));
            assertThat(past.steps()).containsExactly(new StepPoint(0.5, 0.9), new StepPoint(1, 0.7));
            assertThat(past.epochs()).containsExactly(new EpochPoint(1, 0.8, 0.5, 0.6, 0.75));
            assertThat(past.samples())
                    .containsExactly(new Sample(0, "Once", " upon"), new Sample(1, "Once", " there was"));
            assertThat(past.subject().epochs()).isEqualTo(8);

            Files.createDirectories(folder.resolve("run"));
            Files.createFile(folder.resolve("run/checkpoint.safetensors"));
            FakeProcess process = new FakeProcess();
            RunFollower follower = new RunFollower(process, folder.resolve("project"), () -> 1);
            follower.show(past);
            assertThat(follower.stateProperty().get()).isEqualTo(RunState.INTERRUPTED);
            assertThat(follower.subjectProperty().get().words()).isEqualTo("head · 8 epochs · SGD 0.01 · batch 16");
            assertThat(follower.curves().epochs()).hasSize(1);
            follower.resume();
            assertThat(process.command()).contains("resume " + folder.resolve("run"));
        }
    }
}
