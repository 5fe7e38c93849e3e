package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.DirectJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A file that the window is started with comes beside what else was open last. */
@FxTest
class StartedWithAFileTest {
    @TempDir
    Path folder;

    private final CountDownLatch complete = new CountDownLatch(1);
    private Workbench workbench;
    private WorkbenchController controller;
    private Path data;
    private Path network;

    @Start
    void start(Stage stage) throws IOException {
        data = RedAndBlue.splitPictures(folder.resolve("data"), 4);
        network = RedAndBlue.network(folder.resolve("net.onnx"), 1);
        Workbench before = workbench();
        before.data().open(data);
        before.network().open(network);
        before.memory().write();
        workbench = workbench();
        controller = WorkbenchApp.show(stage, workbench, complete::countDown);
    }

    private Workbench workbench() {
        return new Workbench(
                new DirectJobRunner(),
                new InProcessWorker(),
                new PlayedProcess(),
                new Choosers(),
                folder.resolve("project"));
    }

    /** What is remembered is written a little later: not into a folder that is being deleted. */
    @AfterEach
    void write(FxRobot robot) {
        robot.interact(() -> workbench.memory().write());
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    @Test
    void aNetworkComesBesideTheDataThatWereOpen(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path other = RedAndBlue.network(folder.resolve("other.onnx"), 2);
        robot.interact(() -> controller.start(List.of(other)));
        await(() -> workbench.network().networkProperty().get() != null);
        assertThat(workbench.network().fileProperty().get()).isEqualTo(other);
        assertThat(workbench.data().examplesProperty().get().source()).isEqualTo(data);
        assertThat(robot.lookup("#networkScreen").query().isVisible()).isTrue();
    }

    @Test
    void dataComeBesideTheNetworkThatWasOpen(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path others = RedAndBlue.splitPictures(folder.resolve("others"), 3);
        robot.interact(() -> controller.start(List.of(others)));
        await(() -> workbench.data().understoodProperty().get() != null);
        assertThat(workbench.network().fileProperty().get()).isEqualTo(network);
        assertThat(workbench.data().examplesProperty().get())
                .as("what is imported is asked first, and what was open before does not come instead")
                .isNull();
        robot.interact(() -> workbench.data().accept());
        await(() -> workbench.data().examplesProperty().get() != null);
        assertThat(workbench.data().examplesProperty().get().source()).isEqualTo(others);
    }
}
