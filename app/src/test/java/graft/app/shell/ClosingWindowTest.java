package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.controls.Choosers;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.DirectJobRunner;
import graft.app.look.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A run may outlive its window. */
@FxTest
class ClosingWindowTest {
    @TempDir
    Path folder;

    private final List<String> heard = new ArrayList<>();
    private Workbench workbench;
    private Stage stage;
    private ChildProcess.Watcher watcher;
    private long started;

    @Start
    void start(Stage stage) throws IOException {
        this.stage = stage;
        ChildProcess process = new ChildProcess() {
            @Override
            public void start(List<String> command, Watcher watching) {
                watcher = watching;
            }

            @Override
            public void send(String line) {
                heard.add(line);
            }

            @Override
            public void hangUp() {
                heard.add("(hung up)");
            }
        };
        workbench = new Workbench(
                new DirectJobRunner(), new InProcessWorker(), process, new Choosers(), folder.resolve("project"));
        WorkbenchApp.show(stage, workbench, () -> {});
        workbench.data().open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        workbench.network().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        workbench.train().start();
        started = System.nanoTime();
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    /** As the cross of the window asks it; the question waits for an answer. */
    private void cross(FxRobot robot) throws TimeoutException {
        Platform.runLater(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        await(() -> robot.lookup("#closing-dialog").tryQuery().isPresent());
        WaitForAsyncUtils.waitForFxEvents(3);
    }

    /** Presses the button of the question itself: steps of the window have a Cancel of their own. */
    private static void answer(FxRobot robot, String button) {
        robot.clickOn(robot.from(robot.lookup("#closing-dialog").<Node>query())
                .lookup(button)
                .<Node>query());
    }

    @Test
    void theRunGoesOnWithoutTheWindow(FxRobot robot) throws TimeoutException {
        cross(robot);
        answer(robot, "Let it run in the background");
        await(() -> !stage.isShowing());
        assertThat(heard).startsWith("stay").contains("(hung up)");
    }

    @Test
    void theRunStopsAndKeepsTheBest(FxRobot robot) throws TimeoutException {
        await(() -> System.nanoTime() - started
                > 1_000_000_000L); // sooner, a click could be the second of a double click on Train
        cross(robot);
        answer(robot, "Stop it and keep the best");
        await(() -> heard.contains("stop"));
        assertThat(stage.isShowing()).as("while the best so far is written").isTrue();
        robot.interact(() -> watcher.ended(new ChildProcess.End(130, "")));
        await(() -> !stage.isShowing());
        assertThat(heard).startsWith("stop").doesNotContain("stay");
    }

    @Test
    void theQuestionAndEachAnswerAreReadToTheirEnd(FxRobot robot) throws TimeoutException {
        for (Theme theme : Theme.values()) {
            robot.interact(() -> theme.wear(theme == Theme.DARK ? 1.5 : 1));
            cross(robot);
            Screenshots.dialog(robot.lookup("#closing-dialog").query().getScene(), "closing", theme);
            robot.interact(() -> {
                Node dialog = robot.lookup("#closing-dialog").query();
                List<Labeled> shown = new ArrayList<>(List.of((Labeled) dialog.lookup(".content")));
                dialog.lookupAll(".button").forEach(button -> shown.add((Labeled) button));
                assertThat(shown).hasSize(4).allSatisfy(each -> assertThat(
                                ((Text) each.lookup(".text")).getText().replace("\n", " "))
                        .isEqualTo(each.getText()));
            });
            answer(robot, "Cancel");
            await(() -> robot.lookup("#closing-dialog").tryQuery().isEmpty());
        }
    }

    @Test
    void whoeverCancelsKeepsTheWindow(FxRobot robot) throws TimeoutException {
        cross(robot);
        answer(robot, "Cancel");
        await(() -> robot.lookup("#closing-dialog").tryQuery().isEmpty());
        assertThat(stage.isShowing()).isTrue();
        assertThat(heard).isEmpty();
    }
}
