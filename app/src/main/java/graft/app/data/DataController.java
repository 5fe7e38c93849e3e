package graft.app.data;

import graft.app.controls.CardRow;
import graft.app.controls.Choosers;
import graft.app.controls.Counts;
import graft.app.controls.FileDrop;
import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import graft.app.controls.TextScale;
import graft.app.task.ChosenCount;
import graft.app.task.CorrectionMenu;
import graft.app.task.ExampleSet;
import graft.app.task.ExampleSet.ClassCount;
import graft.app.task.Gallery;
import graft.app.task.PictureLoaders;
import graft.app.task.Shown;
import graft.app.task.TaskView;
import graft.app.task.TaskViews;
import graft.data.Remark;
import graft.data.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Slider;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Connects the Data screen. */
public final class DataController {
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination REDO =
            new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination LIKE = new KeyCodeCombination(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private final DataViewModel model;
    private final Choosers choosers;
    private final PictureLoaders loaders;
    private final SuspectsViewModel suspects;
    private final SimilarViewModel similar;
    private final Consumer<TaskView> samples;
    private final Consumer<List<Path>> dropped;

    @FXML
    private ResourceBundle resources;

    @FXML
    private VBox dataScreen;

    @FXML
    private Label summary;

    @FXML
    private Label problem;

    @FXML
    private Label news;

    @FXML
    private VBox shownCard;

    @FXML
    private Button undo;

    @FXML
    private Button redo;

    @FXML
    private MenuButton samplesMenu;

    @FXML
    private TableView<ClassCount> classes;

    @FXML
    private TableColumn<ClassCount, String> className;

    @FXML
    private TableColumn<ClassCount, Integer> toLearn;

    @FXML
    private TableColumn<ClassCount, Integer> toJudge;

    @FXML
    private TableColumn<ClassCount, Double> balance;

    @FXML
    private StackPane pictures;

    @FXML
    private VBox dropHint;

    @FXML
    private CardRow content;

    @FXML
    private StackPane findPlace;

    @FXML
    private Button findSuspects;

    @FXML
    private StackPane place;

    @FXML
    private Label counted;

    @FXML
    private Button columns;

    @FXML
    private MenuButton corrected;

    @FXML
    private Node problemsCard;

    @FXML
    private Node skippedCard;

    @FXML
    private Node splitting;

    @FXML
    private Slider split;

    @FXML
    private Label splitSays;

    @FXML
    private Label shownClass;

    @FXML
    private Label shownCount;

    @FXML
    private Label shownChosen;

    @FXML
    private Label skippedTitle;

    @FXML
    private ListView<Skipped> skipped;

    @FXML
    private Label remarksTitle;

    @FXML
    private ListView<Remark> remarks;

    private final Map<TaskView, Gallery> galleries = new HashMap<>();
    private Gallery gallery;
    private CorrectedMenu takingBack;
    private ValidationShare share;
    private Label arrays;
    /** While the classes are written anew, none of them is the one that was chosen. */
    private boolean filling;

    /**
     * @param loaders load pictures away from the FX thread
     * @param suspects labels that look wrong
     * @param similar examples that are like one of them
     * @param samples opens what Graft brings along for a task
     * @param dropped takes what is dropped on the screen
     */
    public DataController(
            DataViewModel model,
            SuspectsViewModel suspects,
            SimilarViewModel similar,
            Choosers choosers,
            PictureLoaders loaders,
            Consumer<TaskView> samples,
            Consumer<List<Path>> dropped) {
        this.model = model;
        this.suspects = suspects;
        this.similar = similar;
        this.choosers = choosers;
        this.loaders = loaders;
        this.samples = samples;
        this.dropped = dropped;
    }

    @FXML
    private void initialize() {
        arrays = new Label(resources.getString("arrays"));
        takingBack = new CorrectedMenu(corrected, model);
        show(TaskViews.usual());
        showSamples();
        ClassColumns.of(className, ClassCount::name);
        ClassColumns.ofCount(toLearn, ClassCount::train);
        ClassColumns.ofCount(toJudge, ClassCount::val);
        ClassColumns.ofBalance(balance, classes);
        skipped.setCellFactory(list -> new SkippedCell());
        remarks.setCellFactory(list -> new RemarkCell(resources, model::mend));
        problem.textProperty().bind(model.problemProperty());
        Parts.shownIf(problem, model.problemProperty().isNotEmpty());
        news.textProperty().bind(model.newsProperty());
        // They share a place: nothing moves under the mouse when one takes that of the other.
        news.visibleProperty().bind(model.newsProperty().isNotEmpty());
        summary.visibleProperty().bind(news.visibleProperty().not());
        undo.disableProperty().bind(model.canUndoProperty().not());
        redo.disableProperty().bind(model.canRedoProperty().not());
        TextScale.columns(classes, summary);
        ClassColumns.giveWay(balance, classes);
        ClassMenu.on(classes, className, model, resources);
        share = new ValidationShare(splitting, split, splitSays, model);
        dataScreen.setOnKeyPressed(event -> {
            if (UNDO.match(event)) {
                model.undo();
                event.consume();
            } else if (REDO.match(event)) {
                model.redo();
                event.consume();
            } else if (LIKE.match(event)) {
                gallery.chosen().getValue().stream().findFirst().ifPresent(this::showSimilar);
                event.consume();
            } else if (PASTE.match(event)) {
                paste(Clipboard.getSystemClipboard());
                event.consume();
            }
        });
        FileDrop.accept(dataScreen, dropped);
        ClassDrop.accept(shownCard, this::shownName, DataController::areLoose, model::add);
        classes.setRowFactory(table -> {
            TableRow<ClassCount> row = new TableRow<>();
            Supplier<String> name = () -> row.getItem() == null || !isRelabellable()
                    ? null
                    : row.getItem().name();
            ClassDrop.accept(row, name, files -> !files.isEmpty(), model::add);
            ClassDrop.acceptChosen(
                    row, name, to -> model.relabel(gallery.chosen().getValue(), to));
            return row;
        });
        classes.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> {
            if (!filling) {
                showExamples(chosen);
            }
        });
        model.examplesProperty().addListener((property, old, set) -> show(set));
        show(model.examplesProperty().get());
        showSuspects();
        place.getChildren().add(new ImportCard(model, resources));
        model.understoodProperty().addListener((property, old, now) -> dim());
        dim();
    }

