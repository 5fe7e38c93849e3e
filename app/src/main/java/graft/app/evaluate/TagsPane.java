package graft.app.evaluate;

import graft.app.controls.Columns;
import graft.app.controls.Counts;
import graft.app.controls.MarkedText;
import graft.app.controls.Numbers;
import graft.app.controls.TextScale;
import graft.tags.TagEvaluation.Confusion;
import graft.tags.TagEvaluation.Marked;
import graft.tags.TypeScore;
import java.util.List;
import java.util.ResourceBundle;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What was found in sentences: figures, scores of each type, the most frequent mistakes, and the sentences with their places marked. */
final class TagsPane extends ResultsGrid {
    private final EvaluateViewModel model;
    private final ResourceBundle texts;
    private final TableView<TypeScore> types = new TableView<>();
    private final TableView<Confusion> mistakes = new TableView<>();
    private final Label title = new Label();
    /** Has letters as large as those of the tables. */
    private final Label measure = new Label();

    private final SentenceList sentences = new SentenceList();

    TagsPane(EvaluateViewModel model, ResourceBundle texts) {
        super("tags-results", texts, 300, 200);
        this.model = model;
        this.texts = texts;
        measure.setManaged(false);
        measure.setVisible(false);
        getChildren().add(measure);
        add(typesCard(), 0, 1);
        add(mistakesCard(), 0, 2);
        add(sentencesCard(), 1, 1);
        LiveSentence live = new LiveSentence(model, texts);
        live.getStyleClass().add("half-tall");
        add(live, 1, 2);
        model.tagsProperty().addListener((property, old, now) -> show(now));
        show(model.tagsProperty().get());
    }

    private VBox card(String key, Region content, String height) {
        return card(height, title(new Label(texts.getString(key))), content);
    }

    private Region typesCard() {
        types.setId("tag-types");
        types.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        types.getColumns().add(Columns.text(texts.getString("tags.column.type"), TypeScore::type, 56));
        types.getColumns().add(Columns.share(texts.getString("column.precision"), TypeScore::precision, 80));
        types.getColumns().add(Columns.share(texts.getString("column.recall"), TypeScore::recall, 58));
        types.getColumns().add(Columns.share(texts.getString("column.f1"), TypeScore::f1, 58));
        types.getColumns().add(Columns.count(texts.getString("tags.column.support"), TypeScore::support, 60));
        TextScale.columns(types, measure);
        types.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> {
            if (chosen != null) {
                mistakes.getSelectionModel().clearSelection();
                TagJudgement now = model.tagsProperty().get();
                show(now.wrong(chosen.type()), "tags.of.type", chosen.type());
            }
        });
        return card("tags.types", types, "tall");
    }

    private Region mistakesCard() {
        mistakes.setId("tag-mistakes");
        mistakes.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        mistakes.setPlaceholder(new Label(texts.getString("tags.no.mistakes")));
        mistakes.getColumns().add(Columns.text(texts.getString("tags.column.mistake"), this::words, 120));
        mistakes.getColumns().add(Columns.count(texts.getString("tags.column.count"), Confusion::count, 62));
        TextScale.columns(mistakes, measure);
        mistakes.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> {
            if (chosen != null) {
                types.getSelectionModel().clearSelection();
                TagJudgement now = model.tagsProperty().get();
                show(now.confused(chosen), "tags.of.mistake", words(chosen));
            }
        });
        return card("tags.mistakes", mistakes, "half-tall");
    }

    private Region sentencesCard() {
        FlowPane legend = MarkedText.legend();
        legend.setId("tags-legend");
        sentences.node().setId("tag-sentences");
        return card("tall", choice(title, "tags", this::showWrong, this::showAll), legend, sentences.node());
    }

    private String words(Confusion kind) {
        String key = kind.said().isEmpty()
                ? "tags.missed"
                : kind.gold().isEmpty()
                        ? "tags.invented"
                        : (kind.gold().equals(kind.said())
                                ? "tags.borders"
                                : kind.border() ? "tags.both" : "tags.other");
        return message(key, kind.gold(), kind.said());
    }

    private String message(String key, Object... values) {
        return Numbers.message(texts.getString(key), values);
    }

    /** Null = nothing was judged. */
    private void show(TagJudgement now) {
        figures(now);
        types.getItems().setAll(now == null ? List.of() : now.found().perType());
        mistakes.getItems().setAll(now == null ? List.of() : now.found().confusions());
        if (now == null) {
            sentences.show(List.of());
        } else if (now.wrong().isEmpty()) {
            showAll();
        } else {
            showWrong();
        }
    }

    private void showWrong() {
        chooseNothing();
        show(model.tagsProperty().get().wrong(), "tags.wrong");
    }

    private void showAll() {
        chooseNothing();
        show(model.tagsProperty().get().found().sentences(), "tags.all");
    }

    private void chooseNothing() {
        types.getSelectionModel().clearSelection();
        mistakes.getSelectionModel().clearSelection();
    }

    private void show(List<Marked> some, String key, Object... values) {
        Object[] all = java.util.Arrays.copyOf(values, values.length + 1);
        all[values.length] = Counts.exact(some.size());
        title.setText(message(key, all));
        sentences.show(some);
    }
}
