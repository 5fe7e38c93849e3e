package graft.app.evaluate;

import graft.answers.AnswerEvaluation.Marked;
import graft.app.controls.Counts;
import graft.app.controls.MarkedText;
import graft.app.controls.MarkedText.Kind;
import graft.app.controls.Numbers;
import graft.app.controls.TextScale;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;

/** How questions were answered: figures, every question with its score, and the passage of one with what is right and what was said. */
final class AnswersPane extends GridPane {
    private final EvaluateViewModel model;
    private final ResourceBundle texts;
    private final HBox headline = new HBox(28);
    private final TableView<Marked> questions = new TableView<>();
    private final Label title = new Label();
    private final Label asked = new Label();
    private final MarkedText passage = new MarkedText();
    private final LiveQuestion live;

    AnswersPane(EvaluateViewModel model, ResourceBundle texts) {
        this.model = model;
        this.texts = texts;
        this.live = new LiveQuestion(model, texts);
        setId("answers-results");
        getStyleClass().add("evaluate-results");
        setHgap(12);
        setVgap(12);
        column(48);
        column(52);
        row(Region.USE_PREF_SIZE, USE_COMPUTED_SIZE, Priority.NEVER);
        row(USE_COMPUTED_SIZE, 260, Priority.ALWAYS);
        row(USE_COMPUTED_SIZE, 260, Priority.ALWAYS);
        headline.getStyleClass().addAll("card", "headline-card");
        headline.setAlignment(Pos.CENTER_LEFT);
        add(headline, 0, 0, 2, 1);
        add(questionsCard(), 0, 1, 1, 2);
        add(passageCard(), 1, 1);
        live.getStyleClass().addAll("half-tall", "live");
        add(live, 1, 2);
        model.answersProperty().addListener((property, old, now) -> show(now));
        show(model.answersProperty().get());
    }

    private void column(double percent) {
        ColumnConstraints out = new ColumnConstraints();
        out.setPercentWidth(percent);
        out.setMinWidth(0);
        getColumnConstraints().add(out);
    }

    private void row(double min, double pref, Priority grow) {
        RowConstraints out = new RowConstraints();
        out.setMinHeight(min);
        out.setPrefHeight(pref);
        out.setVgrow(grow);
        getRowConstraints().add(out);
    }

    private Region questionsCard() {
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        title.setMinSize(0, USE_PREF_SIZE);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button wrong = button("answers.show.wrong", () -> list(now().wrong(), "answers.wrong"));
        Button every = button("answers.show.all", () -> list(now().all(), "answers.all"));
        every.setId("answers-all");
        HBox head = new HBox(8, title, wrong, every);
        head.setAlignment(Pos.CENTER_LEFT);
        questions.setId("answer-questions");
        questions.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        questions.setPlaceholder(new Label(texts.getString("answers.no.mistakes")));
        questions.getColumns().add(text("answers.column.question", Marked::question, 120));
        questions.getColumns().add(text("answers.column.said", this::said, 72));
        questions.getColumns().add(share());
        TextScale.columns(questions, title);
        questions.setMinHeight(0);
        questions.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> look(chosen));
        VBox.setVgrow(questions, Priority.ALWAYS);
        VBox out = new VBox(8, head, questions);
        out.getStyleClass().addAll("card", "tall");
        return out;
    }

    private Region passageCard() {
        asked.getStyleClass().add("card-title");
        asked.setWrapText(true);
        asked.setMinSize(0, USE_PREF_SIZE);
        FlowPane legend = new FlowPane(8, 4);
        legend.getStyleClass().add("small");
        for (Kind kind : List.of(Kind.FOUND, Kind.MISSED, Kind.INVENTED)) {
            legend.getChildren().add(kind.legend());
        }
        ScrollPane scroll = new ScrollPane(passage);
        scroll.setId("answer-passage");
        scroll.getStyleClass().addAll("edge-to-edge", "quiet");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinHeight(0);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox out = new VBox(8, asked, legend, scroll);
        out.getStyleClass().addAll("card", "half-tall");
        return out;
    }

    private Button button(String key, Runnable action) {
        Button out = new Button(texts.getString(key));
        out.getStyleClass().add("small");
        out.setMinWidth(USE_PREF_SIZE);
        out.setOnAction(event -> action.run());
        return out;
    }

    private TableColumn<Marked, String> text(String key, Function<Marked, String> of, double width) {
        TableColumn<Marked, String> out = new TableColumn<>(texts.getString(key));
        out.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(of.apply(cell.getValue())));
        out.setMinWidth(width);
        return out;
    }

    private TableColumn<Marked, Double> share() {
        TableColumn<Marked, Double> out = new TableColumn<>(texts.getString("column.f1"));
        out.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().f1()));
        out.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Double value, boolean empty) {
                super.updateItem(value, empty);
                setText(empty || value == null ? null : Numbers.percent(value));
            }
        });
        out.getStyleClass().add("numeric");
        out.setMinWidth(64);
        out.setMaxWidth(110);
        return out;
    }

    private String said(Marked question) {
        return question.answer().isEmpty() ? texts.getString("question.without") : question.answer();
    }

    private AnswerJudgement now() {
        return model.answersProperty().get();
    }

    /** Null = nothing was judged. */
    private void show(AnswerJudgement now) {
        HeadlineCard.show(headline, now);
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
