package graft.app.data;

import graft.app.controls.Choosers;
import graft.app.controls.FileDrop;
import graft.app.controls.PictureGrid;
import graft.app.data.ExampleSet.ClassCount;
import graft.data.Remark;
import graft.data.Skipped;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.cell.ProgressBarTableCell;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Connects the Data screen. */
public final class DataController {
    private static final double ROW = 40;

    private final DataViewModel model;
    private final Choosers choosers;
    private final PictureGrid.Loader thumbnails;
    private final Consumer<List<Path>> dropped;

    @FXML
    private ResourceBundle resources;

    @FXML
    private BorderPane dataScreen;

    @FXML
    private Label summary;

    @FXML
    private Label problem;

    @FXML
    private Button undo;

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
    private Node content;

    @FXML
    private Label skippedTitle;

    @FXML
    private ListView<Skipped> skipped;

    @FXML
    private Label remarksTitle;

    @FXML
    private ListView<Remark> remarks;

    private PictureGrid grid;
    private Label arrays;

    /**
     * @param thumbnails loads small pictures away from the FX thread
     * @param dropped takes what is dropped on the screen
     */
    public DataController(
            DataViewModel model, Choosers choosers, PictureGrid.Loader thumbnails, Consumer<List<Path>> dropped) {
        this.model = model;
        this.choosers = choosers;
        this.thumbnails = thumbnails;
        this.dropped = dropped;
    }

    @FXML
    private void initialize() {
        grid = new PictureGrid(thumbnails);
        grid.setId("pictures-grid");
        arrays = new Label(resources.getString("arrays"));
        pictures.getChildren().addAll(grid, arrays);
        className.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(seen(cell.getValue().name())));
        toLearn.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().train()));
        toJudge.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().val()));
        balance.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(share(cell.getValue())));
        balance.setCellFactory(ProgressBarTableCell.forTableColumn());
        skipped.setCellFactory(list -> new SkippedCell());
        remarks.setCellFactory(list -> new RemarkCell(resources, model::mend));
        problem.textProperty().bind(model.problemProperty());
        shownIf(problem, model.problemProperty().isNotEmpty());
        undo.disableProperty().bind(model.canUndoProperty().not());
        FileDrop.accept(dataScreen, dropped);
        classes.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> showPictures(chosen));
        model.examplesProperty().addListener((property, old, set) -> show(set));
        show(model.examplesProperty().get());
    }

    private static void shownIf(Node node, javafx.beans.value.ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    /** Length of the bar: the largest class has all of it. */
    private double share(ClassCount count) {
        int largest = model.examplesProperty().get().classes().stream()
                .mapToInt(ClassCount::all)
                .max()
                .orElse(1);
        return (double) count.all() / largest;
    }

    private void show(ExampleSet set) {
        dropHint.setVisible(set == null);
        content.setVisible(set != null);
        if (set == null) {
            classes.getItems().clear();
            grid.show(List.of());
            arrays.setVisible(false);
            return;
        }
        String before = classes.getSelectionModel().getSelectedItem() == null
                ? null
                : classes.getSelectionModel().getSelectedItem().name();
        classes.getItems().setAll(set.classes());
        int again = set.classNames().indexOf(before);
        classes.getSelectionModel().select(Math.max(0, again));
        summary.setText(text("source", set.source(), set.classes().size(), set.train(), set.val()));
        remarks.getItems().setAll(set.sortedRemarks());
        long mistakes = set.remarks().stream().filter(Remark::isProblem).count();
        title(remarksTitle, remarks, mistakes == 0 ? resources.getString("remarks.none") : text("remarks", mistakes));
        skipped.getItems().setAll(set.skipped());
        title(
                skippedTitle,
                skipped,
                set.skipped().isEmpty()
                        ? resources.getString("skipped.none")
                        : text("skipped", set.skipped().size()));
        // As high as its classes: what is to be looked at needs the room.
        int rows = 1 + set.classes().size();
        classes.setMinHeight(ROW * Math.min(4, rows) + 4);
        classes.setMaxHeight(
                remarks.isVisible() || skipped.isVisible() ? Math.max(120, rows * ROW + 4) : Double.MAX_VALUE);
        arrays.setVisible(set.files().isEmpty());
    }

    /** A list of nothing takes no room. */
    private static void title(Label title, ListView<?> list, String words) {
        boolean nothing = list.getItems().isEmpty();
        title.setText(words);
        title.getStyleClass().remove("nothing");
        if (nothing) {
            title.getStyleClass().add("nothing");
        }
        list.setVisible(!nothing);
        list.setManaged(!nothing);
    }

    /** Blanks at the ends of a name can be seen only between quotes. */
    private static String seen(String name) {
        return name.equals(name.strip()) ? name : "\"" + name + "\"";
    }

    private void showPictures(ClassCount chosen) {
        ExampleSet set = model.examplesProperty().get();
        grid.show(set == null || chosen == null ? List.<Path>of() : set.pictures(chosen.name()));
    }

    private String text(String key, Object... values) {
        return MessageFormat.format(resources.getString(key), values);
    }

    @FXML
    private void openFolder() {
        choosers.folder(dataScreen.getScene().getWindow(), resources.getString("open.folder"))
                .ifPresent(model::open);
    }

    @FXML
    private void openFile() {
        choosers.file(dataScreen.getScene().getWindow(), resources.getString("open.file"), ".npz")
                .ifPresent(model::open);
    }

    @FXML
    private void undo() {
        model.undo();
    }
}
