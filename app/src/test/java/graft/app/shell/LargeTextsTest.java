package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.task.TaskViews;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Texts of twice the usual size in a window of the usual one. */
@FxTest
class LargeTextsTest {
    @TempDir
    Path folder;

    private final CountDownLatch complete = new CountDownLatch(1);
    private Workbench workbench;
    private WorkbenchController controller;
    private Stage stage;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        workbench = new Workbench(
                new FxJobRunner(), new Workers(), new ProcessService(), new Choosers(), folder.resolve("project"));
        controller = WorkbenchApp.show(stage, workbench, complete::countDown);
    }

    @AfterEach
    void asUsual() {
        textSize(100);
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    private void textSize(int percent) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench
                .memory()
                .change(memory -> memory.with(memory.preferences().withTextSize(percent))));
        WaitForAsyncUtils.waitForFxEvents(3);
    }

    @Test
    void everythingIsStillInTheWindowOrCanBeScrolledTo(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            stage.setWidth(1280);
            stage.setHeight(800);
            workbench.openSample(TaskViews.usual());
        });
        await(() -> workbench.network().networkProperty().get() != null
                && workbench.data().examplesProperty().get() != null);
        textSize(200);
        for (Step step : Step.values()) {
            WaitForAsyncUtils.waitForAsyncFx(10_000, () -> controller.show(step));
            WaitForAsyncUtils.waitForFxEvents(3);
            Bounds window = stage.getScene().getRoot().getLayoutBounds();
            for (String frame : List.of("#stepBar", "#statusBar", "#statusBar #settings", "#home")) {
                isWithin(window, inScene(robot.lookup(frame).query()), step + " " + frame);
            }
            for (Step each : Step.values()) {
                Node words =
                        robot.lookup("#step-" + each.layout() + " .step-title").query();
                isWithin(window, words.localToScene(words.getLayoutBounds()), step + " shows the name of " + each);
            }
            ScrollPane room =
                    (ScrollPane) robot.lookup("#screen").<javafx.scene.layout.Pane>query().getChildren().stream()
                            .filter(Node::isVisible)
                            .findFirst()
                            .orElseThrow();
            Node page = room.getContent();
            page.lookupAll(".primary").stream().filter(LargeTextsTest::isShown).forEach(button -> {
                Bounds place = page.sceneToLocal(button.localToScene(button.getLayoutBounds()));
                isWithin(page.getLayoutBounds(), place, step + " " + button);
            });
        }
    }

    private static boolean isShown(Node node) {
        return node.isVisible() && (node.getParent() == null || isShown(node.getParent()));
    }

    private static Bounds inScene(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }

    private static void isWithin(Bounds whole, Bounds part, String what) {
        assertThat(part.getMinX()).as(what).isGreaterThanOrEqualTo(whole.getMinX() - 1);
        assertThat(part.getMinY()).as(what).isGreaterThanOrEqualTo(whole.getMinY() - 1);
        assertThat(part.getMaxX()).as(what).isLessThanOrEqualTo(whole.getMaxX() + 1);
        assertThat(part.getMaxY()).as(what).isLessThanOrEqualTo(whole.getMaxY() + 1);
    }
}
