package graft.app.task;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Settled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class TextGalleryTest {
    private final TextGallery gallery = new TextGallery();
    private final List<List<Shown>> asked = new ArrayList<>();
    private final List<List<Shown>> deleted = new ArrayList<>();
    private final List<Shown> texts = IntStream.range(0, 40)
            .mapToObj(i -> new Shown("mails.csv:" + i, "row " + i, Path.of("mails.csv"), "buy " + i))
            .toList();

    @Start
    void start(Stage stage) {
        gallery.setActions(
                chosen -> {
                    asked.add(chosen);
                    return List.of();
                },
                deleted::add);
        gallery.show(texts);
        stage.setScene(new Scene(gallery.node(), 500, 400));
        stage.show();
    }

    private static Node row(FxRobot robot, int row) {
        return robot.lookup(node -> node instanceof Label label
                        && label.getText() != null
                        && label.getText().replace("✓ ", "").equals("row " + row))
                .query();
    }

    private static void click(FxRobot robot, int row, KeyCode... held) throws Exception {
        Node name = row(robot, row);
        robot.press(held);
        Settled.click(robot, name, () -> new Point2D(10, 5));
        robot.release(held);
    }

    @Test
    void rowsAreChosenTogetherMarkedByATickAndDeletedAtOnce(FxRobot robot) throws Exception {
        click(robot, 1);
        click(robot, 3, KeyCode.SHIFT);
        click(robot, 2, KeyCode.CONTROL);
        assertThat(gallery.chosen().getValue()).containsExactly(texts.get(1), texts.get(3));
        assertThat(((Label) row(robot, 1)).getText()).isEqualTo("✓ row 1");
        assertThat(((Label) row(robot, 2)).getText()).isEqualTo("row 2");
        robot.clickOn(row(robot, 3), MouseButton.SECONDARY);
        Node list = robot.lookup(".text-rows").query();
        // A screen without windows makes no such event of a click.
        robot.interact(() -> Event.fireEvent(
                list, new ContextMenuEvent(ContextMenuEvent.CONTEXT_MENU_REQUESTED, 5, 5, 50, 50, false, null)));
        assertThat(asked).last().asList().as("the menu is of both").hasSize(2);
        robot.type(KeyCode.DELETE);
        assertThat(deleted).containsExactly(List.of(texts.get(1), texts.get(3)));
        robot.press(KeyCode.CONTROL).type(KeyCode.A).release(KeyCode.CONTROL);
        assertThat(gallery.chosen().getValue()).isEqualTo(texts);
    }

    @Test
    void rowsThatStayAreStillChosenWhereOthersGo(FxRobot robot) throws Exception {
        click(robot, 1);
        click(robot, 2, KeyCode.SHIFT);
        List<Shown> rest = texts.subList(2, 40);
        WaitForAsyncUtils.waitForAsyncFx(5_000, () -> gallery.show(rest));
        assertThat(gallery.chosen().getValue()).containsExactly(texts.get(2));
        assertThat(robot.lookup(".text-rows").<ListView<?>>query().getItems()).hasSize(38);
    }
}
