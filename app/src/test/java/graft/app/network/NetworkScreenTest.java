package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.app.FxTest;
import graft.app.InProcessWorker;
import graft.app.Settled;
import graft.app.controls.Counts;
import graft.app.jobs.FxJobRunner;
import graft.app.look.Theme;
import graft.app.task.PictureLoaders;
import graft.network.Layer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class NetworkScreenTest {
    private static final PictureLoaders NO_PICTURES =
            new PictureLoaders(file -> new SimpleObjectProperty<>(), file -> new SimpleObjectProperty<>());

    @TempDir
    static Path folder;

    private boolean onwards;
    private NetworkViewModel networks;
    private List<File> onDragboard = List.of();
    private Optional<Path> chosen = Optional.empty();

    @Start
    void start(Stage stage) {
        Theme.LIGHT.wear();
        networks = new NetworkViewModel(
                new FxJobRunner(), new InProcessWorker(), new SimpleObjectProperty<>(List.of("ants", "bees")));
        NetworkCard card = NetworkCard.of(
                "Small chain", "Three convolutions.", SmallNetworks.write(folder.resolve("card.onnx"), 3));
        BorderPane root = new BorderPane(NetworkController.load(
                networks, NO_PICTURES, owner -> chosen, owner -> {}, List.of(card), files -> {}, () -> onwards = true));
        Label source = new Label("drag me");
        source.setId("source");
        source.setOnDragDetected(event -> {
            Dragboard board = source.startDragAndDrop(TransferMode.ANY);
            ClipboardContent content = new ClipboardContent();
            content.putFiles(onDragboard);
            board.setContent(content);
            event.consume();
        });
        root.setBottom(source);
        stage.setScene(new Scene(root, 1200, 760));
        stage.show();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private GraphPane graph(FxRobot robot) {
        return robot.lookup("#graph").queryAs(GraphPane.class);
    }

    private void openChain(FxRobot robot, int convolutions) throws Exception {
        Path file = SmallNetworks.write(folder.resolve("chain" + convolutions + ".onnx"), convolutions);
        robot.interact(() -> networks.open(file));
        awaitDrawn(robot, "conv0");
    }

    private void awaitDrawn(FxRobot robot, String layer) throws Exception {
        await(() -> graph(robot).graph() != null
                && graph(robot).graph().outline().indexOf(layer) >= 0
                && graph(robot).getWidth() > 0);
    }

    private List<String> learning() {
        return networks.networkProperty().get().body().stream()
                .filter(networks.padlocks()::isLearning)
                .map(Layer::name)
                .toList();
    }

    private void clickPadlock(FxRobot robot, String layer) throws Exception {
        Settled.click(robot, graph(robot), () -> {
            Bounds at = graph(robot).padlockBounds(layer).orElseThrow();
            return new Point2D(at.getCenterX(), at.getCenterY());
        });
    }

    private void clickBox(FxRobot robot, String layer) throws Exception {
        Settled.click(robot, graph(robot), () -> boxOf(robot, layer));
    }

    /** A place in a layer's box, left of its padlock. */
    private Point2D boxOf(FxRobot robot, String layer) {
        Bounds padlock = graph(robot).padlockBounds(layer).orElseThrow();
        return new Point2D(padlock.getMinX() - 60, padlock.getCenterY());
    }

    @Test
    void aCardOpensItsNetwork(FxRobot robot) throws Exception {
        robot.clickOn("#card-small-chain");
        awaitDrawn(robot, "conv2");
        assertThat(robot.lookup("#startPane").query().isVisible()).isFalse();
        assertThat(robot.lookup("#counts").queryAs(Label.class).getText()).isEqualTo("10 of 418 learn");
        assertThat(robot.lookup("#reportLines").query().isVisible()).isTrue();
        robot.clickOn("#onwards");
        assertThat(onwards).isTrue();
    }

    @Test
    void aDroppedFileIsOpened(FxRobot robot) throws Exception {
        onDragboard =
                List.of(SmallNetworks.write(folder.resolve("dropped.onnx"), 2).toFile());
        robot.drag("#source").moveTo("#startPane").drop();
        awaitDrawn(robot, "conv1");
        assertThat(networks.fileProperty().get()).hasFileName("dropped.onnx");
    }

    @Test
    void aDroppedPictureIsRefusedInWords(FxRobot robot) throws Exception {
        onDragboard = List.of(Files.createFile(folder.resolve("bee.png")).toFile());
        robot.drag("#source").moveTo("#startPane").drop();
        await(() -> robot.lookup("#problemBar").query().isVisible());
        assertThat(robot.lookup("#problem").queryAs(Label.class).getText()).contains("bee.png");
        robot.clickOn("#closeProblem");
        assertThat(robot.lookup("#problemBar").query().isVisible()).isFalse();
    }

    @Test
    void theOpenButtonOpensTheChosenFile(FxRobot robot) throws Exception {
        chosen = Optional.of(SmallNetworks.write(folder.resolve("chosen.onnx"), 2));
        robot.clickOn("#openFile");
        awaitDrawn(robot, "conv1");
        assertThat(networks.fileProperty().get()).hasFileName("chosen.onnx");
    }

    @Test
    void aClickOnAPadlockTogglesItAndNothingMoves(FxRobot robot) throws Exception {
        openChain(robot, 4);
        GraphLayout before = graph(robot).graph();
        clickPadlock(robot, "conv2");
        assertThat(learning()).containsExactly("conv2");
        assertThat(robot.lookup("#counts").queryAs(Label.class).getText()).startsWith("158 of ");
        clickPadlock(robot, "conv2");
        assertThat(learning()).isEmpty();
        assertThat(graph(robot).graph()).isSameAs(before);
    }

    @Test
    void keysToggleFreezeAndUndo(FxRobot robot) throws Exception {
        openChain(robot, 4);
        clickBox(robot, "conv1");
        assertThat(robot.lookup("#layerName").queryAs(Label.class).getText()).isEqualTo("conv1");
        robot.push(KeyCode.L);
        assertThat(learning()).containsExactly("conv1");
        robot.interact(() -> networks.apply("all"));
        robot.press(KeyCode.SHIFT).push(KeyCode.L).release(KeyCode.SHIFT);
        assertThat(learning()).containsExactly("conv2", "conv3");
        robot.press(KeyCode.CONTROL).push(KeyCode.Z).release(KeyCode.CONTROL);
        assertThat(learning()).hasSize(4);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT).push(KeyCode.Z).release(KeyCode.SHIFT, KeyCode.CONTROL);
        assertThat(learning()).containsExactly("conv2", "conv3");
        robot.clickOn("#thawFrom");
        assertThat(learning()).containsExactly("conv1", "conv2", "conv3");
    }

    @Test
    void arrowsWalkAlongTheEdgesAndShiftClickSelectsARange(FxRobot robot) throws Exception {
        openChain(robot, 4);
        clickBox(robot, "conv0");
        robot.push(KeyCode.DOWN);
        assertThat(robot.lookup("#layerName").queryAs(Label.class).getText()).isEqualTo("conv1");
        robot.push(KeyCode.UP);
        assertThat(robot.lookup("#layerName").queryAs(Label.class).getText()).isEqualTo("conv0");
        robot.press(KeyCode.SHIFT);
        clickBox(robot, "conv2");
        robot.release(KeyCode.SHIFT);
        robot.push(KeyCode.L);
        assertThat(learning()).containsExactly("conv0", "conv1", "conv2");
        robot.push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#summary").query().isVisible()).isTrue();
    }

    @Test
    void controlAndWheelZoomAndTheWheelAlonePans(FxRobot robot) throws Exception {
        openChain(robot, 4);
        double before = graph(robot).scale();
        robot.moveTo("#graph")
                .press(KeyCode.CONTROL)
                .scroll(2, VerticalDirection.UP)
                .release(KeyCode.CONTROL);
        WaitForAsyncUtils.waitForFxEvents();
        double zoomed = graph(robot).scale();
        assertThat(zoomed).isNotEqualTo(before);
        double top = graph(robot).padlockBounds("conv1").orElseThrow().getMinY();
        robot.scroll(2, VerticalDirection.UP);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(graph(robot).scale()).isEqualTo(zoomed);
        assertThat(graph(robot).padlockBounds("conv1").orElseThrow().getMinY()).isNotEqualTo(top);
        robot.clickOn("#graph", MouseButton.PRIMARY).push(KeyCode.F);
        assertThat(graph(robot).padlockBounds("conv0").orElseThrow().getMinY()).isPositive();
    }

    @Test
    void aMarqueeSelectsWhatItTouchesAndDraggingWithSpaceMovesTheView(FxRobot robot) throws Exception {
        openChain(robot, 4);
        Bounds first =
                graph(robot).localToScreen(graph(robot).padlockBounds("conv0").orElseThrow());
        Bounds second =
                graph(robot).localToScreen(graph(robot).padlockBounds("conv1").orElseThrow());
        robot.drag(first.getMaxX() + 40, first.getMinY() + 4).dropTo(second.getMaxX() - 6, second.getCenterY());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#layerName").queryAs(Label.class).getText()).isEqualTo("2 selected");
        assertThat(graph(robot).getAccessibleText()).contains("conv0").contains("conv1");
        robot.press(KeyCode.SPACE);
        robot.drag(first.getMaxX() + 40, first.getMinY()).dropTo(first.getMaxX() + 10, first.getMinY() + 30);
        robot.release(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
        Bounds moved =
                graph(robot).localToScreen(graph(robot).padlockBounds("conv0").orElseThrow());
        assertThat(moved.getMinX()).isCloseTo(first.getMinX() - 30, within(1.0));
        assertThat(moved.getMinY()).isCloseTo(first.getMinY() + 30, within(1.0));
        assertThat(robot.lookup("#layerName").queryAs(Label.class).getText()).isEqualTo("2 selected");
    }

    @Test
    void anEditIsSeenInTheGraphAndTheHistoryGoesBack(FxRobot robot) throws Exception {
        robot.interact(() -> networks.edits().keepIn(folder.resolve("edited")));
        openChain(robot, 3);
        clickBox(robot, "conv1");
        MenuButton insert = robot.lookup("#insert").queryAs(MenuButton.class);
        robot.interact(() -> insert.getItems().stream()
                .filter(item -> "insert-batchnorm".equals(item.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
        awaitDrawn(robot, "conv1.batchnorm");
        MenuButton history = robot.lookup("#historyMenu").queryAs(MenuButton.class);
        assertThat(history.getItems()).hasSize(2);
        robot.interact(() -> history.getItems().get(1).fire()); // the newest is on top
        await(() ->
                graph(robot).graph() != null && graph(robot).graph().outline().indexOf("conv1.batchnorm") < 0);
        clickBox(robot, "conv1");
        robot.interact(() -> robot.lookup("#deleteLayer").queryButton().fire());
        await(() -> graph(robot).graph() != null
                && graph(robot).graph().outline().indexOf("conv2") >= 0
                && graph(robot).graph().outline().indexOf("conv1") < 0);
        assertThat(robot.lookup("#summary").query().isVisible()).isTrue();
        clickBox(robot, "conv0");
        robot.interact(() -> robot.lookup("#deleteLayer").queryButton().fire());
        await(() -> robot.lookup("#problemBar").query().isVisible());
        assertThat(robot.lookup("#problem").queryAs(Label.class).getText()).contains("Without conv0");
    }

    @Test
    void searchSelectsWhatItFinds(FxRobot robot) throws Exception {
        openChain(robot, 4);
        robot.press(KeyCode.CONTROL).push(KeyCode.F).release(KeyCode.CONTROL);
        robot.write("conv3");
        assertThat(robot.lookup("#searchHits").queryAs(Label.class).getText()).isEqualTo("1 of 1");
        assertThat(robot.lookup("#layerName").queryAs(Label.class).getText()).isEqualTo("conv3");
    }

    @Test
    void theOperatorsLevelShowsEveryNode(FxRobot robot) throws Exception {
        openChain(robot, 3);
        robot.clickOn("#levelMenu").clickOn("#operatorsLevel");
        // Input, three pairs of convolution and Relu, pool, flatten, head, output.
        await(() -> graph(robot).graph().outline().boxes().size() == 11);
        clickBox(robot, "conv1");
        robot.clickOn("#levelMenu").clickOn("#layersLevel");
        await(() -> graph(robot).graph().outline().boxes().size() == 8);
        assertThat(robot.lookup("#layerName").queryAs(Label.class).getText()).isEqualTo("conv1");
        assertThat(graph(robot).padlockBounds("conv1").orElseThrow().getMinY())
                .isBetween(0.0, graph(robot).getHeight());
    }

    @Test
    void aBlockOpensByDoubleClickAndItsPadlockTurnsAllOfIt(FxRobot robot) throws Exception {
        String[] names = {"stem", "stage1.conv1", "stage1.conv2", "stage2.conv1", "stage2.conv2"};
        Path file = SmallNetworks.write(folder.resolve("blocks.onnx"), SmallNetworks.chain(names), Map.of());
        robot.interact(() -> networks.open(file));
        awaitDrawn(robot, "stem");
        robot.clickOn("#levelMenu").clickOn("#architectureLevel");
        // Input, stem, two stages, pool, flatten, head, output.
        await(() -> graph(robot).graph().outline().boxes().size() == 8);
        clickPadlock(robot, "stage2");
        assertThat(learning()).containsExactly("stage2.conv1", "stage2.conv2");
        Settled.doubleClick(robot, graph(robot), () -> boxOf(robot, "stage1"));
        await(() -> graph(robot).graph().outline().boxes().size() == 9);
        assertThat(graph(robot).padlockBounds("stage1.conv2")).isPresent();
        assertThat(graph(robot).padlockBounds("stage1")).isEmpty();
    }

    @Test
    void aWrongNumberInTheFormIsSaidBelowIt(FxRobot robot) throws Exception {
        openChain(robot, 2);
        TextField std = robot.lookup("#std").queryAs(TextField.class);
        robot.interact(() -> std.setText("0"));
        robot.interact(std::requestFocus);
        robot.push(KeyCode.ENTER);
        await(() -> robot.lookup("#error").queryAs(Label.class).getText().contains("std of 0"));
        robot.interact(() -> std.setText("0.5"));
        robot.push(KeyCode.ENTER);
        await(() -> networks.preprocessingProperty().get().std()[0] == 0.5f);
        assertThat(robot.lookup("#error").queryAs(Label.class).getText()).isEmpty();
        assertThat(networks.preprocessingProperty().get().std()).containsExactly(0.5f, 0.5f, 0.5f);
    }

    @Test
    void aRealNetworkIsDrawnWithAllItsLayers(FxRobot robot) throws Exception {
        Path file = Path.of("../../shared/data/networks/mobilenetv2-0.35-imagenet.onnx");
        Assumptions.assumeTrue(Files.exists(file), "skipped: real test data is absent");
        robot.interact(() -> networks.open(file));
        await(() -> graph(robot).graph() != null);
        assertThat(networks.networkProperty().get().body()).hasSize(52);
        Node counts = robot.lookup("#counts").query();
        assertThat(((Label) counts).getText()).startsWith(Counts.exact(2 * 1280 + 2) + " of ");
    }
}
