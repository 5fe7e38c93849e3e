package graft.app.runs;

import graft.app.controls.Choosers;
import graft.app.controls.Parts;
import graft.app.task.PictureLoaders;
import graft.app.train.PastRun;
import graft.project.RunEntry;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.cell.TextFieldTableCell;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** Connects the table of runs. */
public final class RunsController {
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);

    private final RunsViewModel model;
    private final Choosers choosers;
    private final Consumer<PastRun> show;
    private final Consumer<PastRun> lay;
    private final Runnable leave;
    private final ChangedExamples changed;
    private final PictureLoaders loaders;

    @FXML
    private ResourceBundle resources;

    @FXML
    private VBox runsScreen;

    @FXML
    private TextField filter;

    @FXML
    private Label count;

    @FXML
    private TableView<RunEntry> table;

    @FXML
    private TableColumn<RunEntry, Boolean> star;

    @FXML
    private TableColumn<RunEntry, String> name;

    @FXML
    private TableColumn<RunEntry, Double> score;

    @FXML
    private TableColumn<RunEntry, String> data;

    @FXML
    private TableColumn<RunEntry, String> network;

    @FXML
    private TableColumn<RunEntry, String> date;

    @FXML
    private TableColumn<RunEntry, String> tags;

    @FXML
    private TableColumn<RunEntry, String> note;

    @FXML
    private Button overlay;

    @FXML
    private Button compare;

    @FXML
    private MenuButton more;

    @FXML
    private Button open;

    @FXML
    private HBox newsRow;

    @FXML
    private Label news;

    @FXML
    private Button undo;

    @FXML
    private Label problem;

    @FXML
    private Label compared;

    /**
     * @param show takes a run that is to be opened
     * @param lay takes a run whose curves are to lie over those of the run shown
     * @param leave closes the page
     * @param changed which examples two runs that are compared differ in
     */
    public RunsController(
            RunsViewModel model,
            Choosers choosers,
            Consumer<PastRun> show,
            Consumer<PastRun> lay,
            Runnable leave,
            ChangedExamples changed,
            PictureLoaders loaders) {
        this.model = model;
        this.choosers = choosers;
        this.show = show;
        this.lay = lay;
        this.leave = leave;
        this.changed = changed;
        this.loaders = loaders;
    }

    @FXML
    private void initialize() {
        KeptChoice kept = new KeptChoice(model.runs(), table.getSelectionModel());
        FilteredList<RunEntry> found = new FilteredList<>(model.runs());
        filter.textProperty()
                .addListener((property, old, words) ->
                        found.setPredicate(words.isBlank() ? null : run -> RunWords.matches(run, words)));
        SortedList<RunEntry> sorted = new SortedList<>(found);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        kept.in(sorted);
        Label nothing = new Label();
        nothing.getStyleClass().add("empty-state");
        nothing.textProperty()
                .bind(Bindings.when(Bindings.isEmpty(model.runs()))
                        .then(resources.getString("none"))
                        .otherwise(resources.getString("none.match")));
        table.setPlaceholder(nothing);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        count.textProperty().bind(Bindings.size(sorted).asString());
        columns();
        RunsMenu menu = new RunsMenu(
                model, choosers, table, () -> table.getSelectionModel().getSelectedItems());
        more.getItems().setAll(menu.items());
        table.setContextMenu(new ContextMenu(menu.items().toArray(MenuItem[]::new)));
        var selected = table.getSelectionModel().getSelectedItems();
        open.disableProperty().bind(Bindings.size(selected).isNotEqualTo(1));
        compare.disableProperty().bind(Bindings.size(selected).isNotEqualTo(2));
        overlay.disableProperty().bind(Bindings.isEmpty(selected));
        more.disableProperty().bind(Bindings.isEmpty(selected));
        news.textProperty().bind(model.newsProperty());
        Parts.shownIf(newsRow, model.newsProperty().isNotEmpty());
        Parts.shownIf(undo, model.deletedProperty().map(gone -> !gone.isEmpty()));
        problem.textProperty().bind(model.problemProperty());
        Parts.shownIf(problem, model.problemProperty().isNotEmpty());
        compared.textProperty()
                .bind(model.comparisonProperty().map(RunWords::words).orElse(""));
        Parts.shownIf(compared, compared.textProperty().isNotEmpty());
        runsScreen.getChildren().add(new ChangedExamplesPane(changed, loaders));
        model.comparisonProperty().addListener((property, old, now) -> changed.show(now));
        runsScreen.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (UNDO.match(event) && !model.deletedProperty().get().isEmpty()) {
                undo();
                event.consume();
            }
        });
        // A double click into tags or a note begins to change them.
        table.setRowFactory(all -> {
            TableRow<RunEntry> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                boolean twice = event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2;
                if (twice && !row.isEmpty() && table.getEditingCell() == null) {
                    model.open(row.getItem(), show);
                }
            });
            return row;
        });
        table.setOnKeyPressed(event -> {
            if (table.getEditingCell() != null) {
                return;
            }
            if (event.getCode() == KeyCode.ENTER) {
                open();
            } else {
                menu.press(event);
            }
        });
    }

    private void columns() {
        star.setCellValueFactory(
                cell -> new SimpleObjectProperty<>(cell.getValue().starred()));
        star.setCellFactory(column -> new StarCell());
        words(name, RunWords::title);
        words(data, RunWords::data);
        words(network, RunWords::network);
        words(date, RunWords::date);
        words(tags, RunEntry::tags);
        words(note, RunEntry::note);
        editable(tags, model::tag);
        editable(note, model::note);
        score.setCellValueFactory(
                cell -> new SimpleObjectProperty<>(cell.getValue().valScore()));
        score.setCellFactory(column -> new TableCell<>() {
            @Override
            protected void updateItem(Double value, boolean empty) {
                super.updateItem(value, empty);
                RunEntry run = getTableRow() == null ? null : getTableRow().getItem();
                setText(empty || run == null ? null : RunWords.score(run));
            }
        });
    }

    private static void words(TableColumn<RunEntry, String> column, Function<RunEntry, String> words) {
        column.setCellValueFactory(cell -> new SimpleStringProperty(words.apply(cell.getValue())));
    }

    private static void editable(TableColumn<RunEntry, String> column, BiConsumer<RunEntry, String> change) {
        column.setCellFactory(TextFieldTableCell.forTableColumn());
        column.setOnEditCommit(event -> change.accept(event.getRowValue(), event.getNewValue()));
    }

    /** A click puts a star on, or takes it away. */
    private final class StarCell extends TableCell<RunEntry, Boolean> {
        @Override
        protected void updateItem(Boolean starred, boolean empty) {
            super.updateItem(starred, empty);
            setText(empty || starred == null ? null : starred ? "★" : "☆");
            setOnMouseClicked(
                    empty
                            ? null
                            : event -> {
                                RunEntry run = getTableRow().getItem();
                                if (run != null) {
                                    model.star(run);
                                }
                            });
        }
    }

    private RunEntry selected() {
        return table.getSelectionModel().getSelectedItem();
    }

    private void withSelected(Consumer<RunEntry> action) {
        if (selected() != null) {
            action.accept(selected());
        }
    }

    @FXML
    private void open() {
        withSelected(run -> model.open(run, show));
    }

    @FXML
    private void overlay() {
        List.copyOf(table.getSelectionModel().getSelectedItems()).forEach(run -> model.open(run, lay));
        leave.run();
    }

    @FXML
    private void compare() {
        List<RunEntry> two = List.copyOf(table.getSelectionModel().getSelectedItems());
        if (two.size() == 2) {
            // "Why is B better": the earlier run first.
            boolean inOrder = two.get(0).id() < two.get(1).id();
            model.compare(two.get(inOrder ? 0 : 1), two.get(inOrder ? 1 : 0));
        }
    }

    @FXML
    private void unpack() {
        choosers.file(table.getScene().getWindow(), resources.getString("unpack"), ".graft")
                .ifPresent(file -> model.openPack(file, run -> model.open(run, show)));
    }

    @FXML
    private void undo() {
        model.undoDelete();
    }

    @FXML
    private void back() {
        leave.run();
    }
}
