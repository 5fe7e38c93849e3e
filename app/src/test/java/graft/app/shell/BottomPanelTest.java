package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.memory.MemoryKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class BottomPanelTest {
    @TempDir
    Path folder;

    private final CountDownLatch complete = new CountDownLatch(1);
    private Workbench workbench;

    @Start
    void start(Stage stage) {
        workbench = new Workbench(
                new FxJobRunner(),
                new InProcessWorker(),
                new PlayedProcess(),
                new Choosers(),
                folder.resolve("project"));
        WorkbenchApp.show(stage, workbench, complete::countDown);
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private void tornPicture() throws IOException, InterruptedException, TimeoutException {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 4);
        Files.writeString(data.resolve("train/red/torn.png"), "no picture");
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench.data().open(data));
        await(() -> isTold("torn.png"));
    }

    private boolean isTold(String words) {
        return workbench.problems().found().stream()
                .anyMatch(each -> each.problem().what().contains(words));
    }

    /** The button at the end of the row that has these words. */
    private static Node fix(FxRobot robot, String words) {
        return robot.lookup(".problem-row")
                .match(row -> row.lookupAll(".label").stream()
                        .anyMatch(label -> label instanceof Labeled says
                                && says.getText() != null
                                && says.getText().contains(words)))
                .lookup(".problem-fix")
                .query();
    }

    @Test
    void aProblemIsMendedWithAClickAndIsGone(FxRobot robot) throws Exception {
        tornPicture();
        robot.clickOn("#problems");
        await(() -> robot.lookup("#problem-list").query().isVisible());
        WaitForAsyncUtils.waitForFxEvents(3);
        robot.clickOn(fix(robot, "torn.png"));
        await(() ->
                !isTold("torn.png") && robot.lookup("#problem-undo").tryQuery().isPresent());
        assertThat(robot.lookup(".problem-row").lookup(".label").queryAllAs(Labeled.class))
                .noneMatch(label -> label.getText().contains("torn.png"));
        // The list is drawn anew once the pictures are looked at: a button that is aimed at may be another by then.
        robot.interact(() -> robot.lookup("#problem-undo").queryButton().fire());
        await(() -> isTold("torn.png"));
    }

    @Test
    void theStepOfAProblemIsOneClickAway(FxRobot robot) throws Exception {
        tornPicture();
        robot.clickOn("#step-deploy");
        robot.clickOn("#problems");
        WaitForAsyncUtils.waitForFxEvents(3);
        robot.clickOn(robot.lookup(".problem-step").queryAll().iterator().next());
        await(() -> robot.lookup("#dataScreen").query().isVisible());
    }

    @Test
    void thePanelComesBackAsItWasLeft(FxRobot robot) throws Exception {
        tornPicture();
        robot.press(KeyCode.CONTROL).type(KeyCode.J).release(KeyCode.CONTROL);
        robot.clickOn("#panel-log");
        await(() -> robot.lookup("#log-lines").queryAs(ListView.class).getItems().stream()
                .anyMatch(line -> line.toString().contains("Opening data")));
        robot.interact(() -> workbench.memory().write());
        assertThat(new MemoryKeeper(folder.resolve("project")).now().panel())
                .satisfies(place -> assertThat(place.open()).isTrue())
                .satisfies(place -> assertThat(place.tab()).isEqualTo("log"));
        robot.clickOn("#panel-close");
        await(() -> !robot.lookup("#log-lines").query().getParent().getParent().isVisible());
        assertThat(workbench.memory().now().panel().open()).isFalse();
    }
}
