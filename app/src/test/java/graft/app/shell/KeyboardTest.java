package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.RedAndBlue;
import graft.app.Settled;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import graft.app.network.GraphPane;
import graft.app.train.Recipe;
import graft.app.train.RunState;
import graft.catalog.BuiltInNetwork;
import graft.onnx.OnnxFile;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The window without a mouse. */
@FxTest
class KeyboardTest {
    /** Stops on the way round after which there is none any more. */
    private static final int MOST_STOPS = 150;

    /** Around what has the focus, where its frame is. */
    private static final double MARGIN = 4;

    @TempDir
    Path folder;

    private final CountDownLatch complete = new CountDownLatch(1);
    private Workbench workbench;
    private Stage stage;
    private Path saved;

    @Start
    void start(Stage stage) {
        this.stage = stage;
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

    private static void await(int seconds, Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(seconds, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition)
                .get());
    }

    private Node focused() {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, () -> stage.getScene().getFocusOwner());
    }

    private static void press(FxRobot robot, KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** By Tab alone. */
    private void tabTo(FxRobot robot, String id) {
        List<String> stops = new ArrayList<>();
        for (int stop = 0; stop < MOST_STOPS; stop++) {
            Node focused = focused();
            if (focused != null
                    && (id.equals(focused.getId())
                            || id.equals(focused.getParent().getId()))) {
                return;
            }
            stops.add(name(focused));
            if (focused == null || stop == 0) {
                press(robot, KeyCode.TAB);
            } else {
                WaitForAsyncUtils.waitForAsyncFx(10_000, () -> tab(focused));
            }
        }
        throw new AssertionError("Tab does not lead to " + id + ", but to " + stops);
    }

    private static String name(Node node) {
        if (node == null) {
            return "nothing";
        }
        String words = node instanceof Labeled labeled && labeled.getText() != null ? " " + labeled.getText() : "";
        return node.getClass().getSimpleName() + (node.getId() == null ? "" : "#" + node.getId()) + words;
    }

    private static double top(GraphPane graph, String layer) {
        return graph.padlockBounds(layer).map(Bounds::getMinY).orElse(-1.0);
    }

    @Test
    void aClickIntoTheGraphBringsItsKeysAndUndoReachesTheStepFromAnywhere(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> workbench.network().open(BuiltInNetwork.file()));
        await(30, () -> workbench.network().networkProperty().get() != null);
        press(robot, KeyCode.CONTROL, KeyCode.DIGIT2);
        GraphPane graph = robot.lookup("#graph").queryAs(GraphPane.class);
        await(20, () -> graph.isVisible() && top(graph, "stage3.conv2") > 0);
        Node elsewhere = robot.lookup("#settings").query();
        WaitForAsyncUtils.waitForAsyncFx(5000, elsewhere::requestFocus);
        Settled.click(robot, graph, () -> {
            Bounds lock = graph.padlockBounds("stage3.conv2").orElseThrow();
            return new Point2D(lock.getMinX() - 60, lock.getCenterY());
        });
        await(5, () -> stage.getScene().getFocusOwner() == graph);
        press(robot, KeyCode.L);
        await(10, () -> workbench.network().undoableProperty().get());
        WaitForAsyncUtils.waitForAsyncFx(5000, elsewhere::requestFocus);
        press(robot, KeyCode.CONTROL, KeyCode.Z);
        await(10, () -> !workbench.network().undoableProperty().get());
        press(robot, KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
        await(10, () -> workbench.network().undoableProperty().get());
        press(robot, KeyCode.CONTROL, KeyCode.F);
        await(5, () -> stage.getScene().getFocusOwner() instanceof TextField);
        sheetIsWholeAndClosedByEscape(robot);
    }

    private void sheetIsWholeAndClosedByEscape(FxRobot robot) throws Exception {
        press(robot, KeyCode.F1);
        await(10, () -> robot.lookup("#key-sheet").tryQuery().isPresent());
        DialogPane sheet = robot.lookup("#key-sheet").queryAs(DialogPane.class);
        await(10, () -> sheet.getHeight() >= 400 && sheet.getWidth() >= 500);
        Window window = sheet.getScene().getWindow();
        await(10, () -> window.getX() >= 0 && window.getY() >= 0);
        press(robot, KeyCode.ESCAPE);
        await(10, () -> !window.isShowing());
    }

    @Test
    void theWholeJobIsDoneByKeys(FxRobot robot) throws Exception {
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        tabTo(robot, "try-image-classification");
        press(robot, KeyCode.SPACE);
        await(
                60,
                () -> workbench.train().obstacleProperty().get().isEmpty()
                        && workbench.jobs().jobs().isEmpty());
        tabTo(robot, "recipe-PROBE"); // of a group Tab stops at what is chosen; arrows choose another
        press(robot, KeyCode.UP);
        press(robot, KeyCode.UP);
        await(10, () -> workbench.train().recipeProperty().get() == Recipe.FEATURE_EXTRACTION);
        // What it learns, and from how many, is tested elsewhere: the rest goes on with a few pictures.
        Path few = RedAndBlue.splitPictures(folder.resolve("few"), 6);
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            workbench.data().open(few);
            workbench.train().settings().property(PlanOptions.EPOCHS).setValue(2);
        });
        await(
                20,
                () -> workbench.data().examplesProperty().get().source().equals(few)
                        && workbench.train().obstacleProperty().get().isEmpty()
                        && workbench.jobs().jobs().isEmpty());
        tabTo(robot, "train");
        press(robot, KeyCode.SPACE);
        await(120, () -> workbench.train().run().stateProperty().get() == RunState.FINISHED);
        tabTo(robot, "step-train");
        press(robot, KeyCode.RIGHT);
        await(10, () -> stage.getScene().lookup("#evaluateScreen").isVisible());
        await(60, () -> workbench.evaluate().judgementProperty().get() != null);
        press(robot, KeyCode.CONTROL, KeyCode.DIGIT5);
        tabTo(robot, "compare");
        press(robot, KeyCode.SPACE);
        await(240, () -> workbench.deploy().deploymentProperty().get() != null);
        everyScreenIsWalked(robot); // while there is something on all of them
        press(robot, KeyCode.CONTROL, KeyCode.DIGIT5);
        tabTo(robot, "save");
        press(robot, KeyCode.SPACE);
        await(20, () -> workbench.deploy().shippedProperty().get() != null);
        assertThat(OnnxFile.read(saved).graph().nodes()).isNotEmpty();
    }

    private void everyScreenIsWalked(FxRobot robot) {
        List<String> wrong = new ArrayList<>();
        for (KeyCode screen : new KeyCode[] {
            KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4, KeyCode.DIGIT5, KeyCode.DIGIT0
        }) {
            press(robot, KeyCode.CONTROL, screen);
            wrong.addAll(walk(robot, "Ctrl+" + screen.getName()));
        }
        tabTo(robot, "all-runs");
        press(robot, KeyCode.SPACE);
        wrong.addAll(walk(robot, "all runs"));
        press(robot, KeyCode.CONTROL, KeyCode.J);
        wrong.addAll(walk(robot, "the panel"));
        press(robot, KeyCode.CONTROL, KeyCode.J);
        assertThat(wrong).isEmpty();
    }

    /** Goes round by Tab; what it missed, and what did not show that it had the focus. */
    private List<String> walk(FxRobot robot, String screen) {
        List<String> wrong = new ArrayList<>();
        Set<Node> reached = new LinkedHashSet<>();
        press(robot, KeyCode.TAB);
        Node last = focused();
        while (reached.add(last) && reached.size() < MOST_STOPS) {
            Node from = last;
            Stop stop = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> tabFrom(from));
            if (stop.next() == last) {
                wrong.add(screen + ": " + name(last) + " keeps the focus");
                break;
            }
            if (!stop.shown()) {
                wrong.add(screen + ": " + name(last) + " does not show that it has the focus");
            }
            last = stop.next();
        }
        WaitForAsyncUtils.waitForAsyncFx(
                        10_000, () -> focusable(stage.getScene().getRoot()))
                .stream()
                .filter(node -> !reached.contains(node))
                .filter(node -> !(node instanceof ToggleButton toggle
                        && toggle.getToggleGroup() != null
                        && reached.contains(toggle.getToggleGroup().getSelectedToggle())))
                .forEach(node -> wrong.add(screen + ": Tab does not lead to " + name(node)));
        return wrong;
    }

    /**
     * Where Tab led to.
     *
     * @param shown whether what had the focus before looked otherwise while it had it
     */
    private record Stop(Node next, boolean shown) {}

    /** The key as the scene gets it: a robot's would wait for the window after each of some hundred. */
    private static void tab(Node from) {
        String none = KeyEvent.CHAR_UNDEFINED;
        Event.fireEvent(
                from,
                new KeyEvent(
                        KeyEvent.KEY_PRESSED, none, KeyCode.TAB.getName(), KeyCode.TAB, false, false, false, false));
    }

    private Stop tabFrom(Node last) {
        Scene scene = stage.getScene();
        Bounds bounds = last.localToScene(last.getBoundsInLocal());
        double left = Math.max(0, bounds.getMinX() - MARGIN);
        double top = Math.max(0, bounds.getMinY() - MARGIN);
        double right = Math.min(scene.getWidth(), bounds.getMaxX() + MARGIN);
        double bottom = Math.min(scene.getHeight(), bounds.getMaxY() + MARGIN);
        boolean seen = right - left >= 1 && bottom - top >= 1;
        Rectangle2D place = new Rectangle2D(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
        WritableImage with = picture(place);
        tab(last);
        return new Stop(scene.getFocusOwner(), seen && differs(with, picture(place)));
    }

    private WritableImage picture(Rectangle2D place) {
        SnapshotParameters part = new SnapshotParameters();
        part.setViewport(place);
        return stage.getScene().getRoot().snapshot(part, null);
    }

    private static boolean differs(WritableImage one, WritableImage other) {
        int width = (int) one.getWidth();
        int height = (int) one.getHeight();
        int[] pixels = new int[width * height];
        int[] others = new int[width * height];
        one.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        other.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), others, 0, width);
        return !Arrays.equals(pixels, others);
    }

    private static List<Node> focusable(Node node) {
        List<Node> out = new ArrayList<>();
        if (!node.isVisible() || node.isDisabled()) {
            return out;
        }
        if (node.isFocusTraversable()) {
            out.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> out.addAll(focusable(child)));
        }
        return out;
    }

    @Test
    void everyShortcutOfTheWindowIsOnTheSheet() {
        Scene scene = stage.getScene();
        String sheet = String.join(
                "\n",
                KeySheet.sheet().getChildren().stream()
                        .map(node -> ((Labeled) node).getText())
                        .toList());
        for (KeyCombination keys : scene.getAccelerators().keySet()) {
            KeyCodeCombination one = (KeyCodeCombination) keys;
            String name = one.getCode() == KeyCode.COMMA ? "," : one.getCode().getName();
            boolean digit = one.getCode().isDigitKey() && !name.equals("0");
            assertThat(sheet)
                    .contains(
                            digit
                                    ? "Ctrl+1 … Ctrl+5"
                                    : (one.getShortcut() == KeyCombination.ModifierValue.DOWN ? "Ctrl+" : "")
                                            + (one.getShift() == KeyCombination.ModifierValue.DOWN ? "Shift+" : "")
                                            + name);
        }
    }
}
