package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.Drops;
import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.Settled;
import graft.app.data.PictureImages;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.Thumbnails;
import graft.app.look.Theme;
import graft.app.task.ExampleSet;
import graft.app.task.PictureLoaders;
import graft.options.Settings;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What a layer gives for an example that the user chooses, on the screen. */
@FxTest
class LayerExampleScreenTest {
    @TempDir
    static Path folder;

    private final ObjectProperty<ExampleSet> data = new SimpleObjectProperty<>();
    private final ObjectProperty<List<String>> classes = new SimpleObjectProperty<>(List.of());
    private NetworkViewModel networks;

    @Start
    void start(Stage stage) {
        Theme.LIGHT.wear();
        networks = new NetworkViewModel(new FxJobRunner(), new InProcessWorker(), classes, data);
        Thumbnails<Image> thumbnails = new Thumbnails<>(file -> PictureImages.small(file, 96));
        stage.setScene(new Scene(
                NetworkController.load(
                        networks,
                        new PictureLoaders(thumbnails::of, thumbnails::of),
                        owner -> java.util.Optional.empty(),
                        owner -> {},
                        List.of(),
                        files -> {},
                        () -> {}),
                1200,
                800));
        stage.show();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).queryAs(Labeled.class).getText();
    }

    private int strongest() {
        return networks.looks().responseProperty().get() == null
                ? -1
                : networks.looks().responseProperty().get().strongest().get(0).number();
    }

    @Test
    void anExampleIsPickedSteppedToOrDroppedAndTheLayerAnswersIt(FxRobot robot) throws Exception {
        ExampleSet set = ExampleSet.open(RedAndBlue.splitPictures(folder.resolve("data"), 3), Settings.NONE);
        robot.interact(() -> {
            classes.set(set.classNames());
            data.set(set);
            networks.open(SmallNetworks.sameAgain(folder.resolve("net.onnx")));
        });
        GraphPane graph = robot.lookup("#graph").queryAs(GraphPane.class);
        await(() -> graph.graph() != null
                && graph.graph().outline().indexOf("same") >= 0
                && graph.padlockBounds("same").isPresent());
        Settled.click(robot, graph, () -> {
            Bounds padlock = graph.padlockBounds("same").orElseThrow();
            return new Point2D(padlock.getMinX() - 60, padlock.getCenterY());
        });
        await(() -> strongest() == 2);
        assertThat(text(robot, "#examplePlace")).isEqualTo("1 of 12");

        robot.clickOn("#previousExample");
        await(() -> strongest() == 0);
        assertThat(text(robot, "#examplePlace")).as("a red one").isEqualTo("12 of 12");

        robot.clickOn("#chooseExample");
        await(() -> robot.lookup("#picker-examples .picture-cell").queryAll().size() == 6);
        assertThat(robot.lookup("#picker-class").queryAs(ComboBox.class).getValue())
                .isEqualTo("blue");
        Node cell = robot.lookup("#picker-examples .picture-cell").nth(1).query();
        Settled.click(robot, cell, () -> new Point2D(40, 40));
        await(() -> strongest() == 2);
        assertThat(text(robot, "#examplePlace")).isEqualTo("2 of 12");
        assertThat(robot.lookup("#picker-examples").tryQuery())
                .as("the picker is gone")
                .isEmpty();

        Drops.on(robot.lookup("#responsePane").query(), RedAndBlue.picture(folder.resolve("green.png"), Color.GREEN));
        await(() -> strongest() == 1);
        assertThat(text(robot, "#exampleName")).isEqualTo("green.png");
        assertThat(text(robot, "#examplePlace")).isEqualTo("not of the data");
    }
}
