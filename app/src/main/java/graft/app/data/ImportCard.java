package graft.app.data;

import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import graft.app.jobs.WindowWords;
import graft.app.task.ExampleSet;
import graft.app.task.ExampleSet.ClassCount;
import graft.app.task.TaskView;
import graft.app.task.Understanding;
import graft.data.Remark;
import graft.data.Skipped;
import graft.options.Option;
import graft.run.PlanOptions;
import graft.text.TableLook;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** What was understood of data before they are taken, with what can be changed of it; hidden while there are none. */
final class ImportCard extends VBox {
    private static final double ROW = 34;

    private final DataViewModel model;
    private final ResourceBundle texts;
    /** Answers the question; another with each. */
    private Button accept = new Button();

    ImportCard(DataViewModel model, ResourceBundle texts) {
        super(12);
        this.model = model;
        this.texts = texts;
        setId("import-card");
        getStyleClass().add("card");
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.decline();
                event.consume();
            }
        });
        model.understoodProperty().addListener((property, old, now) -> {
            show(now);
            if (old == null && now != null && isVisible()) {
                accept.requestFocus(); // Enter answers the question, and does not ask for files again
            }
        });
        show(model.understoodProperty().get());
    }

    private void show(Understanding now) {
        setVisible(now != null);
        getChildren().clear();
        if (now == null) {
            return;
        }
        getChildren().add(head(now));
        if (!now.problem().isEmpty()) {
            Label problem = new Label(now.problem());
            problem.getStyleClass().add("problem");
            problem.setWrapText(true);
            problem.setMaxWidth(Double.MAX_VALUE);
            problem.setMinHeight(USE_PREF_SIZE);
            getChildren().add(problem);
        }
        getChildren().add(choices(now));
        HBox found = new HBox(16);
        VBox.setVgrow(found, Priority.ALWAYS);
        found.setMinHeight(0);
        now.examples().ifPresent(set -> found.getChildren().add(counts(set)));
        now.table().ifPresent(table -> found.getChildren().add(preview(table)));
        now.examples()
                .filter(set ->
                        !set.skipped().isEmpty() || set.remarks().stream().anyMatch(Remark::isProblem))
                .ifPresent(set -> found.getChildren().add(notices(set)));
        found.getChildren().forEach(node -> HBox.setHgrow(node, Priority.ALWAYS));
        getChildren().add(found);
    }

    private Node head(Understanding now) {
        Label title = new Label(text("import.title", now.title()));
        title.getStyleClass().add("card-title");
        Label says = new Label(now.examples().map(this::sentence).orElse(""));
        says.getStyleClass().add("muted");
        VBox words = new VBox(2, title, says);
        now.examples().stream()
                .flatMap(set -> set.remarks().stream())
                .filter(remark -> remark.kind() == Remark.Kind.LAYOUT)
                .forEach(remark -> {
                    Label how = new Label(WindowWords.of(remark.text()));
                    how.getStyleClass().addAll("muted", "small");
                    how.setWrapText(true);
                    how.setMinHeight(USE_PREF_SIZE);
                    words.getChildren().add(how);
                });
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        Button decline = new Button(texts.getString("import.decline"));
        decline.setId("import-decline");
        decline.setOnAction(event -> model.decline());
        decline.setMinWidth(USE_PREF_SIZE);
        accept = new Button(texts.getString("import.accept"));
        accept.setId("import-accept");
        accept.setDefaultButton(true);
        accept.getStyleClass().add("primary");
        accept.setDisable(now.examples().isEmpty());
        accept.setOnAction(event -> model.accept());
        accept.setMinWidth(USE_PREF_SIZE);
        HBox out = new HBox(8, words, decline, accept);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    private String sentence(ExampleSet set) {
        return text(
                        "import.found",
                        text(
                                        "import.classes",
                                        Counts.exact(set.classes().size()),
                                        set.view().text("classes")) + ",",
                        set.view().text("counted"),
                        Counts.exact(set.train()),
                        Counts.exact(set.val()))
                + (set.skipped().isEmpty()
                        ? ""
                        : " · " + text("import.skipped", set.skipped().size()));
    }

    /** The task, and the columns of a table. */
    private Node choices(Understanding now) {
        HBox out = new HBox(16);
        out.setAlignment(Pos.BOTTOM_LEFT);
        ComboBox<TaskView> task = new ComboBox<>();
        task.setId("import-task");
        task.getItems().setAll(now.possible());
        task.setConverter(words(view -> view.text("sample.task")));
        task.setValue(now.view());
        task.setDisable(now.possible().size() < 2);
        task.valueProperty().addListener((property, old, chosen) -> model.imports()
                .say(PlanOptions.TASK, Optional.of(chosen.task().name())));
        out.getChildren().add(labelled("import.task", task));
        now.table().ifPresent(table -> {
            out.getChildren().add(labelled("import.text", column(table, table.text(), PlanOptions.TEXT)));
            out.getChildren().add(labelled("import.pair", pair(table)));
            out.getChildren().add(labelled("import.label", column(table, table.label(), PlanOptions.LABEL)));
        });
        return out;
    }

    private ComboBox<String> column(TableLook table, Optional<String> found, Option<Optional<String>> option) {
        ComboBox<String> out = new ComboBox<>();
        out.setId("import-" + option.key());
        out.setPromptText(texts.getString("import.unknown"));
        out.getItems().setAll(table.columns());
        out.setValue(found.orElse(null));
        out.valueProperty().addListener((property, old, name) -> model.imports().say(option, Optional.of(name)));
        return out;
    }

    /** "None" is said by naming the first text alone: a pair is looked for only where neither is named. */
    private ComboBox<String> pair(TableLook table) {
        ComboBox<String> out = new ComboBox<>();
        out.setId("import-text-pair");
        out.getItems().add("");
        out.getItems().addAll(table.columns());
        out.setConverter(words(name -> name.isEmpty() ? texts.getString("import.none") : name));
        out.setValue(table.pair().orElse(""));
        out.valueProperty().addListener((property, old, name) -> model.imports().pair(table, name));
        return out;
    }

    private static <T> StringConverter<T> words(java.util.function.Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("the box is not editable");
            }
        };
    }

    private Node labelled(String key, ComboBox<?> box) {
        Label label = new Label(texts.getString(key));
        label.getStyleClass().add("section-label");
        label.setLabelFor(box);
        box.setMaxWidth(200);
        return new VBox(4, label, box);
    }

    private Node counts(ExampleSet set) {
        TableView<ClassCount> out = new TableView<>();
        out.setId("import-classes");
        out.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        TableColumn<ClassCount, String> name = new TableColumn<>(texts.getString("import.column.class"));
        name.setCellValueFactory(
                cell -> new ReadOnlyStringWrapper(cell.getValue().name()));
        TableColumn<ClassCount, Integer> train = new TableColumn<>(texts.getString("import.column.train"));
        ClassColumns.ofCount(train, ClassCount::train);
        TableColumn<ClassCount, Integer> val = new TableColumn<>(texts.getString("import.column.val"));
        ClassColumns.ofCount(val, ClassCount::val);
        for (TableColumn<ClassCount, Integer> column : List.of(train, val)) {
            column.getStyleClass().add("numeric");
            column.setMaxWidth(96);
        }
        out.getColumns().addAll(List.of(name, train, val));
        out.getItems().setAll(set.classes());
        out.setMinWidth(220);
        out.setPrefWidth(300);
        return out;
    }

    private Node preview(TableLook table) {
        Label title = new Label(texts.getString("import.preview"));
        title.getStyleClass().add("section-label");
        TableView<List<String>> out = new TableView<>();
        out.setId("import-preview");
        out.setFixedCellSize(ROW);
        out.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY);
        for (int i = 0; i < table.columns().size(); i++) {
            int at = i;
            TableColumn<List<String>, String> column =
                    new TableColumn<>(table.columns().get(i));
            column.setCellValueFactory(cell ->
                    new ReadOnlyStringWrapper(cell.getValue().get(at).strip().replaceAll("\\s+", " ")));
            column.setSortable(false);
            // In proportion to what is in it, so that texts can be read.
            column.setPrefWidth(Math.max(
                    90,
                    Math.min(
                            600,
                            7
                                    * table.rows().stream()
                                            .mapToInt(row -> row.get(at).length())
                                            .max()
                                            .orElse(10))));
            out.getColumns().add(column);
        }
        out.getItems().setAll(table.rows());
        VBox.setVgrow(out, Priority.ALWAYS);
        VBox both = new VBox(4, title, out);
        both.setMinWidth(260);
        both.setPrefWidth(460);
        return both;
    }

    private Node notices(ExampleSet set) {
        VBox out = new VBox(8);
        List<Remark> mistakes =
                set.sortedRemarks().stream().filter(Remark::isProblem).toList();
        if (!mistakes.isEmpty()) {
            Label title = new Label(text("import.remarks", mistakes.size()));
            title.getStyleClass().add("section-label");
            ListView<Remark> list = new ListView<>();
            list.getStyleClass().add("words-list");
            list.setCellFactory(any -> new RemarkCell(texts));
            list.getItems().setAll(mistakes);
            VBox.setVgrow(list, Priority.ALWAYS);
            out.getChildren().addAll(title, list);
        }
        if (!set.skipped().isEmpty()) {
            Label title = new Label(text("import.skipped", set.skipped().size()));
            title.getStyleClass().add("section-label");
            ListView<Skipped> list = new ListView<>();
            list.getStyleClass().add("words-list");
            list.setCellFactory(any -> new SkippedCell());
            list.getItems().setAll(set.skipped());
            VBox.setVgrow(list, Priority.ALWAYS);
            out.getChildren().addAll(title, list);
        }
        out.setMinWidth(220);
        out.setPrefWidth(320);
        return out;
    }

    private String text(String key, Object... values) {
        return Numbers.message(texts.getString(key), values);
    }
}
