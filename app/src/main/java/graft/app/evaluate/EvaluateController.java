package graft.app.evaluate;

import graft.app.controls.Choosers;
import graft.app.controls.ConfusionMatrixView;
import graft.app.controls.FileDrop;
import graft.app.controls.PictureGrid;
import graft.app.evaluate.Judgement.Example;
import graft.evaluate.ClassScore;
import graft.meaning.ClassOrder.Order;
import graft.worker.Share;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Connects the Evaluate screen. */
public final class EvaluateController {
    private final EvaluateViewModel model;
    private final Choosers choosers;
    private final PictureGrid.Loader thumbnails;
    private final Function<Path, ObservableValue<Image>> large;
    private final ObservableValue<Boolean> dark;
    private final ConfusionMatrixView matrix = new ConfusionMatrixView();
    private PictureGrid grid;
    private List<Example> shown = List.of();

    @FXML
    private ResourceBundle resources;

    @FXML
    private BorderPane evaluateScreen;

    @FXML
    private Label summary;

    @FXML
    private Label remarks;

    @FXML
    private Label problem;

    @FXML
    private Node foreign;

    /** Null = as the file says. */
    @FXML
    private ComboBox<Order> order;

    @FXML
    private Label namesFile;

    @FXML
    private Button judge;

    @FXML
    private StackPane matrixPane;

    @FXML
    private TableView<ClassScore> classes;

    @FXML
    private TableColumn<ClassScore, String> name;

    @FXML
    private TableColumn<ClassScore, Double> precision;

    @FXML
    private TableColumn<ClassScore, Double> recall;

    @FXML
    private TableColumn<ClassScore, Double> f1;

    @FXML
    private TableColumn<ClassScore, Integer> support;

    @FXML
    private Button worst;

    @FXML
    private Label picturesTitle;

    @FXML
    private StackPane picturesPane;

    @FXML
    private VBox tryZone;

    @FXML
    private ImageView picture;

    @FXML
    private Label verdict;

    @FXML
    private GridPane bars;

    public EvaluateController(
            EvaluateViewModel model,
            Choosers choosers,
            PictureGrid.Loader thumbnails,
            Function<Path, ObservableValue<Image>> large,
            ObservableValue<Boolean> dark) {
        this.model = model;
        this.choosers = choosers;
        this.thumbnails = thumbnails;
        this.large = large;
        this.dark = dark;
    }

