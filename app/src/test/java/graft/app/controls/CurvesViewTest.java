package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.look.Theme;
import java.util.Arrays;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.ScrollEvent;
import javafx.scene.shape.Line;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class CurvesViewTest {
    private CurvesView curves;

    @Start
    void start(Stage stage) {
        Theme.LIGHT.wear();
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
                .isEqualTo("epoch 1.00 · step 2: 0.800 ━ training 0.800 · 75.0 % ● validation 0.600 · 90.0 %");
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
    void anotherDomainHasACurveAndAColumnOfItsOwn(FxRobot robot) {
        robot.interact(() -> {
            curves.addEpoch(1, 0.75, 0.6, 0.9);
            curves.addTarget(1, 0.515);
            curves.show();
        });
        assertThat(curves.getAccessibleText()).endsWith("another domain 51.5 %");
        assertThat(curves.csv())
                .isEqualToNormalizingNewlines(
                        "epoch,step_loss,val_loss,train_accuracy,val_accuracy,target_accuracy\n1,,0.6,0.75,0.9,0.515\n");
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

    private void fourEpochs(FxRobot robot) {
        robot.interact(() -> {
            for (int step = 1; step <= 16; step++) {
                curves.addStep(step / 4.0, 16.0 / step);
            }
            for (int epoch = 1; epoch <= 4; epoch++) {
                curves.addEpoch(epoch, 0.5 + 0.1 * epoch, 1.0 / epoch, 0.4 + 0.1 * epoch);
            }
            curves.show();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** A number that tells drawings apart; the crosshair lies over them. */
    private int drawing() {
        WritableImage image = WaitForAsyncUtils.waitForAsyncFx(5_000, () -> ((Parent) curves.getCenter())
                .getChildrenUnmodifiable()
                .get(0)
                .snapshot(null, null));
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return Arrays.hashCode(pixels);
    }

    @Test
    void theWheelZoomsInAtOnceAndTheButtonShowsAllAgain(FxRobot robot) {
        fourEpochs(robot);
        Button all = robot.lookup("#curves-all").queryAs(Button.class);
        assertThat(all.isVisible()).isFalse();
        robot.moveTo("#curve-values");
        int before = drawing();
        double whole = curves.seen().length();
        robot.interact(() -> wheel(robot.lookup("#curves-glass").query(), 40));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(curves.seen().length()).isLessThan(whole);
        assertThat(all.isVisible()).isTrue();
        robot.moveTo("#curve-values");
        assertThat(drawing()).isNotEqualTo(before);
        robot.clickOn(all).moveTo("#curve-values");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(curves.seen().length()).isEqualTo(whole);
        assertThat(all.isVisible()).isFalse();
        assertThat(drawing()).isEqualTo(before);
    }

    private static void wheel(Node on, double up) {
        on.fireEvent(new ScrollEvent(
                ScrollEvent.SCROLL,
                250,
                150,
                250,
                150,
                false,
                false,
                false,
                false,
                false,
                false,
                0,
                up,
                0,
                up,
                ScrollEvent.HorizontalTextScrollUnits.NONE,
                0,
                ScrollEvent.VerticalTextScrollUnits.NONE,
                0,
                0,
                null));
    }

    @Test
    void theNextRunStartsUnzoomedAndIsSeen(FxRobot robot) {
        fourEpochs(robot);
        robot.interact(() -> wheel(robot.lookup("#curves-glass").query(), 40));
        robot.interact(() -> {
            curves.clear();
            curves.addStep(0.25, 0.5);
            curves.show();
        });
        assertThat(curves.seen()).isEqualTo(new Span(0, 1.025));
        assertThat(robot.lookup("#curves-all").query().isVisible()).isFalse();
    }

    @Test
    void thePointerReadsAllValues(FxRobot robot) {
        fourEpochs(robot);
        robot.moveTo("#curves-glass");
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(curves.getAccessibleText())
                .matches("epoch [12]\\.\\d\\d · step \\d+: .* ━ training .* · .* % ● validation .* · .* %");
        assertThat(robot.lookup(node -> node instanceof Line && node.isVisible())
                        .tryQuery())
                .isPresent();
    }
}
