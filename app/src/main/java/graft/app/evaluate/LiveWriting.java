package graft.app.evaluate;

import graft.app.controls.NumberField;
import graft.app.task.TaskView.Answers;
import graft.language.Choice;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A text that is typed, and how the network goes on with it, token by token. */
final class LiveWriting extends VBox {
    private final WritingViewModel model;
    private final ResourceBundle texts;
    private final TextArea prompt = new TextArea();
    private final TextArea written = new TextArea();
    private final NumberField temperature = field("temperature", 0, 100, 0.8, false);
    private final NumberField topK = field("top-k", 0, 1_000_000, 50, true);
    private final NumberField topP = field("top-p", 0.01, 1, 1, false);
    private final NumberField most = field("max-tokens", 1, 10_000, 100, true);
    private final NumberField seed = field("seed", 0, 1_000_000_000, 1, true);

    LiveWriting(EvaluateViewModel all, ResourceBundle texts) {
        super(8);
        this.model = all.writing();
        this.texts = texts;
        getStyleClass().add("card");
        Label title = new Label(texts.getString("write.title"));
        title.getStyleClass().add("card-title");
        prompt.setId("write-prompt");
        prompt.setPromptText(texts.getString("write.prompt"));
        prompt.setAccessibleText(texts.getString("write.prompt"));
        prompt.setWrapText(true);
        prompt.setPrefRowCount(2);
        prompt.setMinHeight(44);
        FlowPane settings = new FlowPane(
                12,
                6,
                labelled("write.temperature", temperature),
                labelled("write.top.k", topK),
                labelled("write.top.p", topP),
                labelled("write.most", most),
                labelled("write.seed", seed));
        Button write = new Button(texts.getString("write"));
        write.setId("write-go");
        write.disableProperty().bind(model.runningProperty());
        write.setOnAction(event -> write());
        Button stop = new Button(texts.getString("write.stop"));
        stop.setId("write-stop");
        stop.disableProperty().bind(model.runningProperty().not());
        stop.setOnAction(event -> model.stop());
        Label says = new Label();
        says.setId("write-says");
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMinHeight(USE_PREF_SIZE);
        says.textProperty().bind(model.saysProperty());
        HBox buttons = new HBox(8, write, stop, says);
        HBox.setHgrow(says, Priority.ALWAYS);
        buttons.setAlignment(Pos.CENTER_LEFT);
        written.setId("write-text");
        written.setEditable(false);
        written.setWrapText(true);
        written.setMinHeight(60);
        written.setPromptText(texts.getString("write.none"));
        written.setAccessibleText(texts.getString("write.none"));
        VBox.setVgrow(written, Priority.ALWAYS);
        model.writtenProperty().addListener((property, old, now) -> {
            written.setText(now);
            written.end();
        });
        write.setMinWidth(USE_PREF_SIZE);
        stop.setMinWidth(USE_PREF_SIZE);
        settings.setMinHeight(USE_PREF_SIZE);
        buttons.setMinHeight(USE_PREF_SIZE);
        VBox parts = new VBox(8, prompt, settings, buttons, written);
        ScrollPane scroll = new ScrollPane(parts);
        scroll.setId("write-scroll");
        scroll.setFitToWidth(true);
        // As high as there is room; where that is less than they take, it scrolls.
        parts.minHeightProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> scroll.getViewportBounds().getHeight(), scroll.viewportBoundsProperty()));
        written.setPrefRowCount(2);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "room");
        scroll.setMinHeight(0);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, scroll);
        visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> all.viewProperty().getValue().answers() == Answers.CONTINUATIONS, all.viewProperty()));
        managedProperty().bind(visibleProperty());
    }

    private void write() {
        model.write(
                prompt.getText(),
                (int) most.getValue(),
                new Choice(temperature.getValue(), (int) topK.getValue(), topP.getValue(), 1, (long) seed.getValue()));
    }

    private static NumberField field(String id, double min, double max, double usual, boolean whole) {
        NumberField out = new NumberField();
        out.setId("write-" + id);
        out.setMin(min);
        out.setMax(max);
        out.setWhole(whole);
        out.setValue(usual);
        out.setPrefColumnCount(4);
        return out;
    }

    private HBox labelled(String key, NumberField field) {
        Label label = new Label(texts.getString(key));
        label.getStyleClass().addAll("muted", "small");
        label.setLabelFor(field);
        field.setAccessibleText(texts.getString(key));
        HBox out = new HBox(6, label, field);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }
}
