package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import graft.app.controls.NumberField;
import graft.image.Augmentation;
import graft.options.Option;
import graft.run.FineTuningPlan.OptimizerKind;
import graft.run.PlanOptions;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.property.Property;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class SettingsFormTest {
    private RunSettings settings;

    @Start
    void start(Stage stage) {
        settings = new RunSettings();
        VBox form = new VBox(12);
        form.getChildren().setAll(SettingsForm.of(settings, ResourceBundle.getBundle("graft.app.train")));
        stage.setScene(new Scene(form, 290, 900));
        stage.show();
    }

    private static <T extends Node> T control(FxRobot robot, Option<?> option, Class<T> type) {
        return robot.lookup("#" + option.key()).queryAs(type);
    }

    @Test
    void everyOptionThatIsSetHereHasAControlAndAName(FxRobot robot) {
        for (Option<?> option : PlanOptions.ALL) {
            assertThat(robot.lookup("#" + option.key()).tryQuery().isPresent())
                    .as(option.key())
                    .isEqualTo(RunSettings.all().contains(option));
        }
        for (Option<?> option : RunSettings.all()) {
            assertThat(robot.lookup(node -> node instanceof Labeled label
                                    && option.title().equals(label.getText()))
                            .queryAll())
                    .as(option.title())
                    .isNotEmpty();
        }
    }

    @Test
    void whatIsSetIsInThePlan(FxRobot robot) {
        robot.interact(() -> {
            control(robot, PlanOptions.EPOCHS, NumberField.class).setText("7");
            control(robot, PlanOptions.LEARNING_RATE, NumberField.class).setText("0.25");
            control(robot, PlanOptions.SEED, NumberField.class).setText("12");
            control(robot, PlanOptions.CLASS_WEIGHTS, CheckBox.class).fire();
            control(robot, PlanOptions.DROPOUT, CheckBox.class).fire();
            robot.lookup("#flip").queryAs(CheckBox.class).fire();
            robot.lookup("#rotate").queryAs(CheckBox.class).fire();
            @SuppressWarnings("unchecked") // its items are the words of the option
            ComboBox<OptimizerKind> optimizer = control(robot, PlanOptions.OPTIMIZER, ComboBox.class);
            optimizer.setValue(OptimizerKind.ADAMW);
        });
        assertThat(settings.values().get(PlanOptions.EPOCHS)).isEqualTo(7);
        assertThat(settings.values().get(PlanOptions.LEARNING_RATE)).isEqualTo(0.25);
        assertThat(settings.values().get(PlanOptions.SEED)).isEqualTo(12L);
        assertThat(settings.values().get(PlanOptions.CLASS_WEIGHTS)).isTrue();
        assertThat(settings.values().get(PlanOptions.DROPOUT)).isFalse();
        assertThat(settings.values().get(PlanOptions.AUGMENT)).isEqualTo(new Augmentation(true, false, false, 15));
        assertThat(settings.values().get(PlanOptions.OPTIMIZER)).isEqualTo(OptimizerKind.ADAMW);
    }

    @Test
    void ofTheWaysThatDrawOperationsOneCountsAndWhatWasSetOfOthersStays(FxRobot robot) {
        Property<Augmentation> augmentation = settings.property(PlanOptions.AUGMENT);
        robot.interact(() -> augmentation.setValue(Augmentation.parse("rotate:30,affine:5")));
        for (String box : List.of("trivial", "randaugment", "flip")) {
            robot.interact(() -> robot.lookup("#" + box).queryAs(CheckBox.class).fire());
        }
        assertThat(augmentation.getValue()).isEqualTo(Augmentation.parse("flip,rotate:30,affine:5,randaugment:2:9"));
        assertThat(robot.lookup("#trivial").queryAs(CheckBox.class).isSelected())
                .isFalse();
        robot.interact(
                () -> robot.lookup("#randaugment").queryAs(CheckBox.class).fire());
        robot.interact(() -> robot.lookup("#affine").queryAs(CheckBox.class).fire());
        assertThat(augmentation.getValue()).isEqualTo(Augmentation.parse("flip,rotate:30"));
    }

    @Test
    void whatIsBeyondItsLimitsStaysOut(FxRobot robot) {
        robot.interact(() ->
                control(robot, PlanOptions.LEARNING_RATE, NumberField.class).setText("0"));
        robot.interact(
                () -> control(robot, PlanOptions.MOMENTUM, NumberField.class).setText("1"));
        robot.interact(
                () -> control(robot, PlanOptions.BATCH, NumberField.class).setText("1.5"));
        assertThat(settings.values().get(PlanOptions.LEARNING_RATE)).isEqualTo(0.1);
        assertThat(settings.values().get(PlanOptions.MOMENTUM)).isEqualTo(0.9);
        assertThat(settings.values().get(PlanOptions.BATCH)).isEqualTo(16);
    }

    @Test
    void whatMakesNoDifferenceCannotBeSet(FxRobot robot) {
        assertThat(control(robot, PlanOptions.MOMENTUM, Node.class).isDisabled())
                .isFalse();
        assertThat(control(robot, PlanOptions.VIEWS_PER_EXAMPLE, Node.class).isDisabled())
                .isTrue();
        robot.interact(() -> {
            settings.property(PlanOptions.OPTIMIZER).setValue(OptimizerKind.ADAMW);
            settings.property(PlanOptions.AUGMENT).setValue(Augmentation.parse("crop"));
        });
        assertThat(control(robot, PlanOptions.MOMENTUM, Node.class).isDisabled())
                .isTrue();
        assertThat(control(robot, PlanOptions.VIEWS_PER_EXAMPLE, Node.class).isDisabled())
                .isFalse();
    }

    @Test
    void whatIsSetElsewhereIsShown(FxRobot robot) {
        robot.interact(() -> {
            settings.property(PlanOptions.EPOCHS).setValue(33);
            settings.reset(Recipe.EVERYTHING);
        });
        assertThat(control(robot, PlanOptions.EPOCHS, NumberField.class).getText())
                .isEqualTo("15");
        assertThat(control(robot, PlanOptions.LEARNING_RATE, NumberField.class).getText())
                .isEqualTo("0.1");
    }
}
