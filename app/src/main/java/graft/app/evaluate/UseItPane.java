package graft.app.evaluate;

import graft.app.controls.Choosers;
import graft.app.controls.FileDrop;
import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import graft.data.Unlabelled.Unread;
import graft.predict.AnswerRows.AnswerRow;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** "Use it": drop a folder, get a table of answers, save it. */
final class UseItPane extends StackPane {
    private final UseItViewModel model;
    private final Choosers choosers;
    private final ResourceBundle texts;

    /**
     * @param says what comes of what is dropped
     * @param typed asks about a text that is typed, where that is answered here
     * @param more gives the network a class more
     */
    UseItPane(
            UseItViewModel model,
            Choosers choosers,
            ResourceBundle texts,
            ObservableValue<String> says,
            Region typed,
            Node more) {
        this.model = model;
        this.choosers = choosers;
        this.texts = texts;
        setId("use-it");
        BooleanBinding nothing = Bindings.isEmpty(model.rows())
                .and(Bindings.not(model.askingProperty()))
                .and(Bindings.isNull(model.predictionProperty()));
        Node inviting = invitation(says);
        VBox.setVgrow(inviting, Priority.ALWAYS);
        VBox both = new VBox(12, inviting, more);
        both.setMinHeight(Region.USE_PREF_SIZE);
        ScrollPane empty = new ScrollPane(both);
        empty.getStyleClass().addAll("edge-to-edge", "quiet");
        empty.setFitToWidth(true);
        empty.setFitToHeight(true);
        empty.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        empty.visibleProperty().bind(nothing);
        VBox answers = new VBox(12, problem(), table(), unread());
        answers.visibleProperty().bind(nothing.not());
        answers.setMinHeight(0);
        StackPane files = new StackPane(empty, answers);
        files.setMinHeight(0);
        VBox.setVgrow(files, Priority.ALWAYS);
        getChildren().add(new VBox(12, typed, files));
        FileDrop.accept(this, model::ask);
    }

    private Node invitation(ObservableValue<String> what) {
        Label title = new Label(texts.getString("use.title"));
        title.getStyleClass().add("card-title");
        Label says = new Label();
        says.textProperty().bind(what);
        says.setWrapText(true);
        says.setMaxWidth(560);
        Button folder = button("use.folder", this::chooseFolder);
        Button file = button("use.file", this::chooseFile);
        folder.getStyleClass().add("accent");
        HBox buttons = new HBox(8, file, folder);
        buttons.setAlignment(Pos.CENTER);
        VBox out = new VBox(title, says, buttons, problem());
        out.getStyleClass().addAll("card", "empty-state");
        return out;
    }

    private Label problem() {
        Label problem = new Label();
        problem.textProperty().bind(model.problemProperty());
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        Parts.shownIf(problem, model.problemProperty().isNotEmpty());
        return problem;
    }

    private Node table() {
        Label title = new Label(texts.getString("use.answers"));
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        Label status = new Label();
        status.textProperty().bind(model.statusProperty());
        status.getStyleClass().add("muted");
        Label saved = new Label();
        saved.textProperty().bind(model.savedProperty());
        saved.getStyleClass().add("proof");
        Parts.shownIf(saved, model.savedProperty().isNotEmpty());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(18, 18);
        Parts.shownIf(busy, model.askingProperty());
        Button stop = button("use.stop", model::stop);
        stop.setId("use-stop");
        Parts.shownIf(stop, model.askingProperty());
        Button again = button("use.again", this::chooseFolder);
        Button save = button("use.save", this::save);
        save.setId("use-save");
        save.disableProperty().bind(Bindings.isNull(model.predictionProperty()));
        HBox head = new HBox(8, title, busy, status, space, stop, again, save);
        head.setAlignment(Pos.CENTER_LEFT);
        TableView<AnswerRow> table = new TableView<>(model.rows());
        table.setId("use-answers");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        table.setPlaceholder(new Label(texts.getString("use.waiting")));
        TableColumn<AnswerRow, String> example = column("use.column.example", model::called, 140);
        TableColumn<AnswerRow, String> words = column("use.column.text", AnswerRow::words, 140);
        words.visibleProperty().bind(first(row -> !row.words().isEmpty()));
        TableColumn<AnswerRow, String> answer = column(
                "use.column.class", row -> row.ofPlaces() ? "" : row.classes().get(0), 100);
        TableColumn<AnswerRow, Float> probability = probability();
        TableColumn<AnswerRow, String> others = column("use.column.others", row -> listed(row, 1), 140);
        TableColumn<AnswerRow, String> places = column("use.column.places", this::places, 200);
        places.visibleProperty().bind(first(AnswerRow::ofPlaces));
        for (TableColumn<AnswerRow, ?> each : List.of(answer, probability, others)) {
            each.visibleProperty().bind(places.visibleProperty().not());
        }
        table.getColumns().addAll(List.of(example, words, answer, probability, others, places));
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox out = new VBox(8, head, saved, table);
        out.getStyleClass().add("card");
        VBox.setVgrow(out, Priority.ALWAYS);
        out.setMinHeight(0);
        return out;
    }

