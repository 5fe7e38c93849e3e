package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.Screenshots;
import graft.app.Screenshots.Size;
import graft.app.look.Theme;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class GalleryTest {
    private Stage stage;

    @Start
    void start(Stage stage) {
        this.stage = stage;
        Gallery.show(stage);
    }

    @Test
    void everyWidgetIsDrawnInBothThemes(FxRobot robot) {
        for (Theme theme : Theme.values()) {
            assertThat(Screenshots.take(stage, "gallery", theme, Size.LARGE)).exists();
        }
        assertThat(robot.lookup(".chip").queryAll()).hasSizeGreaterThan(4);
    }
}
