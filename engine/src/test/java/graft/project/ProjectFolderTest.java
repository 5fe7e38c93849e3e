package graft.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.onnx.OnnxFile;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanJson;
import graft.run.PlanOptions;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import graft.train.FineTuner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFolderTest {
    @TempDir
    Path folder;

    private FineTuningPlan plan(String run) throws IOException {
        Path network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 20);
        return Plans.of(network, data, folder.resolve(run)).epochs(2).build();
    }

    @Test
    void aRunIsRememberedWithItsPlanItsMetricsAndItsResult() throws IOException {
        FineTuningPlan plan = plan("run");
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            RunRecorder recorder = project.record(plan, Progress.NONE);
            recorder.ended(FineTuner.run(plan, recorder));
            RunEntry run = project.runs().get(0);
            assertThat(run.status()).isEqualTo("finished");
            assertThat(PlanJson.said(run.plan(), PlanOptions.EPOCHS).asInt()).isEqualTo(2);
            assertThat(run.valAccuracy()).isNotNull();
            assertThat(project.metric(run.id(), "val_accuracy")).hasSize(2);
            assertThat(project.metric(run.id(), "loss")).hasSize(2 * 3); // 40 examples in batches of 16
        }
    }

    @Test
    void anInterruptedRunIsOneEntryAlsoWhenItIsResumed() throws IOException {
        FineTuningPlan plan = plan("run");
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            Progress impatient = new Progress() {
                private boolean stepped;

                @Override
                public void report(Event event) {
                    stepped |= event.kind().equals("step");
                }

                @Override
                public boolean isCancelled() {
                    return stepped;
                }
            };
            RunRecorder first = project.record(plan, impatient);
            first.ended(FineTuner.run(plan, first));
            assertThat(project.runs()).extracting(RunEntry::status).containsExactly("interrupted");
            RunRecorder second = project.record(plan, Progress.NONE);
            second.ended(FineTuner.resume(plan.out(), second));
            assertThat(project.runs()).extracting(RunEntry::status).containsExactly("finished");
        }
    }

    @Test
    void aRefusedRunIsNotInTheHistory() throws IOException {
        FineTuningPlan plan = Plans.of(folder.resolve("absent.onnx"), folder, folder.resolve("run"))
                .build();
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            RunRecorder recorder = project.record(plan, Progress.NONE);
            assertThatThrownBy(() -> FineTuner.run(plan, recorder)).isInstanceOf(Refusal.class);
            recorder.failed();
            assertThat(project.runs()).isEmpty();
        }
    }

    @Test
    void notesAndTagsStayAndForgettingTakesTheMetricsAlong() throws IOException {
        try (ProjectFolder project = ProjectFolder.open(folder.resolve("project"))) {
            long id = project.begin(plan("run"));
            assertThat(project.runs().get(0).valAccuracy()).isNull();
            project.add(id, List.of(new ProjectFolder.Metric(1, 0, "val_loss", 0.5)));
            project.marks().note(id, "the good one");
            project.marks().tag(id, "ants,best");
            assertThat(project.runs().get(0).note()).isEqualTo("the good one");
            project.forget(id);
            assertThat(project.runs()).isEmpty();
            assertThat(project.metric(id, "val_loss")).isEmpty();
        }
    }

    @Test
    void aProjectOfFormatOneOpens() throws IOException {
        Path project = Files.createDirectory(folder.resolve("old"));
        try (InputStream fixture = ProjectFolderTest.class.getResourceAsStream("/project/runs-format-1.db")) {
            Files.copy(fixture, project.resolve("runs.db"));
        }
        try (ProjectFolder opened = ProjectFolder.open(project)) {
            assertThat(opened.runs()).extracting(RunEntry::folder).containsExactly("runs/second", "runs/first");
            assertThat(opened.runs().get(1).note()).isEqualTo("kept");
            assertThat(opened.metric(opened.runs().get(1).id(), "val_accuracy")).hasSize(1);
        }
    }

    @Test
    void aProjectOfANewerFormatIsLeftAlone() throws IOException, SQLException {
        Path project = Files.createDirectory(folder.resolve("newer"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + project.resolve("runs.db"))) {
            connection.createStatement().execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> ProjectFolder.open(project))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("newer version of Graft");
    }

    @Test
    void aDamagedHistoryIsRefusedWithItsName() throws IOException {
        Path project = Files.createDirectory(folder.resolve("damaged"));
        Files.writeString(project.resolve("runs.db"), "this is no database ".repeat(100));
        assertThatThrownBy(() -> ProjectFolder.open(project))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("runs.db cannot be used");
    }

    @Test
    void theDatabaseOfAnotherProgramIsLeftAlone() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (java.sql.Connection connection =
                        java.sql.DriverManager.getConnection("jdbc:sqlite:" + other.resolve("runs.db"));
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE marathons (year INTEGER)");
        }
        byte[] before = Files.readAllBytes(other.resolve("runs.db"));
        assertThatThrownBy(() -> ProjectFolder.open(other))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("marathons")
                .hasMessageContaining("--project");
        assertThat(Files.readAllBytes(other.resolve("runs.db"))).isEqualTo(before);
    }
}