    /** Whether it is so of the first answer: all are alike in this. */
    private BooleanBinding first(Predicate<AnswerRow> which) {
        return Bindings.createBooleanBinding(
                () -> !model.rows().isEmpty() && which.test(model.rows().get(0)), model.rows());
    }

    private String places(AnswerRow row) {
        return row.classes().isEmpty() ? texts.getString("use.nothing") : listed(row, 0);
    }

    private TableColumn<AnswerRow, String> column(
            String key, java.util.function.Function<AnswerRow, String> of, double width) {
        TableColumn<AnswerRow, String> out = new TableColumn<>(texts.getString(key));
        out.setCellValueFactory(cell -> new ReadOnlyStringWrapper(of.apply(cell.getValue())));
        out.setMinWidth(width);
        return out;
    }

    private TableColumn<AnswerRow, Float> probability() {
        TableColumn<AnswerRow, Float> out = new TableColumn<>(texts.getString("use.column.probability"));
        out.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(
                cell.getValue().ofPlaces()
                        ? null
                        : cell.getValue().probabilities().get(0)));
        out.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Float value, boolean none) {
                super.updateItem(value, none);
                setText(none || value == null ? null : percent(value));
            }
        });
        out.getStyleClass().add("numeric");
        out.setMinWidth(96);
        out.setMaxWidth(120);
        return out;
    }

    private static String percent(double share) {
        return Numbers.percent(share);
    }

    private static String listed(AnswerRow row, int from) {
        return IntStream.range(from, row.classes().size())
                .mapToObj(i ->
                        row.classes().get(i) + " " + percent(row.probabilities().get(i)))
                .collect(Collectors.joining(" · "));
    }

    private Node unread() {
        Label title = new Label();
        title.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> Numbers.message(
                                texts.getString("use.unread"),
                                model.predictionProperty().get() == null
                                        ? 0
                                        : model.predictionProperty().get().skippedCount()),
                        model.predictionProperty()));
        title.getStyleClass().add("card-title");
        ListView<Unread> list = new ListView<>(model.unread());
        list.setId("use-unread");
        list.getStyleClass().add("words-list");
        list.setCellFactory(any -> new ListCell<>() {
            {
                setWrapText(true);
                setPrefWidth(0); // as wide as the list, so that the reason is wrapped instead of cut off
                getStyleClass().add("wrapped-cell");
            }

            @Override
            protected void updateItem(Unread what, boolean none) {
                super.updateItem(what, none);
                setText(none || what == null ? null : what.inWords());
            }
        });
        list.setPrefHeight(100);
        list.setMinHeight(70);
        VBox out = new VBox(8, title, list);
        out.getStyleClass().add("card");
        out.setMinHeight(USE_PREF_SIZE);
        Parts.shownIf(out, Bindings.isNotEmpty(model.unread()));
        return out;
    }

    private Button button(String key, Runnable action) {
        Button out = new Button(texts.getString(key));
        out.setOnAction(event -> action.run());
        out.setMinWidth(USE_PREF_SIZE);
        return out;
    }

    private void chooseFolder() {
        choosers.folder(getScene().getWindow(), texts.getString("use.folder"))
                .ifPresent(folder -> model.ask(List.of(folder)));
    }

    private void chooseFile() {
        choosers.file(getScene().getWindow(), texts.getString("use.file")).ifPresent(file -> model.ask(List.of(file)));
    }

    private void save() {
        choosers.save(getScene().getWindow(), texts.getString("use.save"), "answers.csv")
                .ifPresent(model::save);
    }
}
