package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.look.Theme;
import graft.app.memory.Memory;
import graft.app.memory.MemoryKeeper;
import graft.app.memory.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What was worked with on other days, on the welcome page. */
@FxTest
class RecentWorkTest {
    @TempDir
    Path folder;

    private final CountDownLatch complete = new CountDownLatch(1);
    private Workbench workbench;
    private Path data;
    private Stage stage;

    private static Setup of(Path data, Path network) {
        return new Setup(data, network, "head", "", Map.of(), "PROBE", null, null, "2024-05-01T10:00:00Z");
    }

    @Start
    void start(Stage given) throws IOException {
        stage = given;
        data = RedAndBlue.splitPictures(folder.resolve("cells"), 4);
        Path network = RedAndBlue.network(folder.resolve("net.onnx"), 1);
        MemoryKeeper memory = new MemoryKeeper(folder.resolve("project"));
        memory.change(before -> Memory.NONE
                .with(of(data, network))
                .with(of(folder.resolve("gone"), network))
                .with(of(folder.resolve("lost"), folder.resolve("lost.onnx"))));
        workbench = new Workbench(
                new FxJobRunner(),
                new InProcessWorker(),
                new PlayedProcess(),
                new Choosers(),
                folder.resolve("project"),
                memory);
        WorkbenchApp.show(stage, workbench, complete::countDown).showWelcome();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private Button row(FxRobot robot, int number) {
        return robot.lookup("#recent-work .side-row").nth(number).queryButton();
    }

    @Test
    void whatIsGoneIsSaidAndTakenOffAndWhatIsThereComesBack(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(row(robot, 0).isDisabled())
                .as("nothing of it is left: %s", row(robot, 0).getAccessibleText())
                .isTrue();
        assertThat(row(robot, 1).getAccessibleText()).isEqualTo("gone · net.onnx, no longer there: gone, 2024");
        assertThat(row(robot, 1).isDisabled()).as("its network is there").isFalse();
        assertThat(row(robot, 2).getAccessibleText()).isEqualTo("cells · net.onnx, 2024");

        Screenshots.take(stage, "welcome-again", Theme.LIGHT, Size.SMALL);
        Screenshots.take(stage, "welcome-again", Theme.DARK, Size.USUAL);

        robot.interact(robot.lookup("#recent-work .button-icon").nth(0).queryButton()::fire);
        await(() -> robot.lookup("#recent-work .side-row").queryAll().size() == 2);
        assertThat(workbench.memory().now().setups()).extracting(Setup::data).doesNotContain(folder.resolve("lost"));

        robot.interact(row(robot, 1)::fire);
        await(() -> workbench.data().examplesProperty().get() != null
                && workbench.network().networkProperty().get() != null);
        assertThat(workbench.data().examplesProperty().get().source()).isEqualTo(data);
        assertThat(robot.lookup("#trainScreen").query().isVisible()).isTrue();
        assertThat(robot.lookup("#problem").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .containsOnly("");
    }
}