    private void showSuspects() {
        SuspectsPane pane = new SuspectsPane(suspects, loaders, resources);
        HBox.setHgrow(pane, Priority.ALWAYS);
        content.getChildren().add(pane);
        Parts.shownIf(shownCard, suspects.shownProperty().not());
        findSuspects
                .disableProperty()
                .bind(suspects.obstacleProperty().isNotEmpty().or(suspects.searchingProperty()));
        Tooltip why = new Tooltip();
        why.textProperty()
                .bind(Bindings.when(suspects.obstacleProperty().isNotEmpty())
                        .then(suspects.obstacleProperty())
                        .otherwise(resources.getString("suspects.find.tip")));
        Tooltip.install(findPlace, why); // a disabled button shows none
    }

    /** What is open steps back while other data are looked at. */
    private void dim() {
        boolean asked = model.understoodProperty().get() != null;
        content.setVisible(!asked && model.examplesProperty().get() != null);
        dropHint.setVisible(!asked && model.examplesProperty().get() == null);
    }

    private boolean isRelabellable() {
        ExampleSet set = model.examplesProperty().get();
        return set != null && set.isRelabellable();
    }

    private String shownName() {
        return isRelabellable() ? chosenClass().orElse(null) : null;
    }

    /** A folder or a table is a data set; single files become examples of the class that is shown. */
    private static boolean areLoose(List<Path> files) {
        return !files.isEmpty() && files.stream().allMatch(Imports::isLoose);
    }

    /** What is pasted becomes an example of the class that is shown; folders and tables are looked at, as those that are dropped. */
    private void paste(Clipboard clipboard) {
        List<Path> files = Pasted.files(clipboard);
        String className = shownName();
        if (className != null && areLoose(files)) {
            model.add(files, className);
        } else if (!files.isEmpty()) {
            dropped.accept(files);
        } else if (className != null) {
            Pasted.picture(clipboard).ifPresent(picture -> model.bring(picture, 1, className));
        }
    }

    private Optional<String> chosenClass() {
        return Optional.ofNullable(classes.getSelectionModel().getSelectedItem())
                .map(ClassCount::name);
    }

