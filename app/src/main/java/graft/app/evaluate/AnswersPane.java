package graft.app.evaluate;

import graft.answers.AnswerEvaluation.Marked;
import graft.app.controls.Columns;
import graft.app.controls.Counts;
import graft.app.controls.MarkedText;
import graft.app.controls.Numbers;
import graft.app.controls.TextScale;
import java.util.List;
import java.util.ResourceBundle;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** How questions were answered: figures, every question with its score, and the passage of one with what is right and what was said. */
final class AnswersPane extends ResultsGrid {
    private final EvaluateViewModel model;
    private final ResourceBundle texts;
    private final TableView<Marked> questions = new TableView<>();
    private final Label title = new Label();
    private final Label asked = new Label();
    private final MarkedText passage = new MarkedText();
    private final LiveQuestion live;

    AnswersPane(EvaluateViewModel model, ResourceBundle texts) {
        super("answers-results", texts, 260, 260);
        this.model = model;
        this.texts = texts;
        this.live = new LiveQuestion(model, texts);
        add(questionsCard(), 0, 1, 1, 2);
        add(passageCard(), 1, 1);
        live.getStyleClass().addAll("half-tall", "live");
        add(live, 1, 2);
        model.answersProperty().addListener((property, old, now) -> show(now));
        show(model.answersProperty().get());
    }

    private Region questionsCard() {
        HBox head = choice(
                title, "answers", () -> list(now().wrong(), "answers.wrong"), () -> list(now().all(), "answers.all"));
        questions.setId("answer-questions");
        questions.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        questions.setPlaceholder(new Label(texts.getString("answers.no.mistakes")));
        questions.getColumns().add(Columns.text(texts.getString("answers.column.question"), Marked::question, 120));
        questions.getColumns().add(Columns.text(texts.getString("answers.column.said"), this::said, 72));
        questions.getColumns().add(Columns.share(texts.getString("column.f1"), Marked::f1, 64));
        TextScale.columns(questions, title);
        questions.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> look(chosen));
        return card("tall", head, questions);
    }

    private Region passageCard() {
        ScrollPane scroll = passage.scrolling();
        scroll.setId("answer-passage");
        return card("half-tall", title(asked), MarkedText.legend(), scroll);
    }

    private String said(Marked question) {
        return question.answer().isEmpty() ? texts.getString("question.without") : question.answer();
    }

    private AnswerJudgement now() {
        return model.answersProperty().get();
    }

    /** Null = nothing was judged. */
    private void show(AnswerJudgement now) {
        figures(now);
        if (now == null) {
            questions.getItems().clear();
            look(null);
        } else if (now.wrong().isEmpty()) {
            list(now.all(), "answers.all");
        } else {
            list(now.wrong(), "answers.wrong");
        }
    }

    private void list(List<Marked> some, String key) {
        title.setText(Numbers.message(texts.getString(key), Counts.exact(some.size())));
        questions.getItems().setAll(some);
        questions.scrollTo(0);
        questions.getSelectionModel().selectFirst();
    }

    /** Null = none. */
    private void look(Marked question) {
        if (question == null) {
            asked.setText(texts.getString("answers.choose"));
            passage.getChildren().clear();
            return;
        }
        asked.setText(question.question());
        passage.show(question.text(), AnswerMarks.of(question));
        live.take(question.text(), question.question());
    }
}
