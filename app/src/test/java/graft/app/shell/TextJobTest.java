package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.Drops;
import graft.app.FxTest;
import graft.app.Settled;
import graft.app.controls.Choosers;
import graft.app.controls.ConfusionMatrixView;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.task.Shown;
import graft.app.task.TaskViews;
import graft.app.train.RunState;
import graft.catalog.MiniLm;
import graft.sample.SampleMails;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.control.ListView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The job with texts in the real window, with the real engine in a real child process. */
@FxTest
class TextJobTest {
    @TempDir
    Path folder;

    private Workbench workbench;
    private final CountDownLatch complete = new CountDownLatch(1);

    @Start
    void start(Stage stage) {
        workbench = new Workbench(
                new FxJobRunner(), new Workers(), new ProcessService(), new Choosers(), folder.resolve("project"));
        WorkbenchApp.show(stage, workbench, complete::countDown);
    }

    private static void await(int seconds, Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition)
                .get());
    }

    @SuppressWarnings("unchecked") // the rows of texts hold nothing else
    private static ListView<Shown> rows(FxRobot robot, String id) {
        return robot.lookup(id + " .list-view").queryAs(ListView.class);
    }

    @Test
    void fromATableOfTextsToAnAnswer(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        SampleMails.writeInto(folder.resolve("mails"));
        Drops.on(robot.lookup("#dataScreen").query(), folder.resolve("mails"));
        await(20, () -> workbench.data().understoodProperty().get() != null);
        robot.clickOn("#import-accept");
        await(20, () -> workbench.data().examplesProperty().get() != null);
        assertThat(rows(robot, "#data-examples").getItems()).hasSize(SampleMails.TRAIN + SampleMails.VAL);
        robot.clickOn("#step-network");
        robot.clickOn(
                "#card-" + TaskViews.of(folder.resolve("mails")).text("network").toLowerCase());
        await(
                30,
                () -> workbench.network().networkProperty().get() != null
                        && workbench.network().networkProperty().get().head().isPresent());
        assertThat(workbench.network().fileProperty().get()).isEqualTo(MiniLm.file());

        robot.clickOn("#step-train");
        robot.clickOn("#train");
        await(90, () -> workbench.train().run().stateProperty().get() == RunState.FINISHED);
        assertThat(workbench.train().run().resultProperty().get().valAccuracy()).isGreaterThan(0.7);

        robot.clickOn("#step-evaluate");
        await(30, () -> workbench.evaluate().judgementProperty().get() != null);
        int[][] confusion =
                workbench.evaluate().judgementProperty().get().evaluation().confusion();
        ConfusionMatrixView matrix = robot.lookup("#judged-matrix").queryAs(ConfusionMatrixView.class);
        Settled.click(robot, matrix, () -> {
            double[] centre = matrix.centreOf(0, 0);
            return new Point2D(centre[0], centre[1]);
        });
        await(10, () -> rows(robot, "#judged-examples").getItems().size() == confusion[0][0]);
        assertThat(rows(robot, "#judged-examples").getItems())
                .allSatisfy(row -> assertThat(row.words()).isNotBlank());
        robot.clickOn("#sentence").write("My parcel never arrived, where is it now?");
        robot.clickOn("#ask");
        await(20, () -> workbench.evaluate().triedProperty().get() != null);
        assertThat(workbench.evaluate().triedProperty().get().predicted()).isEqualTo("delivery");
        assertThat(workbench.evaluate().problemProperty().get()).isEmpty();
    }
}
