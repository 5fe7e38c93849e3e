package graft.app.evaluate;

import graft.app.controls.Counts;
import graft.app.controls.MarkedText.Kind;
import graft.app.controls.Numbers;
import graft.app.controls.TextScale;
import graft.tags.TagEvaluation.Confusion;
import graft.tags.TagEvaluation.Marked;
import graft.tags.TypeScore;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
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

/** What was found in sentences: figures, scores of each type, the most frequent mistakes, and the sentences with their places marked. */
final class TagsPane extends GridPane {
    private final EvaluateViewModel model;
    private final ResourceBundle texts;
    private final HBox headline = new HBox(28);
    private final TableView<TypeScore> types = new TableView<>();
    private final TableView<Confusion> mistakes = new TableView<>();
    private final Label title = new Label();
    /** Has letters as large as those of the tables. */
    private final Label measure = new Label();

    private final SentenceList sentences = new SentenceList();

    TagsPane(EvaluateViewModel model, ResourceBundle texts) {
        this.model = model;
        this.texts = texts;
        setId("tags-results");
        getStyleClass().add("evaluate-results");
        setHgap(12);
        setVgap(12);
        column(48);
        column(52);
        row(Region.USE_PREF_SIZE, USE_COMPUTED_SIZE, Priority.NEVER);
        row(USE_COMPUTED_SIZE, 300, Priority.ALWAYS);
        row(USE_COMPUTED_SIZE, 200, Priority.ALWAYS);
        measure.setManaged(false);
        measure.setVisible(false);
        getChildren().add(measure);
        headline.getStyleClass().addAll("card", "headline-card");
        headline.setAlignment(Pos.CENTER_LEFT);
        add(headline, 0, 0, 2, 1);
        add(typesCard(), 0, 1);
        add(mistakesCard(), 0, 2);
        add(sentencesCard(), 1, 1);
        LiveSentence live = new LiveSentence(model, texts);
        live.getStyleClass().add("half-tall");
        add(live, 1, 2);
        model.tagsProperty().addListener((property, old, now) -> show(now));
        show(model.tagsProperty().get());
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

    private VBox card(String key, Region content, String height) {
        Label label = new Label(texts.getString(key));
        label.getStyleClass().add("card-title");
        content.setMinHeight(0);
        VBox.setVgrow(content, Priority.ALWAYS);
        VBox out = new VBox(8, label, content);
        out.getStyleClass().addAll("card", height);
        return out;
    }

    private Region typesCard() {
        types.setId("tag-types");
        types.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        types.getColumns().add(text("tags.column.type", TypeScore::type, 56));
        types.getColumns().add(share("column.precision", TypeScore::precision, 80));
        types.getColumns().add(share("column.recall", TypeScore::recall, 58));
        types.getColumns().add(share("column.f1", TypeScore::f1, 58));
        types.getColumns().add(number("tags.column.support", TypeScore::support, 60));
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
        mistakes.getColumns().add(text("tags.column.mistake", this::words, 120));
        mistakes.getColumns().add(number("tags.column.count", Confusion::count, 62));
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
        title.getStyleClass().add("card-title");
        title.setWrapText(true);
        title.setMinSize(0, USE_PREF_SIZE);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button wrong = button("tags.show.wrong", this::showWrong);
        Button every = button("tags.show.all", this::showAll);
        every.setId("tags-all");
        HBox head = new HBox(8, title, wrong, every);
        head.setAlignment(Pos.CENTER_LEFT);
        FlowPane legend = new FlowPane(8, 4);
        legend.setId("tags-legend");
        legend.getStyleClass().add("small");
        for (Kind kind : List.of(Kind.FOUND, Kind.MISSED, Kind.INVENTED)) {
            legend.getChildren().add(kind.legend());
        }
        sentences.node().setId("tag-sentences");
        VBox.setVgrow(sentences.node(), Priority.ALWAYS);
        VBox out = new VBox(8, head, legend, sentences.node());
        out.getStyleClass().addAll("card", "tall");
        return out;
    }

    private Button button(String key, Runnable action) {
        Button out = new Button(texts.getString(key));
        out.getStyleClass().add("small");
        out.setMinWidth(USE_PREF_SIZE);
        out.setOnAction(event -> action.run());
        return out;
    }

    private <T> TableColumn<T, String> text(String key, Function<T, String> of, double width) {
        TableColumn<T, String> out = new TableColumn<>(texts.getString(key));
        out.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(of.apply(cell.getValue())));
        out.setMinWidth(width);
        return out;
    }

    private <T> TableColumn<T, Integer> number(String key, Function<T, Integer> of, double width) {
        TableColumn<T, Integer> out = numeric(key, width);
        out.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(of.apply(cell.getValue())));
        out.setCellFactory(any -> TagsPane.<T, Integer>cell(count -> Counts.exact(count)));
        return out;
    }

    private <T> TableColumn<T, Double> share(String key, Function<T, Double> of, double width) {
        TableColumn<T, Double> out = numeric(key, width);
        out.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(of.apply(cell.getValue())));
        out.setCellFactory(any -> cell(Numbers::percent));
        return out;
    }

    private <T, V> TableColumn<T, V> numeric(String key, double width) {
        TableColumn<T, V> out = new TableColumn<>(texts.getString(key));
        out.getStyleClass().add("numeric");
        out.setMinWidth(width);
        out.setMaxWidth(110);
        return out;
    }

    private static <T, V> TableCell<T, V> cell(Function<V, String> words) {
        return new TableCell<>() {
            @Override
            protected void updateItem(V value, boolean empty) {
                super.updateItem(value, empty);
                setText(empty || value == null ? null : words.apply(value));
            }
        };
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
        HeadlineCard.show(headline, now);
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
