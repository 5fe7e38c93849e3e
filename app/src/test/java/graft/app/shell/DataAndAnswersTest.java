package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.Drops;
import graft.app.FxTest;
import graft.app.RedAndBlue;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.look.Theme;
import graft.app.task.ExampleSet.ClassCount;
import graft.data.ZippedData;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Data that are dropped, and a network that is asked about what nobody has labelled, in the real window. */
@FxTest
class DataAndAnswersTest {
    @TempDir
    Path folder;

    private Workbench workbench;
    private Stage stage;
    private final CountDownLatch complete = new CountDownLatch(1);

    @Start
    void start(Stage stage) {
        this.stage = stage;
        workbench = new Workbench(
                new FxJobRunner(), new Workers(), new ProcessService(), new Choosers(), folder.resolve("project"));
        WorkbenchApp.show(stage, workbench, complete::countDown);
    }

    private static void await(int seconds, Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition)
                .get());
    }

    private void pictures(String name) {
        for (Theme theme : Theme.values()) {
            for (Size size : new Size[] {Size.SMALL, Size.LARGE, Size.USUAL}) {
                assertThat(Screenshots.take(stage, name, theme, size)).exists();
            }
        }
        assertThat(Screenshots.take(stage, name, Theme.LIGHT, Size.SMALL_LARGER_TEXTS))
                .exists();
        // In sight of the robot again.
        Screenshots.take(stage, name, Theme.LIGHT, Size.USUAL);
    }

    @Test
    @SuppressWarnings("unchecked") // the box of a column holds names
    void columnsAreChosenBeforeATableIsTaken(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        StringBuilder rows = new StringBuilder("text,department,mood\n");
        for (int i = 0; i < 40; i++) {
            rows.append("\"Mail ")
                    .append(i)
                    .append(": where is my parcel, and when will it come?\",")
                    .append(i % 2 == 0 ? "billing," : "delivery,")
                    .append(i % 3 == 0 ? "angry\n" : "calm\n");
        }
        Drops.on(robot.lookup("#dataScreen").query(), Files.writeString(folder.resolve("mails.csv"), rows));
        await(20, () -> workbench.data().understoodProperty().get() != null);
        pictures("data-import-columns");
        ComboBox<String> label = robot.lookup("#import-label").queryAs(ComboBox.class);
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> label.setValue("mood"));
        await(20, () -> workbench.data().understoodProperty().get().examples().isPresent());
        robot.clickOn("#import-accept");
        await(20, () -> workbench.data().examplesProperty().get() != null);
        assertThat(workbench.data().examplesProperty().get().classNames()).containsExactly("angry", "calm");
        pictures("data-texts");
    }

    @Test
    void filesDroppedOnAClassBecomeItsExamplesAndTwoFoldersOneDataSet(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path first = RedAndBlue.splitPictures(folder.resolve("first"), 6);
        Path second = folder.resolve("second");
        RedAndBlue.folder(second.resolve("green"), Color.GREEN, 5);
        RedAndBlue.folder(second.resolve("red"), Color.RED, 5);
        Drops.on(robot.lookup("#dataScreen").query(), first, second);
        await(20, () -> workbench.data().understoodProperty().get() != null);
        pictures("data-import-two-folders");
        Path place = workbench.data().understoodProperty().get().source();
        try {
            robot.clickOn("#import-accept");
            await(20, () -> workbench.data().examplesProperty().get() != null);
            assertThat(workbench.data().examplesProperty().get().classNames()).containsExactly("blue", "green", "red");
            await(20, () -> robot.lookup("#classes .table-row-cell").queryAll().size() > 2);
            Path loose = folder.resolve("loose");
            RedAndBlue.folder(loose, Color.GREEN, 4);
            Node green = robot.lookup("#classes .table-row-cell")
                    .match((TableRow<?> row) -> row.getItem() instanceof ClassCount count
                            && count.name().equals("green"))
                    .query();
            Drops.on(green, loose.resolve("0.png"), loose.resolve("1.png"));
            await(20, () -> workbench.data().newsProperty().get().startsWith("2 files are examples of green"));
            assertThat(workbench
                            .data()
                            .examplesProperty()
                            .get()
                            .classes()
                            .get(1)
                            .all())
                    .isEqualTo(7);
            assertThat(Files.list(second.resolve("green"))).hasSize(5);
            pictures("data-files-on-a-class");
            robot.clickOn("#undo");
            await(
                    20,
                    () -> workbench
                                    .data()
                                    .examplesProperty()
                                    .get()
                                    .classes()
                                    .get(1)
                                    .all()
                            == 5);
        } finally {
            ZippedData.clear(place);
        }
    }

    @Test
    void aFolderBecomesATableOfAnswers(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 12);
        Path fresh = folder.resolve("fresh");
        RedAndBlue.folder(fresh, Color.RED, 30);
        Files.writeString(fresh.resolve("broken.png"), "no picture");
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
            workbench.data().open(data);
            workbench.evaluate().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        });
        await(20, () -> workbench.data().examplesProperty().get() != null);
        robot.clickOn("#step-evaluate");
        robot.clickOn("#judge");
        await(60, () -> workbench.evaluate().judgementProperty().get() != null);
        pictures("evaluate-results");
        robot.clickOn("#page-confidence");
        pictures("evaluate-confidence");
        robot.clickOn("#page-overview");
        robot.clickOn(
                (Node) robot.lookup("#judged-examples .picture-cell").nth(0).query());
        await(5, () -> robot.lookup("#leave-out").tryQuery().isPresent());
        pictures("evaluate-example");
        robot.clickOn("#leave-out");
        await(20, () -> workbench.evaluate().editedProperty().get());
        assertThat(robot.lookup("#retrainButton").query().isVisible()).isTrue();
        pictures("evaluate-edited");
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        await(20, () -> !workbench.evaluate().editedProperty().get());
        robot.clickOn("#page-use");
        pictures("evaluate-use-empty");
        Drops.on(robot.lookup("#use-it").query(), fresh);
        await(60, () -> workbench.useIt().predictionProperty().get() != null);
        assertThat(robot.lookup("#use-answers").queryAs(TableView.class).getItems())
                .hasSize(30);
        assertThat(workbench.useIt().unread()).hasSize(1);
        pictures("evaluate-use");
    }

    @Test
    void whyAPictureIsOfAClassIsShownOverIt(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path net = RedAndBlue.network(folder.resolve("net.onnx"), 1);
        Path data = RedAndBlue.splitPictures(folder.resolve("data"), 12);
        Path both = RedAndBlue.redOnTheLeft(folder.resolve("both.png"));
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
            workbench.data().open(data);
            workbench.evaluate().open(net);
        });
        await(20, () -> workbench.data().examplesProperty().get() != null);
        robot.clickOn("#step-evaluate");
        robot.clickOn("#judge");
        await(60, () -> workbench.evaluate().judgementProperty().get() != null);
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> workbench.evaluate().tryOut(List.of(both)));
        await(60, () -> robot.lookup("#why").tryQuery().isPresent());
        robot.clickOn("#why");
        await(60, () -> robot.lookup("#why-picture").tryQuery().isPresent());
        Image shown = robot.lookup("#why-picture").queryAs(ImageView.class).getImage();
        assertThat(shown.getPixelReader().getColor(0, 4).getBrightness()
                        - shown.getPixelReader().getColor(7, 4).getBrightness())
                .as("what is red speaks for red, and what speaks for it is bright")
                .isGreaterThan(0.3);
        assertThat(robot.lookup("#whySays").queryAs(Label.class).getText())
                .contains("the more")
                .contains("red");
        Node picture = robot.lookup("#why-picture").query();
        Node words = robot.lookup("#whyScroll").query();
        await(
                5,
                () -> picture.localToScene(picture.getBoundsInLocal()).getMaxX()
                        <= words.localToScene(words.getBoundsInLocal()).getMinX());
        pictures("evaluate-why");
        robot.clickOn("#why");
        await(5, () -> robot.lookup("#why-picture").tryQuery().isEmpty());
    }
}
