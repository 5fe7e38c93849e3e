package graft.app.shell;

import graft.app.FxTest;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.Settled;
import graft.app.controls.Choosers;
import graft.app.controls.ConfusionMatrixView;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.look.Theme;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.app.train.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Takes the pictures of {@code docs/guide} from the real window, with the samples and real runs: {@code docs/guide/take-pictures} calls it.
 * Not a test: nothing is asserted but that each step comes to its end.
 */
@FxTest
class GuidePictures {
    private static final Path INTO = Path.of("target", "guide");

    @TempDir
    Path folder;

    private final CountDownLatch complete = new CountDownLatch(1);
    private Workbench workbench;
    private WorkbenchController controller;
    private Stage stage;
    private int frames;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        workbench = new Workbench(
                new FxJobRunner(), new Workers(), new ProcessService(), new Choosers(), folder.resolve("project"));
        controller = WorkbenchApp.show(stage, workbench, complete::countDown);
    }

    @Test
    void ofPictures(FxRobot robot) throws Exception {
        complete.await(300, TimeUnit.SECONDS);
        frame(8);
        open(TaskViews.usual());
        show(Step.DATA, "data");
        frame(6);
        show(Step.NETWORK, "network");
        frame(6);
        show(Step.TRAIN, "before-training");
        frame(4);
        press(robot, "#train");
        await(300, () -> !workbench.train().run().curves().epochs().isEmpty());
        while (workbench.train().run().stateProperty().get().isUnderWay()) {
            frame(1);
            Thread.sleep(1500); // each picture makes the file larger
        }
        await(120, () -> workbench.train().run().stateProperty().get() == RunState.FINISHED);
        show(Step.TRAIN, "trained");
        frame(8);
        controller(Step.EVALUATE);
        await(300, () -> workbench.evaluate().judgementProperty().get() != null);
        ConfusionMatrixView matrix = robot.lookup("#judged-matrix").queryAs(ConfusionMatrixView.class);
        Settled.click(robot, matrix, () -> {
            double[] wrong = matrix.centreOf(1, 2);
            return new Point2D(wrong[0], wrong[1]);
        });
        settle();
        take("evaluate", Theme.LIGHT);
        take("evaluate-dark", Theme.DARK);
        frame(8);
        controller(Step.DEPLOY);
        press(robot, "#deployScreen #compare");
        await(240, () -> workbench.deploy().deploymentProperty().get() != null);
        TextInputControl program = robot.lookup("#deployScreen #code").queryTextInputControl();
        await(300, () -> !program.getText().isBlank()); // it comes after the table
        await(300, () -> workbench.jobs().jobs().isEmpty());
        settle();
        take("deploy", Theme.LIGHT);
        frame(12);
    }

    @Test
    void ofTexts(FxRobot robot) throws Exception {
        complete.await(300, TimeUnit.SECONDS);
        TaskView texts = TaskViews.own().get(1);
        open(texts);
        show(Step.DATA, "texts-data");
        controller(Step.TRAIN);
        press(robot, "#train");
        await(240, () -> workbench.train().run().stateProperty().get() == RunState.FINISHED);
        controller(Step.EVALUATE);
        await(300, () -> workbench.evaluate().judgementProperty().get() != null);
        robot.interact(() ->
                robot.lookup("#sentence").queryTextInputControl().setText("My parcel never arrived, where is it now?"));
        press(robot, "#ask");
        await(300, () -> workbench.evaluate().triedProperty().get() != null);
        settle();
        take("texts-evaluate", Theme.LIGHT);
    }

    /** Not by the mouse: pictures are laid out in another size than the headless screen has. */
    private static void press(FxRobot robot, String button) throws TimeoutException {
        ButtonBase found = robot.lookup(button).queryAs(ButtonBase.class);
        await(300, () -> !found.isDisabled());
        robot.interact(found::fire);
    }

    private void open(TaskView view) throws TimeoutException {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> workbench.openSample(view));
        await(
                300,
                () -> workbench.data().examplesProperty().get() != null
                        && workbench.network().networkProperty().get() != null
                        && workbench.jobs().jobs().isEmpty());
    }

    private static void await(int seconds, Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition)
                .get());
    }

    private void controller(Step step) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> controller.show(step));
        settle();
    }

    private void show(Step step, String name) throws IOException {
        controller(step);
        take(name, Theme.LIGHT);
    }

    /** Waits for thumbnails, which come from other threads. */
    private static void settle() {
        WaitForAsyncUtils.sleep(1500, TimeUnit.MILLISECONDS);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void take(String name, Theme theme) throws IOException {
        Files.createDirectories(INTO);
        Files.move(
                Screenshots.take(stage, "guide-" + name, theme, Size.USUAL),
                INTO.resolve(name + ".png"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** A picture of the moving one, to be seen for so many tenths of a second times three. */
    private void frame(int thirds) throws IOException {
        take(String.format("frame-%03d-%02d", frames++, thirds), Theme.LIGHT);
    }
}
