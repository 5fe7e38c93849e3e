package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class NumberFieldTest {
    private NumberField field;

    @Start
    void start(Stage stage) {
        field = new NumberField();
        field.setMin(0);
        field.setMax(1);
        stage.setScene(new Scene(new VBox(field, new Button("elsewhere")), 200, 100));
        stage.show();
    }

    private void type(FxRobot robot, String text) {
        robot.interact(() -> {
            field.requestFocus();
            field.selectAll();
        });
        robot.write(text);
    }

    @Test
    void whatIsTypedCounts(FxRobot robot) {
        type(robot, "0.001");
        assertThat(field.getValue()).isEqualTo(0.001);
        assertThat(field.getText()).isEqualTo("0.001");
    }

    @Test
    void whatIsOutsideTheLimitsIsPutRightOnLeaving(FxRobot robot) {
        robot.interact(() -> field.setValue(0.5));
        type(robot, "7");
        assertThat(field.getValue()).isEqualTo(0.5);
        robot.type(KeyCode.TAB);
        assertThat(field.getText()).isEqualTo("0.5");
        assertThat(field.complaintProperty().get())
                .as("not in silence")
                .isEqualTo("7 is out of range (0 to 1): 0.5 stays.");
        type(robot, "abc");
        assertThat(field.complaintProperty().get()).isEqualTo("abc is no number: 0.5 stays.");
        type(robot, "0.25");
        assertThat(field.complaintProperty().get()).isEmpty();
        assertThat(field.getValue()).isEqualTo(0.25);
    }

    @Test
    void smallNumbersAreShownAsTheyAreWritten(FxRobot robot) {
        robot.interact(() -> field.setValue(0.00001));
        assertThat(field.getText()).isEqualTo("0.00001");
    }
}
