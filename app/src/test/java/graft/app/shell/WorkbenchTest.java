package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class WorkbenchTest {
    @Start
    void start(Stage stage) throws Exception {
        new WorkbenchApp().start(stage);
    }

    @Test
    void theFiveStepsAreAlwaysVisible(FxRobot robot) {
        assertThat(robot.lookup(".toggle-button").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .containsExactly("1  Data", "2  Network", "3  Fine-tune", "4  Evaluate", "5  Deploy");
    }
}
