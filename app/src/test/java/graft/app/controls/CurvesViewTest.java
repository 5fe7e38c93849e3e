package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import graft.app.FxTest;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class CurvesViewTest {
    private CurvesView curves;

    @Start
    void start(Stage stage) {
        Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
        curves = new CurvesView();
        stage.setScene(new Scene(curves, 500, 400));
        stage.show();
    }

    @Test
    void theLastValuesCanBeReadWithoutAPointer(FxRobot robot) {
        robot.interact(() -> {
            curves.addStep(0.5, 0.8);
            curves.addStep(1, 0.8);
            curves.addEpoch(1, 0.75, 0.6, 0.9);
            curves.show();
        });
        assertThat(curves.getAccessibleText())
                .isEqualTo(
                        "epoch 1.0 ━ training: loss 0.800, accuracy 75.0 % ● validation: loss 0.600, accuracy 90.0 %");
    }

    @Test
    void theTableHasEpochsAndSteps(FxRobot robot) {
        robot.interact(() -> {
            curves.addStep(1, 0.5);
            curves.addEpoch(1, 0.75, 0.6, 0.9);
        });
        assertThat(curves.csv())
                .isEqualToNormalizingNewlines(
                        "epoch,step_loss,val_loss,train_accuracy,val_accuracy\n1,,0.6,0.75,0.9\n1.0,0.5,,,\n");
    }

    @Test
    void aClearedViewIsEmpty(FxRobot robot) {
        robot.interact(() -> {
            curves.addStep(1, 0.5);
            curves.clear();
            curves.show();
        });
        assertThat(curves.getAccessibleText()).startsWith("No curves yet");
    }
}
