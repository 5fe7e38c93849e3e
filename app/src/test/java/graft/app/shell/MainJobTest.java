package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.Drops;
import graft.app.FxTest;
import graft.app.Settled;
import graft.app.controls.Choosers;
import graft.app.controls.ConfusionMatrixView;
import graft.app.controls.PictureGrid;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.train.RunFollower;
import graft.app.train.RunState;
import graft.catalog.BuiltInNetwork;
import graft.onnx.OnnxFile;
import graft.run.PlanOptions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The whole job in the real window, with the real engine in a real child process. */
@FxTest
class MainJobTest {
    private static final int OF_EACH = 20;

    @TempDir
    Path folder;

    private Workbench workbench;
    private Path saved;
    private final CountDownLatch complete = new CountDownLatch(1);

    @Start
    void start(Stage stage) {
        saved = folder.resolve("shipped.onnx");
        Choosers choosers = new Choosers() {
            @Override
            public Optional<Path> save(Window owner, String title, String name) {
                return Optional.of(saved);
            }
        };
        workbench = new Workbench(
                new FxJobRunner(), new Workers(), new ProcessService(), choosers, folder.resolve("project"));
        WorkbenchApp.show(stage, workbench, complete::countDown);
    }

    /** Red discs and blue squares on noise: told apart by any network that sees colours. */
    private Path pictures() throws IOException {
        Path root = folder.resolve("pictures");
        Random random = new Random(5);
        for (String name : new String[] {"disc", "square"}) {
            Path where = Files.createDirectories(root.resolve(name));
            for (int i = 0; i < OF_EACH; i++) {
                BufferedImage picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
                for (int p = 0; p < 1600; p++) {
                    picture.setRGB(p % 40, p / 40, random.nextInt(0x1000000) & 0x7f7f7f);
                }
                Graphics2D g = picture.createGraphics();
                g.setColor(name.equals("disc") ? Color.RED : Color.BLUE);
                int x = random.nextInt(20);
                if (name.equals("disc")) {
                    g.fillOval(x, x, 20, 20);
                } else {
                    g.fillRect(x, 20 - x, 20, 20);
                }
                g.dispose();
                ImageIO.write(picture, "png", where.resolve(i + ".png").toFile());
            }
        }
        return root;
    }