    @FXML
    private void initialize() {
        grid = new PictureGrid(thumbnails);
        grid.setId("judged-pictures");
        picturesPane.getChildren().add(grid);
        matrix.setId("judged-matrix");
        matrix.darkProperty().bind(dark);
        matrixPane.getChildren().add(matrix);
        matrix.setOnCell((row, column) -> {
            Judgement now = model.judgementProperty().get();
            List<String> names = now.evaluation().classes();
            List<Example> cell = now.cell(row, column);
            String key = row.equals(column) ? "cell.right" : "cell.wrong";
            show(cell, text(key, names.get(row), names.get(column), cell.size()));
        });
        grid.setOnOpen(file -> shown.stream()
                .filter(example -> example.file().equals(file))
                .findFirst()
                .ifPresent(this::explain));
        FileDrop.accept(tryZone, model::tryOut);
        name.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(row.getValue().name()));
        support.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(row.getValue().support()));
        score(precision, ClassScore::precision);
        score(recall, ClassScore::recall);
        score(f1, ClassScore::f1);
        classes.getSelectionModel().selectedItemProperty().addListener((property, old, chosen) -> {
            if (chosen != null) {
                Judgement now = model.judgementProperty().get();
                List<Example> wrong = now.wrong(now.evaluation().classes().indexOf(chosen.name()));
                show(wrong, text("class.wrong", chosen.name(), wrong.size()));
            }
        });
        summary.textProperty().bind(model.summaryProperty());
        remarks.textProperty().bind(model.remarksProperty());
        remarks.visibleProperty().bind(remarks.textProperty().isNotEmpty());
        remarks.managedProperty().bind(remarks.visibleProperty());
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        worst.visibleProperty().bind(Bindings.isNotNull(model.judgementProperty()));
        showClasses();
        judge.disableProperty().bind(model.obstacleProperty().isNotEmpty());
        model.judgementProperty().addListener((property, old, now) -> show(now));
        model.triedProperty().addListener((property, old, now) -> explain(now));
        model.staleProperty().addListener((property, old, now) -> grey(now));
        show(model.judgementProperty().get());
        grey(model.staleProperty().get());
    }

    private void showClasses() {
        foreign.visibleProperty().bind(model.foreignProperty());
        foreign.managedProperty().bind(foreign.visibleProperty());
        order.getItems().add(null);
        order.getItems().addAll(Order.values());
        order.setConverter(new StringConverter<>() {
            @Override
            public String toString(Order one) {
                return resources.getString(one == null ? "order.file" : "order." + one);
            }

            @Override
            public Order fromString(String words) {
                throw new UnsupportedOperationException("the box is not editable");
            }
        });
        order.valueProperty().addListener((property, old, chosen) -> {
            if (model.readingProperty().get().order().orElse(null) != chosen) {
                model.readClasses(Optional.ofNullable(chosen), Optional.empty());
            }
        });
        model.readingProperty().addListener((property, old, reading) -> {
            order.setValue(reading.order().orElse(null));
            namesFile.setText(
                    reading.classes().map(file -> file.getFileName().toString()).orElse(""));
        });
    }

    private static void score(TableColumn<ClassScore, Double> column, ToDoubleFunction<ClassScore> of) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(of.applyAsDouble(row.getValue())));
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Double value, boolean empty) {
                super.updateItem(value, empty);
                setText(empty ? null : String.format(Locale.ROOT, "%.3f", value));
            }
        });
    }

    private void show(Judgement now) {
        explain(null);
        if (now == null) {
            matrix.show(List.of(), new int[0][0]);
            classes.getItems().clear();
            show(List.of(), "");
            return;
        }
        matrix.show(now.evaluation().classes(), now.evaluation().confusion());
        classes.getItems().setAll(now.evaluation().perClass());
        List<Example> worst = now.worst();
        show(worst, text("worst", worst.size()));
    }

    private void show(List<Example> examples, String title) {
        shown = examples;
        picturesTitle.setText(title);
        grid.show(examples.stream().map(Example::file).toList());
    }

    /** What is not of the network and the data that are open can be looked at, but not be taken for it. */
    private void grey(boolean stale) {
        for (Node node : new Node[] {matrixPane, classes, picturesPane, picturesTitle}) {
            node.getStyleClass().remove("stale");
            if (stale) {
                node.getStyleClass().add("stale");
            }
        }
    }

    /** One picture large, with what it is and what the network says; null = none. */
    private void explain(Example example) {
        picture.imageProperty().unbind();
        if (example == null) {
            picture.setImage(null);
            verdict.setText(resources.getString("try"));
            bars.getChildren().clear();
            return;
        }
        picture.imageProperty().bind(large.apply(example.file()));
        String file = example.file().getFileName().toString();
        verdict.setText(
                example.truth().isEmpty()
                        ? text("says", file, example.predicted())
                        : text("says.truth", file, example.truth(), example.predicted()));
        bars.getChildren().clear();
        int row = 0;
        for (Share share : example.shares()) {
            ProgressBar bar = new ProgressBar(share.probability());
            bar.setMaxWidth(Double.MAX_VALUE);
            Label className = new Label(example.classes().get(share.label()));
            String percent = String.format(Locale.ROOT, "%.1f %%", 100 * share.probability());
            bars.addRow(row++, className, bar, new Label(percent));
        }
    }

    private String text(String key, Object... values) {
        return MessageFormat.format(resources.getString(key), values);
    }

    @FXML
    private void openNetwork() {
        choosers.file(evaluateScreen.getScene().getWindow(), resources.getString("open"), ".onnx")
                .ifPresent(file -> {
                    model.open(file);
                    model.judge();
                });
    }

    @FXML
    private void chooseNames() {
        choosers.file(evaluateScreen.getScene().getWindow(), resources.getString("names"), ".txt")
                .ifPresent(file -> model.readClasses(Optional.empty(), Optional.of(file)));
    }

    @FXML
    private void judge() {
        model.judge();
    }

    @FXML
    private void worst() {
        if (model.judgementProperty().get() != null) {
            List<Example> worst = model.judgementProperty().get().worst();
            show(worst, text("worst", worst.size()));
        }
    }
}
