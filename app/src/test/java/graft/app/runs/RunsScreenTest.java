package graft.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.Settled;
import graft.app.controls.Choosers;
import graft.app.controls.MenuKey;
import graft.app.jobs.DirectJobRunner;
import graft.app.look.Theme;
import graft.app.task.PictureLoaders;
import graft.app.train.PastRun;
import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.project.RunRecorder;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.TrainingEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.beans.property.SimpleObjectProperty;
import javafx.fxml.FXMLLoader;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class RunsScreenTest {
    @TempDir
    Path folder;

    private RunsViewModel model;
    private final List<PastRun> opened = new ArrayList<>();
    private Stage stage;

    @Start
    void start(Stage stage) throws Exception {
        this.stage = stage;
        Theme.LIGHT.wear();
        try (ProjectFolder project = ProjectFolder.open(folder)) {
            String[][] runs = {
                {"hymenoptera", "mobilenetv2-0.35.onnx", "head"},
                {"hymenoptera", "mobilenetv2-0.35.onnx", "last:10"},
                {"surfaces", "graft-resnet.onnx", "all"}
            };
            for (int i = 0; i < runs.length; i++) {
                FineTuningPlan plan = FineTuningPlan.of(
                                Path.of(runs[i][1]), Path.of(runs[i][0]), folder.resolve("runs/000" + (i + 1)))
                        .with(PlanOptions.TRAINABLE, runs[i][2])
                        .with(PlanOptions.SEED, (long) i);
                RunRecorder recorder = project.record(plan, Progress.NONE);
                recorder.report(new TrainingEvents.Started(
                        "run", 32, 8, "example", List.of("a", "b"), 1, 1, List.of("x"), 8, 2));
                recorder.interrupted();
            }
        }
        model = new RunsViewModel(new DirectJobRunner(), folder);
        model.refresh(words -> {
            throw new AssertionError(words);
        });
        FXMLLoader loader = new FXMLLoader(
                RunsScreenTest.class.getResource("/fxml/runs.fxml"), ResourceBundle.getBundle("graft.app.runs"));
        loader.setControllerFactory(type -> new RunsController(
                model,
                new Choosers(),
                opened::add,
                past -> {},
                () -> {},
                new ChangedExamples(new DirectJobRunner(), new InProcessWorker()),
                new PictureLoaders(file -> new SimpleObjectProperty<>(), file -> new SimpleObjectProperty<>())));
        Parent root = loader.load();
        stage.setScene(new Scene(new StackPane(root), 1920, 1080));
        stage.show();
    }

    @SuppressWarnings("unchecked") // its rows are runs
    private static TableView<RunEntry> table(FxRobot robot) {
        return robot.lookup("#table").queryAs(TableView.class);
    }

    @Test
    void runsAreFoundComparedDeletedAndHadBack(FxRobot robot) {
        TableView<RunEntry> table = table(robot);
        assertThat(table.getItems()).extracting(RunWords::title).containsExactly("everything", "top 10", "head");
        robot.interact(() -> robot.lookup("#filter").queryAs(TextField.class).setText("HYMEN top"));
        assertThat(table.getItems()).extracting(RunWords::title).containsExactly("top 10");
        robot.interact(() -> {
            robot.lookup("#filter").queryAs(TextField.class).clear();
            table.getSelectionModel().clearSelection();
            table.getSelectionModel().selectIndices(1, 2);
            robot.lookup("#compare").queryAs(Button.class).fire();
        });
        assertThat(robot.lookup("#compared").queryAs(Labeled.class).getText())
                .contains("What learns: head → last:10")
                .contains("Seed: 0 → 1")
                .doesNotContain("Epochs");
        for (Theme theme : Theme.values()) {
            for (int[] size : new int[][] {{808, 560}, {1072, 716}, {1712, 990}}) {
                Screenshots.take(stage, "runs", theme, new Size(size[0], size[1], 1, 1));
            }
        }
        robot.interact(() -> model.delete(List.copyOf(table.getSelectionModel().getSelectedItems())));
        assertThat(table.getItems()).hasSize(1);
        assertThat(robot.lookup("#news").queryAs(Labeled.class).getText())
                .isEqualTo("2 runs were deleted: top 10, head");
        robot.interact(() -> robot.lookup("#undo").queryAs(Button.class).fire());
        assertThat(table.getItems()).hasSize(3);
    }

    @Test
    void aDoubleClickOpensARunAndAClickOnItsNameDoesNotRenameIt(FxRobot robot) throws Exception {
        TableView<RunEntry> table = table(robot);
        Node name = robot.lookup(".table-cell")
                .match((Labeled cell) -> "top 10".equals(cell.getText()))
                .query();
        Settled.click(robot, name, () -> new Point2D(10, 10));
        await(() -> table.getSelectionModel().getSelectedIndex() == 1);
        robot.sleep(600); // longer than the two clicks of a double click are apart
        Settled.click(robot, name, () -> new Point2D(10, 10));
        assertThat(table.getEditingCell()).isNull();
        assertThat(opened).isEmpty();
        robot.sleep(600);
        robot.doubleClickOn(name);
        await(() -> opened.size() == 1);
        assertThat(opened.get(0).subject().title()).isEqualTo("top 10");
        assertThat(table.getEditingCell()).isNull();
    }

    @Test
    void aDeletionIsNamedMovesNoRowAndIsTakenBackByCtrlZ(FxRobot robot) {
        TableView<RunEntry> table = table(robot);
        double before = table.localToScene(0, 0).getY();
        robot.interact(() -> {
            table.requestFocus();
            table.getSelectionModel().clearAndSelect(0);
        });
        robot.type(KeyCode.DELETE);
        await(() -> table.getItems().size() == 2);
        assertThat(robot.lookup("#news").queryAs(Labeled.class).getText())
                .isEqualTo("Deleted: everything · surfaces · interrupted");
        robot.interact(() -> stage.getScene().getRoot().layout());
        assertThat(table.localToScene(0, 0).getY()).isEqualTo(before);
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        await(() -> table.getItems().size() == 3);
        assertThat(robot.lookup("#news").query().getParent().isVisible()).isFalse();
    }

    private static void await(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsSaidOfARunStays(FxRobot robot) {
        TableView<RunEntry> table = table(robot);
        robot.interact(() -> {
            model.rename(table.getItems().get(2), "the first");
            model.star(table.getItems().get(2));
            model.pin(table.getItems().get(2));
        });
        assertThat(RunWords.title(table.getItems().get(0)))
                .as("pinned above the others")
                .isEqualTo("the first");
        assertThat(table.getItems().get(0).starred()).isTrue();
        robot.interact(() -> {
            table.getSelectionModel().clearAndSelect(0);
            robot.lookup("#open").queryAs(Button.class).fire();
        });
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).subject().title()).isEqualTo("the first");
        assertThat(opened.get(0).plan()).isPresent();
    }

    @Test
    void theMenuComesByTheKeyboardAndTheSameRunStaysChosenAfterwards(FxRobot robot) {
        TableView<RunEntry> table = table(robot);
        robot.interact(() -> {
            MenuKey.addTo(stage.getScene());
            table.requestFocus();
            table.getSelectionModel().clearAndSelect(2);
        });
        long first = table.getItems().get(2).id();
        robot.push(KeyCode.SHIFT, KeyCode.F10);
        await(() -> table.getContextMenu().isShowing());
        robot.interact(() -> {
            table.getContextMenu().getItems().stream()
                    .filter(item -> "run-pin".equals(item.getId()))
                    .forEach(MenuItem::fire);
            table.getContextMenu().hide();
        });
        await(() -> table.getItems().get(0).id() == first);
        assertThat(table.getSelectionModel().getSelectedItems())
                .extracting(RunEntry::id)
                .containsExactly(first);
        robot.interact(() -> model.tag(table.getItems().get(0), "baseline"));
        assertThat(table.getSelectionModel().getSelectedItem().tags()).isEqualTo("baseline");
        assertThat(table.getSelectionModel().getSelectedItem().id()).isEqualTo(first);
    }

    @Test
    void theCommandLineIsOneThatAUserCouldType() {
        assertThat(model.commandLine(model.runs().get(1)))
                .startsWith("graft train --network=mobilenetv2-0.35.onnx --data=hymenoptera")
                .contains("--trainable=last:10")
                .as("in a folder that is free: its own holds a run")
                .doesNotContain("--out=" + model.runs().get(1).folder() + " ")
                .containsPattern("--out=\\S*runs/\\d{4}");
    }
}
