package graft.app.evaluate;

import graft.app.controls.MarkedText;
import graft.app.controls.MarkedText.Kind;
import graft.app.controls.MarkedText.Mark;
import graft.app.controls.Numbers;
import graft.app.task.TaskView.Answers;
import graft.worker.Asking;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A sentence that is typed, and what the network finds where in it. */
final class LiveSentence extends VBox {
    private static final double HEIGHT = 72;
    /** Two lines, of usual letters. */
    private static final double LEAST = 48;

    private final ResourceBundle texts;
    private final MarkedText answer = new MarkedText();
    private final Label says = new Label();

    LiveSentence(EvaluateViewModel model, ResourceBundle texts) {
        super(8);
        this.texts = texts;
        getStyleClass().add("card");
        Label title = new Label(texts.getString("live.title"));
        title.getStyleClass().add("card-title");
        TextField sentence = new TextField();
        sentence.getStyleClass().add("live-sentence");
        sentence.setPromptText(texts.getString("live.prompt"));
        sentence.setAccessibleText(texts.getString("live.title"));
        sentence.setOnAction(event -> model.tryOut(sentence.getText()));
        HBox.setHgrow(sentence, Priority.ALWAYS);
        Button ask = new Button(texts.getString("ask"));
        ask.getStyleClass().add("live-ask");
        ask.setOnAction(event -> model.tryOut(sentence.getText()));
        ask.setMinWidth(USE_PREF_SIZE);
        sentence.textProperty().bindBidirectional(model.sentenceProperty());
        HBox typing = new HBox(8, sentence, ask);
        typing.setAlignment(Pos.CENTER_LEFT);
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMaxWidth(Double.MAX_VALUE);
        says.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(says, Priority.ALWAYS);
        title.setMinWidth(USE_PREF_SIZE);
        HBox head = new HBox(12, title, says);
        head.setAlignment(Pos.BASELINE_LEFT);
        ScrollPane scroll = answer.scrolling();
        scroll.setPrefHeight(HEIGHT);
        scroll.setMinHeight(LEAST);
        getChildren().addAll(head, typing, scroll);
        model.markedProperty().addListener((property, old, now) -> show(now));
        show(model.markedProperty().get());
        visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.viewProperty().getValue().answers() == Answers.PLACES, model.viewProperty()));
        managedProperty().bind(visibleProperty());
    }

    private void show(Asking.Answer said) {
        if (said == null) {
            answer.getChildren().clear();
            says.setText(texts.getString("live.none"));
            return;
        }
        answer.show(
                said.words(),
                said.places().stream()
                        .map(each -> new Mark(
                                each.span().start(),
                                each.span().end(),
                                Kind.THERE,
                                each.span().type() + " " + Numbers.percent(each.probability())))
                        .toList());
        says.setText(
                Numbers.message(texts.getString("live.found"), said.places().size()));
    }
}