    private static void await(int seconds, Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition)
                .get());
    }

    private RunFollower run() {
        return workbench.train().run();
    }

    private Node node(FxRobot robot, String query) {
        return robot.lookup(query).query();
    }

    private void dataAndNetwork(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        robot.clickOn("#step-data");
        Drops.on(node(robot, "#dataScreen"), pictures());
        await(20, () -> workbench.data().understoodProperty().get() != null);
        robot.clickOn("#import-accept");
        await(20, () -> workbench.data().examplesProperty().get() != null);
        robot.clickOn("#step-network");
        Drops.on(node(robot, "#networkScreen"), BuiltInNetwork.file());
        await(
                30,
                () -> workbench.network().networkProperty().get() != null
                        && workbench.network().networkProperty().get().head().isPresent());
    }

    @Test
    void whatIsDroppedIsTakenByItsOwnStep(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        robot.clickOn("#step-data");
        Drops.on(node(robot, "#dataScreen"), BuiltInNetwork.file());
        assertThat(node(robot, "#networkScreen").isVisible()).isTrue();
        await(30, () -> workbench.network().networkProperty().get() != null);
        Drops.on(node(robot, "#networkScreen"), pictures());
        assertThat(node(robot, "#dataScreen").isVisible()).isTrue();
        await(20, () -> workbench.data().understoodProperty().get() != null);
        robot.clickOn("#step-train");
        Drops.on(node(robot, "#trainScreen"), folder.resolve("none.onnx"));
        assertThat(node(robot, "#networkScreen").isVisible()).isTrue();
        await(20, () -> workbench.network().problemProperty().get().contains("none.onnx"));
        assertThat(workbench.data().problemProperty().get()).isEmpty();
    }

    @Test
    void fromAFolderToAShippedFile(FxRobot robot) throws Exception {
        dataAndNetwork(robot);
        robot.clickOn("#step-data");
        assertThat(robot.lookup("#classes").queryAs(TableView.class).getItems()).hasSize(2);
        assertThat(robot.lookup("#data-examples").queryAs(PictureGrid.class).files())
                .hasSize(OF_EACH);

        robot.clickOn("#step-train");
        robot.clickOn("#recipe-FEATURE_EXTRACTION");
        long head = workbench.network().networkProperty().get().trainableParameters();
        robot.clickOn("#recipe-TOP");
        await(10, () -> workbench.network().networkProperty().get().trainableParameters() > head);
        robot.clickOn("#recipe-FEATURE_EXTRACTION");
        await(10, () -> workbench.network().networkProperty().get().trainableParameters() == head);
        robot.clickOn("#train");
        await(60, () -> run().curves().steps().size() > 3);
        // Drawn at the pulse after the points came.
        await(10, () -> robot.lookup("#curve-values")
                .queryAs(Labeled.class)
                .getText()
                .startsWith("epoch"));
        await(60, () -> run().stateProperty().get() == RunState.FINISHED);
        assertThat(run().problemProperty().get()).isEmpty();
        assertThat(run().curves().confusions()).hasSize(30);
        assertThat(run().resultProperty().get().valAccuracy()).isGreaterThan(0.7);

        robot.clickOn("#step-evaluate");
        await(30, () -> workbench.evaluate().judgementProperty().get() != null);
        assertThat(workbench.evaluate().judgementProperty().get().evaluation().accuracy())
                .as("the file answers as the run said")
                .isEqualTo(run().resultProperty().get().valAccuracy());
        ConfusionMatrixView matrix = robot.lookup("#judged-matrix").queryAs(ConfusionMatrixView.class);
        Settled.click(
                robot,
                matrix,
                () -> { // the figures above have just come, and move it down
                    double[] centre = matrix.centreOf(0, 0);
                    return new Point2D(centre[0], centre[1]);
                });
        int recognised =
                workbench.evaluate().judgementProperty().get().evaluation().confusion()[0][0];
        await(
                10,
                () -> robot.lookup("#judged-examples")
                                .queryAs(PictureGrid.class)
                                .files()
                                .size()
                        == recognised);

        robot.clickOn("#step-deploy");
        robot.clickOn("#deployScreen #compare");
        await(120, () -> workbench.deploy().deploymentProperty().get() != null);
        assertThat(workbench.deploy().deploymentProperty().get().variants()).hasSize(5);
        robot.clickOn("#save");
        await(20, () -> workbench.deploy().shippedProperty().get() != null);
        assertThat(OnnxFile.read(saved).graph().nodes()).isNotEmpty();
    }

    @Test
    void aRunThatIsKilledGoesOnByItselfAndTheWindowSaysSo(FxRobot robot) throws Exception {
        dataAndNetwork(robot);
        robot.clickOn("#step-train");
        robot.clickOn("#recipe-FEATURE_EXTRACTION");
        robot.interact(() -> {
            workbench.train().settings().property(PlanOptions.EPOCHS).setValue(20_000); // more than the test takes
            workbench.train().settings().property(PlanOptions.BATCH).setValue(2);
        });
        robot.clickOn("#train");
        await(60, () -> run().canResume() && run().curves().epochs().size() > 1);
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        await(30, () -> run().problemProperty().get().contains("signal 9"));
        int before = run().curves().epochs().size();
        await(60, () -> run().curves().epochs().size() > before);
        assertThat(robot.lookup("#problem").queryAllAs(Labeled.class))
                .anySatisfy(label -> assertThat(label.getText()).contains("goes on from its last checkpoint"));

        robot.clickOn("#pause");
        await(20, () -> run().stateProperty().get() == RunState.PAUSED);
        robot.clickOn("#goOn");
        await(20, () -> run().stateProperty().get() == RunState.TRAINING);
        robot.clickOn("#stop");
        await(60, () -> run().stateProperty().get() == RunState.STOPPED);
        assertThat(node(robot, "#resume").isVisible())
                .as("what is left can be resumed")
                .isTrue();
        assertThat(run().resultProperty().get().network()).exists();
        assertThat(run().resultProperty().get().epochs().size()).isLessThan(20_000);
    }

    @Test
    void whatIsMissingIsSaid(FxRobot robot) {
        robot.clickOn("#step-train");
        assertThat(node(robot, "#train").isDisabled()).isTrue();
        assertThat(robot.lookup("#hint").queryAs(Labeled.class).getText()).contains("step 1");
        robot.type(KeyCode.ESCAPE);
    }
}
