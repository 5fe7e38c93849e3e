package graft.app.evaluate;

import graft.app.controls.MarkedText;
import graft.app.controls.Numbers;
import graft.app.task.TaskView.Answers;
import graft.predict.Entity;
import graft.worker.Asking;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A passage and a question that are typed, and where in the passage the network finds the answer. */
final class LiveQuestion extends VBox {
    private static final double HEIGHT = 84;
    /** So many answers are marked. */
    private static final int MARKED = 3;

    private final EvaluateViewModel model;
    private final ResourceBundle texts;
    private final TextArea passage = new TextArea();
    private final TextField question = new TextField();
    private final MarkedText answer = new MarkedText();
    private final Label says = new Label();

    LiveQuestion(EvaluateViewModel model, ResourceBundle texts) {
        super(8);
        this.model = model;
        this.texts = texts;
        getStyleClass().add("card");
        Label title = new Label(texts.getString("question.title"));
        title.getStyleClass().add("card-title");
        passage.getStyleClass().add("live-passage");
        passage.setPromptText(texts.getString("question.passage"));
        passage.setAccessibleText(texts.getString("question.passage"));
        passage.setWrapText(true);
        passage.setPrefRowCount(3);
        passage.setMinHeight(48);
        question.getStyleClass().add("live-question");
        question.setPromptText(texts.getString("question.prompt"));
        question.setAccessibleText(texts.getString("question.prompt"));
        question.setOnAction(event -> ask());
        HBox.setHgrow(question, Priority.ALWAYS);
        Button ask = new Button(texts.getString("ask"));
        ask.getStyleClass().add("live-ask");
        ask.setOnAction(event -> ask());
        ask.setMinWidth(USE_PREF_SIZE);
        ask.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> passage.getText().isBlank() || question.getText().isBlank(),
                        passage.textProperty(),
                        question.textProperty()));
        HBox typing = new HBox(8, question, ask);
        typing.setAlignment(Pos.CENTER_LEFT);
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMinHeight(USE_PREF_SIZE);
        ScrollPane scroll = answer.scrolling();
        scroll.setPrefHeight(HEIGHT);
        getChildren().addAll(title, passage, typing, scroll, says);
        model.markedProperty().addListener((property, old, now) -> show(now));
        show(model.markedProperty().get());
        visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.viewProperty().getValue().answers() == Answers.PASSAGES, model.viewProperty()));
        managedProperty().bind(visibleProperty());
    }

    private void ask() {
        model.tryOut(passage.getText(), question.getText());
    }

    /** Puts a passage and a question into the fields, to be asked or changed. */
    void take(String text, String asked) {
        passage.setText(text);
        question.setText(asked);
    }

    private void show(Asking.Answer said) {
        if (said == null || said.places().isEmpty()) {
            answer.getChildren().clear();
            says.setText(texts.getString("question.none"));
            return;
        }
        answer.show(said.words(), AnswerMarks.of(said.places(), MARKED));
        says.setText(words(said.words(), said.places()));
    }

    /** The best answers with how sure each is; "none" among them. */
    private String words(String text, List<Entity> places) {
        StringBuilder out = new StringBuilder();
        places.stream().limit(MARKED).forEach(each -> out.append(out.isEmpty() ? "" : " · ")
                .append(
                        each.span().start() == each.span().end()
                                ? texts.getString("question.without")
                                : "“"
                                        + text.substring(
                                                each.span().start(), each.span().end()) + "”")
                .append(' ')
                .append(Numbers.percent(each.probability())));
        return out.toString();
    }
}