    private void showSamples() {
        for (TaskView view : TaskViews.own()) {
            Label says = new Label(view.text("sample.says"));
            says.getStyleClass().addAll("text-small", "text-muted");
            MenuItem item = new MenuItem(null, new VBox(2, new Label(view.text("sample")), says));
            item.setId("sample-" + view.task().name());
            item.setOnAction(event -> samples.accept(view));
            samplesMenu.getItems().add(item);
        }
    }

    private void show(TaskView view) {
        gallery = galleries.computeIfAbsent(view, this::gallery);
        pictures.getChildren().setAll(gallery.node(), arrays);
    }

    private Gallery gallery(TaskView view) {
        Gallery one = view.gallery().apply(loaders);
        one.node().setId("data-examples");
        one.setActions(this::actions, model::leaveOut);
        ChosenCount.show(one, shownChosen);
        return one;
    }

    private List<MenuItem> actions(List<Shown> examples) {
        List<MenuItem> out = new ArrayList<>(CorrectionMenu.of(model, examples));
        ExampleSet set = model.examplesProperty().get();
        if (examples.size() == 1 && set != null && set.isRelabellable()) {
            MenuItem like = new MenuItem(resources.getString("similar.again"));
            like.setId("similar-to-chosen");
            like.setAccelerator(LIKE);
            like.setOnAction(event -> showSimilar(examples.get(0)));
            out.add(like);
        }
        return out;
    }

    private void showSimilar(Shown example) {
        SimilarDialog.open(dataScreen.getScene().getWindow(), similar, loaders, example);
    }

    private void show(ExampleSet set) {
        dim();
        takingBack.show(set);
        if (set == null) {
            classes.getItems().clear();
            gallery.show(List.of());
            summary.setText("");
            arrays.setVisible(false);
            return;
        }
        show(set.view());
        String before = classes.getSelectionModel().getSelectedItem() == null
                ? null
                : classes.getSelectionModel().getSelectedItem().name();
        filling = true;
        List<String> names = classes.getItems().stream().map(ClassCount::name).toList();
        classes.getItems().setAll(set.classes());
        int again = set.classNames().indexOf(before);
        if (again < 0 && names.contains(before)) { // it has another name now
            List<String> fresh = set.classNames().stream()
                    .filter(name -> !names.contains(name))
                    .toList();
            again = fresh.size() == 1 ? set.classNames().indexOf(fresh.get(0)) : again;
        }
        classes.getSelectionModel().select(Math.max(0, again));
        filling = false;
        showExamples(classes.getSelectionModel().getSelectedItem());
        summary.setText(set.isJoined() ? set.title() : set.source().toString());
        counted.setText(text(
                "counted",
                Counts.exact(set.classes().size()),
                Counts.exact(set.train()),
                Counts.exact(set.val()),
                set.view().text("classes")));
        className.setText(set.view().text("class"));
        share.show(set);
        classes.setEditable(set.isCorrectable());
        classes.getContextMenu().getItems().forEach(item -> item.setDisable(!set.isCorrectable()));
        columns.setVisible(set.view().opening().isTable(set));
        columns.setManaged(columns.isVisible());
        new FoundCards(problemsCard, remarksTitle, remarks, skippedCard, skippedTitle, skipped).show(set);
        arrays.setVisible(!set.isVisible());
    }

    /** Blanks at the ends of a name can be seen only between quotes. */
    private static String seen(String name) {
        return name.equals(name.strip()) ? name : "\"" + name + "\"";
    }

    private void showExamples(ClassCount chosen) {
        ExampleSet set = model.examplesProperty().get();
        shownClass.setText(chosen == null ? "" : seen(chosen.name()));
        shownCount.setText(chosen == null ? "" : Counts.exact(chosen.all()));
        gallery.show(set == null || chosen == null ? List.of() : set.examples(chosen.name()));
    }

    private String text(String key, Object... values) {
        return Numbers.message(resources.getString(key), values);
    }

    @FXML
    private void openFolder() {
        DataChoosing.folder(choosers, dataScreen.getScene().getWindow()).ifPresent(model::look);
    }

    @FXML
    private void openFile() {
        DataChoosing.file(choosers, dataScreen.getScene().getWindow()).ifPresent(model::look);
    }

    @FXML
    private void lookAgain() {
        model.lookAgain();
    }

    @FXML
    private void findSuspects() {
        suspects.find();
    }

    @FXML
    private void undo() {
        model.undo();
    }

    @FXML
    private void redo() {
        model.redo();
    }
}
