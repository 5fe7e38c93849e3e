package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.DirectJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
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

    @Start
    void start(Stage stage) throws IOException {
        this.stage = stage;
        ChildProcess process = new ChildProcess() {
            @Override
            public void start(List<String> command, Watcher watching) {}

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

    @Test
    void theRunGoesOnWithoutTheWindow(FxRobot robot) throws TimeoutException {
        cross(robot);
        robot.clickOn("Let it run in the background");
        await(() -> !stage.isShowing());
        assertThat(heard).startsWith("continue", "stay").contains("(hung up)");
    }

    @Test
    void whoeverCancelsKeepsTheWindow(FxRobot robot) throws TimeoutException {
        cross(robot);
        robot.clickOn("Cancel");
        await(() -> robot.lookup("#closing-dialog").tryQuery().isEmpty());
        assertThat(stage.isShowing()).isTrue();
        assertThat(heard).isEmpty();
    }
}
