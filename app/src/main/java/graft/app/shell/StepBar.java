package graft.app.shell;

import graft.app.controls.ArrowKeys;
import graft.app.controls.Numbers;
import graft.app.look.Mark;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The top of the window: the name, which leads home, and the five steps with how far each has come. */
final class StepBar {
    private static final double MARK = 26;
    /** In widths of the letter m. */
    private static final double NARROW = 72;

    private final Map<Step, ToggleButton> buttons = new EnumMap<>(Step.class);
    private final ToggleGroup group = new ToggleGroup();
    private final ResourceBundle texts;

    StepBar(HBox bar, List<StepStatus> steps, ResourceBundle texts, Runnable home, Consumer<Step> show) {
        this.texts = texts;
        Button name = new Button(texts.getString("title"), new Mark(MARK));
        name.setId("home");
        name.getStyleClass().setAll("button", "brand");
        name.setTooltip(new Tooltip(texts.getString("home.tip")));
        name.setOnAction(event -> home.run());
        // Where texts are large, the mark alone leads home, and the steps have its place.
        name.contentDisplayProperty()
                .bind(Bindings.createObjectBinding(
                        () -> bar.getWidth() < NARROW * name.getFont().getSize()
                                ? ContentDisplay.GRAPHIC_ONLY
                                : ContentDisplay.LEFT,
                        bar.widthProperty(),
                        name.fontProperty()));
        name.setMinWidth(Region.USE_PREF_SIZE);
        name.setAccessibleText(name.getText());
        bar.getChildren().add(name);
        for (StepStatus status : steps) {
            ToggleButton button = button(status);
            button.setOnAction(event -> {
                button.setSelected(true); // pressed again it stays chosen
                show.accept(status.step());
            });
            buttons.put(status.step(), button);
            bar.getChildren().add(button);
        }
        ArrowKeys.choose(group);
    }

    private ToggleButton button(StepStatus status) {
        Step step = status.step();
        Label title = new Label(texts.getString("step." + step.layout()));
        title.getStyleClass().add("step-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Label says = new Label();
        says.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Numbers.kept(status.headline().get()), status.headline()));
        says.getStyleClass().add("step-headline");
        says.setWrapText(true); // a second line where texts are large
        says.visibleProperty().bind(says.textProperty().isNotEmpty());
        says.managedProperty().bind(says.visibleProperty());
        Label dot = new Label();
        dot.getStyleClass().add("step-dot");
        VBox words = new VBox(title, says);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        HBox graphic = new HBox(10, dot, words);
        graphic.setAlignment(Pos.CENTER_LEFT);
        ToggleButton button = new ToggleButton();
        button.setGraphic(graphic);
        button.setId("step-" + step.layout());
        button.getStyleClass().setAll("step");
        button.setToggleGroup(group);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        HBox.setHgrow(button, Priority.ALWAYS);
        status.state().addListener((property, old, state) -> show(button, dot, step, state));
        show(button, dot, step, status.state().getValue());
        StringBinding whole =
                Bindings.createStringBinding(() -> whole(status), status.state(), status.headline(), status.reason());
        button.accessibleTextProperty().bind(whole);
        Tooltip tip = new Tooltip();
        tip.textProperty().bind(Bindings.concat(whole, "\n", texts.getString("keys.step"), step.number()));
        tip.setWrapText(true);
        tip.setMaxWidth(360);
        button.setTooltip(tip);
        return button;
    }

    /** Colour is not the only signal: the sign in the dot is another, and the words say it to who sees neither. */
    private static void show(ToggleButton button, Label dot, Step step, StepState state) {
        dot.setText(
                switch (state) {
                    case DONE -> "✓";
                    case STALE -> "!";
                    default -> Integer.toString(step.number());
                });
        for (StepState each : StepState.values()) {
            button.pseudoClassStateChanged(PseudoClass.getPseudoClass(each.style()), each == state);
        }
    }

    private String whole(StepStatus status) {
        String words = texts.getString("step." + status.step().layout()) + ": "
                + texts.getString("state." + status.state().getValue().style());
        String headline = status.headline().get();
        String reason = status.reason().get();
        return words + (headline.isEmpty() ? "." : ". " + headline + ".") + (reason.isEmpty() ? "" : "\n" + reason);
    }

    /** Marks the step that is shown; none where the welcome page is. */
    void mark(Step step) {
        group.selectToggle(step == null ? null : buttons.get(step));
    }
}
