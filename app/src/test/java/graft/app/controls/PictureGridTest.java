package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Settled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class PictureGridTest {
    private final PictureGrid grid = new PictureGrid(file -> new SimpleObjectProperty<>());
    private final List<List<Integer>> asked = new ArrayList<>();
    private final List<List<Integer>> deleted = new ArrayList<>();
    private final List<Path> opened = new ArrayList<>();

    @Start
    void start(Stage stage) {
        grid.show(IntStream.range(0, 30).mapToObj(i -> Path.of(i + ".png")).toList());
        grid.setOnOpen(index -> opened.add(grid.files().get(index)));
        stage.setScene(new Scene(grid, 500, 400));
        stage.show();
    }

    @Test
    void theKeyboardGoesFromPictureToPictureAndOpensOne(FxRobot robot) throws Exception {
        WaitForAsyncUtils.waitFor(
                10,
                TimeUnit.SECONDS,
                () -> robot.lookup(".picture-cell").queryAll().size() > 10);
        robot.interact(() -> grid.lookup(".picture-rows").requestFocus());
        robot.type(KeyCode.DOWN); // to the first
        robot.type(KeyCode.RIGHT);
        robot.type(KeyCode.RIGHT);
        robot.type(KeyCode.LEFT);
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(opened).containsExactly(Path.of("1.png"));
        assertThat(grid.lookupAll(".picture-cell").stream().filter(cell -> cell.getPseudoClassStates().stream()
                        .anyMatch(state -> state.getPseudoClassName().equals("chosen"))))
                .as("one picture is seen to be chosen")
                .hasSize(1);
    }

    private static Node cell(FxRobot robot, int place) {
        return robot.lookup(node -> node instanceof PictureCell cell
                        && cell.getText() != null
                        && cell.getText().replace("✓ ", "").equals(place + ".png"))
                .query();
    }

    private void click(FxRobot robot, int place, KeyCode... held) throws Exception {
        Node cell = cell(robot, place);
        robot.press(held);
        Settled.click(robot, cell, () -> new Point2D(30, 30));
        robot.release(held);
    }

    private List<Integer> chosenWithActions(FxRobot robot) throws Exception {
        robot.interact(() -> {
            grid.setActions(places -> {
                asked.add(places);
                return List.of(new MenuItem("Leave out"));
            });
            grid.setOnDelete(deleted::add);
        });
        WaitForAsyncUtils.waitFor(
                10,
                TimeUnit.SECONDS,
                () -> robot.lookup(".picture-cell").queryAll().size() > 10);
        return grid.chosenProperty().get();
    }

    @Test
    void severalAreChosenByClicksWithAKeyHeldAndDeletedTogether(FxRobot robot) throws Exception {
        assertThat(chosenWithActions(robot)).isEmpty();
        click(robot, 1);
        click(robot, 3, KeyCode.SHIFT);
        assertThat(grid.chosenProperty().get()).containsExactly(1, 2, 3);
        click(robot, 2, KeyCode.CONTROL);
        click(robot, 0, KeyCode.CONTROL);
        assertThat(grid.chosenProperty().get()).containsExactly(0, 1, 3);
        assertThat(opened).as("only a click alone opens").containsExactly(Path.of("1.png"));
        assertThat(grid.lookupAll(".picture-cell"))
                .filteredOn(cell -> ((Labeled) cell).getText() != null
                        && ((Labeled) cell).getText().startsWith("✓"))
                .as("marked by more than a colour")
                .hasSize(3);
        robot.type(KeyCode.DELETE);
        assertThat(deleted).containsExactly(List.of(0, 1, 3));
    }

    @Test
    void severalAreChosenByKeysAndTheirNumberIsRead(FxRobot robot) throws Exception {
        chosenWithActions(robot);
        click(robot, 1);
        robot.press(KeyCode.SHIFT).type(KeyCode.RIGHT, KeyCode.RIGHT).release(KeyCode.SHIFT);
        assertThat(grid.chosenProperty().get()).containsExactly(1, 2, 3);
        assertThat(grid.lookup(".picture-rows").getAccessibleText()).isEqualTo("3.png, chosen, 3 chosen");
        robot.press(KeyCode.SHIFT).type(KeyCode.LEFT).release(KeyCode.SHIFT);
        assertThat(grid.chosenProperty().get()).containsExactly(1, 2);
        robot.press(KeyCode.CONTROL).type(KeyCode.A).release(KeyCode.CONTROL);
        assertThat(grid.chosenProperty().get()).hasSize(30);
        robot.type(KeyCode.RIGHT);
        assertThat(grid.chosenProperty().get()).containsExactly(3);
    }

    @Test
    void theMenuIsOfAllThatAreChosenOrOfTheOneUnderTheMouseOutsideOfThem(FxRobot robot) throws Exception {
        chosenWithActions(robot);
        click(robot, 0);
        click(robot, 2, KeyCode.SHIFT);
        askForMenu(robot, 1);
        assertThat(asked).containsExactly(List.of(0, 1, 2));
        askForMenu(robot, 3);
        assertThat(asked).last().isEqualTo(List.of(3));
        assertThat(grid.chosenProperty().get()).containsExactly(3);
    }

    /** As the system asks: a screen without windows makes no such event of a click. */
    private void askForMenu(FxRobot robot, int place) {
        Node cell = cell(robot, place);
        robot.interact(() -> Event.fireEvent(
                cell, new ContextMenuEvent(ContextMenuEvent.CONTEXT_MENU_REQUESTED, 5, 5, 50, 50, false, null)));
        robot.type(KeyCode.ESCAPE);
    }

    @Test
    void whatIsLeftOfThoseThatWereChosenStaysSoWhereFilesGo(FxRobot robot) throws Exception {
        chosenWithActions(robot);
        click(robot, 1);
        click(robot, 3, KeyCode.SHIFT);
        robot.interact(() -> grid.show(
                grid.files().stream().filter(file -> !file.endsWith("2.png")).toList()));
        assertThat(grid.chosenProperty().get()).containsExactly(1, 2);
        robot.interact(() -> grid.show(List.of(Path.of("other.png"))));
        assertThat(grid.chosenProperty().get()).isEmpty();
    }
}
