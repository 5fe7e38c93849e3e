package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.controls.Choosers;
import graft.app.jobs.FxJobRunner;
import graft.app.jobs.ProcessService;
import graft.app.jobs.Workers;
import java.nio.file.Path;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class WorkbenchTest {
    @TempDir
    static Path folder;

    @Start
    void start(Stage stage) {
        WorkbenchApp.show(
                stage,
                new Workbench(
                        new FxJobRunner(),
                        new Workers(),
                        new ProcessService(),
                        new Choosers(),
                        folder.resolve("project")),
                () -> {});
    }

    @Test
    void theFiveStepsAreAlwaysVisible(FxRobot robot) {
        assertThat(robot.lookup(".step-title").queryAllAs(Labeled.class))
                .extracting(Labeled::getText)
                .containsExactly("Data", "Network", "Fine-tune", "Evaluate", "Deploy");
    }

    @Test
    void everyScreenIsOneKeyAway(FxRobot robot) {
        for (String step : new String[] {"network", "train", "evaluate", "deploy", "data"}) {
            robot.press(KeyCode.CONTROL)
                    .type(
                            switch (step) {
                                case "data" -> KeyCode.DIGIT1;
                                case "network" -> KeyCode.DIGIT2;
                                case "train" -> KeyCode.DIGIT3;
                                case "evaluate" -> KeyCode.DIGIT4;
                                default -> KeyCode.DIGIT5;
                            })
                    .release(KeyCode.CONTROL);
            assertThat(robot.lookup("#step-" + step)
                            .queryAs(javafx.scene.control.ToggleButton.class)
                            .isSelected())
                    .as(step)
                    .isTrue();
        }
    }
}
