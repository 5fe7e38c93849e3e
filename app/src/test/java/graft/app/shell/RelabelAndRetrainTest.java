package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.Settled;
import graft.app.controls.Choosers;
import graft.app.controls.ConfusionMatrixView;
import graft.app.controls.PictureGrid;
import graft.app.evaluate.Judgement;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.look.Theme;
import graft.app.train.RunState;
import graft.catalog.BuiltInNetwork;
import graft.data.Corrections;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** From a cell of the matrix to its examples, to their right classes, to a new head: in the real window, with the real engine. */
@FxTest
class RelabelAndRetrainTest {
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

    private static void picture(Path file, Color color, Random random) throws IOException {
        BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 1600; p++) {
            picture.setRGB(p % 40, p / 40, random.nextInt(0x1000000) & 0x7f7f7f);
        }
        Graphics2D g = picture.createGraphics();
        g.setColor(color);
        g.fillRect(random.nextInt(15), random.nextInt(15), 25, 25);
        g.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "png", file.toFile());
    }

    /** Of the ten blue pictures to judge by two are red. */
    private Path pictures() throws IOException {
        Path root = folder.resolve("pictures");
        Random random = new Random(5);
        for (int i = 0; i < 12; i++) {
            picture(root.resolve("train/blue/" + i + ".png"), Color.BLUE, random);
            picture(root.resolve("train/red/" + i + ".png"), Color.RED, random);
        }
        for (int i = 0; i < 10; i++) {
            picture(root.resolve("val/blue/" + i + ".png"), i < 2 ? Color.RED : Color.BLUE, random);
            picture(root.resolve("val/red/" + i + ".png"), Color.RED, random);
        }
        return root;
    }

    private Judgement judgement() {
        return workbench.evaluate().judgementProperty().get();
    }

    /** Clicks the blue pictures that were taken for red, and the first of them. */
    private void openTheFirstMistake(FxRobot robot) throws Exception {
        ConfusionMatrixView matrix = robot.lookup("#judged-matrix").queryAs(ConfusionMatrixView.class);
        int wrong = judgement().evaluation().confusion()[0][1];
        Settled.click(robot, matrix, () -> {
            double[] centre = matrix.centreOf(0, 1);
            return new Point2D(centre[0], centre[1]);
        });
        await(
                10,
                () -> robot.lookup("#judged-examples")
                                .queryAs(PictureGrid.class)
                                .files()
                                .size()
                        == wrong);
        await(
                10,
                () -> !robot.lookup("#judged-examples .picture-cell").queryAll().isEmpty());
        robot.clickOn(robot.lookup("#judged-examples .picture-cell").nth(0).queryAs(javafx.scene.Node.class));
        await(10, () -> robot.lookup("#move-to").tryQuery().isPresent());
    }

    private void moveToRed(FxRobot robot) throws Exception {
        MenuButton move = robot.lookup("#move-to").queryAs(MenuButton.class);
        robot.interact(() -> move.getItems().stream()
                .filter(item -> item.getText().equals("red"))
                .forEach(item -> item.fire()));
        await(20, () -> workbench.evaluate().editedProperty().get());
    }

    @Test
    void fromACellToExamplesToTheirClassesToANewHead(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        Path data = pictures();
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
            workbench.data().open(data);
            workbench.network().open(BuiltInNetwork.file());
        });
        await(
                30,
                () -> workbench.data().examplesProperty().get() != null
                        && workbench.network().networkProperty().get() != null
                        && workbench.network().networkProperty().get().head().isPresent());
        robot.clickOn("#step-train");
        robot.clickOn("#recipe-FEATURE_EXTRACTION");
        await(20, () -> workbench.train().obstacleProperty().get().isEmpty());
        robot.clickOn("#train");
        await(90, () -> workbench.train().run().stateProperty().get() == RunState.FINISHED);
        await(30, () -> judgement() != null);
        assertThat(judgement().evaluation().confusion()).isDeepEqualTo(new int[][] {{8, 2}, {0, 10}});
        assertThat(workbench.train().changedSinceProperty().get()).isEmpty();
        Path firstRun = workbench.train().run().resultProperty().get().network();

        robot.clickOn("#step-evaluate");
        openTheFirstMistake(robot);
        moveToRed(robot);
        await(20, () -> workbench.train().changedSinceProperty().get().contains("1 is of another class now"));
        assertThat(workbench.evaluate().staleProperty().get()).isTrue();
        await(
                10,
                () -> robot.lookup("#verdict").queryAs(Labeled.class).getText().contains("now red"));
        await(10, () -> robot.lookup("#judged-examples .picture-cell").queryAllAs(Labeled.class).stream()
                .anyMatch(cell -> "now red".equals(cell.getText().replace("✓ ", ""))));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        await(20, () -> !workbench.evaluate().editedProperty().get());
        await(20, () -> workbench.train().changedSinceProperty().get().isEmpty());
        await(20, () -> !workbench.evaluate().staleProperty().get());

        openTheFirstMistake(robot);
        moveToRed(robot);
        robot.clickOn(robot.lookup("#judged-examples .picture-cell").nth(1).queryAs(javafx.scene.Node.class));
        await(10, () -> robot.lookup("#leave-out").tryQuery().isPresent());
        robot.clickOn("#leave-out");
        await(20, () -> workbench.data().examplesProperty().get().val() == 19);
        await(20, () -> workbench
                .train()
                .changedSinceProperty()
                .get()
                .matches("1 is left out or gone .*; 1 is of another class now .*"));
        robot.clickOn("#step-train");
        await(10, () -> robot.lookup("#since-band").query().isVisible());
        for (Theme theme : Theme.values()) {
            for (Size size : new Size[] {Size.SMALL, Size.USUAL}) {
                assertThat(Screenshots.take(stage, "train-changed-since", theme, size))
                        .exists();
            }
        }
        Screenshots.take(stage, "train-changed-since", Theme.LIGHT, Size.USUAL);
        robot.clickOn("#step-evaluate");

        robot.clickOn("#retrainButton");
        await(20, () -> workbench.train().run().stateProperty().get().isUnderWay());
        await(60, () -> workbench.train().run().stateProperty().get() == RunState.FINISHED);
        assertThat(workbench.train().run().problemProperty().get()).isEmpty();
        assertThat(workbench.train().run().resultProperty().get().network()).isNotEqualTo(firstRun);
        await(
                30,
                () -> judgement() != null
                        && judgement()
                                .network()
                                .equals(workbench.evaluate().networkProperty().get())
                        && judgement().evaluation().n() == 19);
        assertThat(judgement().evaluation().accuracy())
                .as("the new head is judged by what the data have become, at once")
                .isEqualTo(workbench.train().run().resultProperty().get().valAccuracy());
        assertThat(judgement().evaluation().confusion()).isDeepEqualTo(new int[][] {{8, 0}, {0, 11}});
        await(20, () -> workbench.train().changedSinceProperty().get().isEmpty());
        assertThat(workbench.evaluate().staleProperty().get()).isFalse();
        assertThat(data.resolve(Corrections.FILE)).exists();
        assertThat(Files.list(data.resolve("val/blue"))).hasSize(10);
        compareBothRuns(robot);
    }

    /** By the nineteen examples that there are now, of which both runs get all right: nothing differs. */
    private void compareBothRuns(FxRobot robot) throws Exception {
        await(20, () -> workbench.runs().runs().size() == 2);
        robot.clickOn("#all-runs");
        TableView<?> table = robot.lookup("#table").queryAs(TableView.class);
        await(10, () -> table.getItems().size() == 2);
        robot.interact(() -> table.getSelectionModel().selectAll());
        robot.clickOn("#runsScreen #compare");
        Labeled says = robot.lookup("#changed-says").queryAs(Labeled.class);
        await(60, () -> says.getText().contains("On the same 19 examples"));
        assertThat(says.getText())
                .contains("Both get the same examples right")
                .contains("left out or gone"); // since the first run
        for (Theme theme : Theme.values()) {
            for (Size size : new Size[] {Size.SMALL, Size.USUAL}) {
                assertThat(Screenshots.take(stage, "runs-changed-examples", theme, size))
                        .exists();
            }
        }
    }
}
