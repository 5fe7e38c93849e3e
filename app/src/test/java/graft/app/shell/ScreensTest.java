package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.look.Theme;
import graft.app.task.TaskViews;
import graft.app.train.Recipe;
import graft.app.train.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Every screen with the sample in it, in both themes and all sizes, as pictures to be looked at. */
@FxTest
class ScreensTest {
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

    @Test
    void eachScreenIsDrawn() throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench.openSample(TaskViews.usual()));
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(
                        () -> workbench.data().examplesProperty().get() != null
                                && workbench.network().networkProperty().get() != null
                                && workbench.jobs().jobs().isEmpty())
                .get());
        train();
        for (Step step : Step.values()) {
            WaitForAsyncUtils.waitForAsyncFx(10_000, () -> controller.show(step));
            isDrawn(step.layout());
        }
        WaitForAsyncUtils.waitForAsyncFx(10_000, controller::showAllRuns);
        isDrawn("runs");
    }

    /** A short run, judged, and its forms compared: with everything on the screens that belongs there. */
    private void train() throws TimeoutException {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            workbench.train().choose(Recipe.FEATURE_EXTRACTION);
            workbench.train().start();
        });
        await(120, () -> workbench.train().run().stateProperty().get() == RunState.FINISHED);
        await(60, () -> workbench.evaluate().judgementProperty().get() != null);
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench.deploy().compare());
        await(240, () -> workbench.deploy().deploymentProperty().get() != null);
        await(60, () -> workbench.jobs().jobs().isEmpty());
    }

    private static void await(int seconds, Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition)
                .get());
    }

    @Test
    void thePanelIsDrawn() throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 4);
        Files.writeString(data.resolve("train/red/torn.png"), "no picture");
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench.data().open(data));
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(
                        () -> workbench.problems().found().size() >= 3)
                .get());
        for (String page : new String[] {BottomPanel.PROBLEMS, BottomPanel.LOG, BottomPanel.JOBS}) {
            WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
                controller.show(Step.DATA);
                workbench.memory().change(memory -> memory.with(memory.panel().open(page)));
            });
            isDrawn("panel-" + page);
        }
    }

    @Test
    void theWelcomePageIsDrawn() throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        isDrawn("welcome");
    }

    @Test
    void dialogsAreDrawn() throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        WaitForAsyncUtils.waitForAsyncFx(10_000, workbench.catalog()::refresh);
        Map<String, Runnable> dialogs = Map.of(
                "settings", () -> SettingsDialog.open(stage, workbench),
                "shortcuts", () -> KeySheet.open(stage),
                "catalog", () -> CatalogDialog.open(stage, workbench.catalog(), file -> {}));
        for (Map.Entry<String, Runnable> dialog : dialogs.entrySet()) {
            for (double texts : new double[] {1, 1.5}) {
                for (Theme theme : Theme.values()) {
                    WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
                        workbench.darkProperty().set(theme == Theme.DARK);
                        theme.wear(texts);
                        dialog.getValue().run();
                    });
                    await(20, () -> !workbench.catalog().shown().isEmpty());
                    WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench
                            .catalog()
                            .chosenProperty()
                            .set(workbench.catalog().shown().get(2)));
                    WaitForAsyncUtils.waitForFxEvents(6);
                    Window shown = Window.getWindows().stream()
                            .filter(window -> window != stage)
                            .findFirst()
                            .orElseThrow();
                    assertThat(Screenshots.dialog(shown.getScene(), dialog.getKey() + "-" + (int) (100 * texts), theme))
                            .exists();
                    WaitForAsyncUtils.waitForAsyncFx(10_000, shown::hide);
                }
            }
        }
    }

    private void isDrawn(String name) throws IOException {
        for (Theme theme : Theme.values()) {
            for (Size size : new Size[] {Size.SMALL, Size.USUAL, Size.LARGE}) {
                isDrawn(name, theme, size);
            }
        }
        isDrawn(name, Theme.LIGHT, Size.USUAL_LARGER_TEXTS);
        isDrawn(name, Theme.LIGHT, Size.SMALL_LARGER_TEXTS);
        isDrawn(name, Theme.LIGHT, Size.USUAL_LARGEST_TEXTS);
        isDrawn(name, Theme.LIGHT, Size.FOUR_K);
        isDrawn(name, Theme.DARK, Size.LARGE_TEXTS);
    }

    private void isDrawn(String name, Theme theme, Size size) throws IOException {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench.darkProperty().set(theme == Theme.DARK));
        assertThat(ImageIO.read(Screenshots.take(stage, name, theme, size).toFile())
                        .getWidth())
                .isEqualTo(size.width() * size.pixels());
    }
}
