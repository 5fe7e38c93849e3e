package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.task.TaskView.Answers;
import graft.language.GapFiller;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A sentence with gaps that is typed, and what the network would put into them. */
final class LiveGaps extends VBox {
    private final WritingViewModel model;
    private final ResourceBundle texts;
    private final TextField sentence = new TextField();
    private final VBox found = new VBox(12);

    LiveGaps(EvaluateViewModel all, ResourceBundle texts) {
        super(8);
        this.model = all.writing();
        this.texts = texts;
        getStyleClass().add("card");
        Label title = new Label(texts.getString("gaps.title"));
        title.getStyleClass().add("card-title");
        sentence.setId("gaps-sentence");
        sentence.setPromptText(texts.getString("gaps.prompt"));
        sentence.setAccessibleText(texts.getString("gaps.prompt"));
        sentence.setOnAction(event -> model.fill(sentence.getText()));
        HBox.setHgrow(sentence, Priority.ALWAYS);
        Button gap = new Button(texts.getString("gaps.insert"));
        gap.setOnAction(event -> {
            sentence.insertText(sentence.getCaretPosition(), GapFiller.GAP);
            sentence.requestFocus();
        });
        Button ask = new Button(texts.getString("ask"));
        ask.setId("gaps-ask");
        ask.disableProperty()
                .bind(Bindings.createBooleanBinding(() -> sentence.getText().isBlank(), sentence.textProperty()));
        ask.setOnAction(event -> model.fill(sentence.getText()));
        gap.setMinWidth(USE_PREF_SIZE);
        ask.setMinWidth(USE_PREF_SIZE);
        HBox typing = new HBox(8, sentence, gap, ask);
        typing.setAlignment(Pos.CENTER_LEFT);
        Label says = new Label();
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMinHeight(USE_PREF_SIZE);
        says.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.saysProperty().get().isEmpty()
                                        && model.filledProperty().get() == null
                                ? texts.getString("gaps.none")
                                : model.saysProperty().get(),
                        model.saysProperty(),
                        model.filledProperty()));
        found.setId("gaps-found");
        ScrollPane scroll = new ScrollPane(found);
        scroll.setFitToWidth(true);
        scroll.setMinHeight(0);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, typing, says, scroll);
        model.filledProperty().addListener((property, old, now) -> show(now));
        visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> all.viewProperty().getValue().answers() == Answers.GAPS, all.viewProperty()));
        managedProperty().bind(visibleProperty());
    }

    /** Null = nothing was asked. */
    private void show(GapFiller.Filled now) {
        found.getChildren().clear();
        if (now == null) {
            return;
        }
        Label whole = new Label(now.filled());
        whole.setWrapText(true);
        whole.setMinHeight(USE_PREF_SIZE);
        found.getChildren().add(whole);
        for (int i = 0; i < now.gaps().size(); i++) {
            Label title = new Label(Numbers.message(texts.getString("gaps.gap"), i + 1));
            title.getStyleClass().add("section-label");
            FlowPane candidates = new FlowPane(8, 6);
            now.gaps().get(i).candidates().forEach(each -> {
                Label chip = new Label(each.token() + "  " + Numbers.percent(each.probability()));
                chip.getStyleClass().addAll("chip", "chip-accent");
                candidates.getChildren().add(chip);
            });
            found.getChildren().addAll(title, candidates);
        }
    }
}
