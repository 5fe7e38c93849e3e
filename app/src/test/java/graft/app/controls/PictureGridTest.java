package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class PictureGridTest {
    private final PictureGrid grid = new PictureGrid(file -> new SimpleObjectProperty<>());
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
}
