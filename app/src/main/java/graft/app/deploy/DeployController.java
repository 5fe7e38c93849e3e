package graft.app.deploy;

import graft.app.controls.Choosers;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Variant;
import graft.worker.Saving.Saved;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.text.Text;

/** Connects the Deploy screen. */
public final class DeployController {
    private static final PseudoClass RECOMMENDED = PseudoClass.getPseudoClass("recommended");
    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");

    private final DeployViewModel model;
    private final Choosers choosers;
    private final ObservableValue<Double> parity;

    @FXML
    private ResourceBundle resources;

    @FXML
    private BorderPane deployScreen;

    @FXML
    private Label status;

    @FXML
    private Label problem;

    @FXML
    private Button compare;

    @FXML
    private Button save;

    @FXML
    private TableView<Variant> variants;

    @FXML
    private TableColumn<Variant, String> name;

    @FXML
    private TableColumn<Variant, Variant> accuracy;

    @FXML
    private TableColumn<Variant, Variant> agreement;

    @FXML
    private TableColumn<Variant, Variant> size;

    @FXML
    private TableColumn<Variant, Variant> p50;

    @FXML
    private TableColumn<Variant, Variant> p95;

    @FXML
    private TableColumn<Variant, String> verdict;

    @FXML
    private Slider maxLoss;

    @FXML
    private Label maxLossSays;

    @FXML
    private Label parityLine;

    @FXML
    private Label savedLine;

    @FXML
    private ComboBox<String> language;

    @FXML
    private TextArea code;

    @FXML
    private Button copy;

    /** @param parity largest difference between the engine's answers and those of the exported file; null while unknown */
    public DeployController(DeployViewModel model, Choosers choosers, ObservableValue<Double> parity) {
        this.model = model;
        this.choosers = choosers;
        this.parity = parity;
    }

    @FXML
    private void initialize() {
        name.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(row.getValue().name()));
        column(accuracy, v -> v.accuracy() == null ? "–" : format("%.1f %%", 100 * v.accuracy()));
        column(agreement, v -> v.agreement() == null ? "–" : format("%.1f %%", 100 * v.agreement()));
        column(size, v -> v.file() == null ? "–" : format("%.2f MB", v.bytes() / 1e6));
        column(p50, v -> v.p50Ms() == null ? "–" : format("%.1f ms", v.p50Ms()));
        column(p95, v -> v.p95Ms() == null ? "–" : format("%.1f ms", v.p95Ms()));
        verdict.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(row.getValue().verdict()));
        verdict.setCellFactory(WordsCell::new);
        variants.setRowFactory(table -> new VariantRow());
        variants.getSelectionModel().selectedItemProperty().addListener((property, old, form) -> {
            if (form != null) {
                model.chosenProperty().set(form);
            }
        });
        maxLoss.setValue(model.maxLossProperty().get());
        model.maxLossProperty().bind(maxLoss.valueProperty());
        maxLoss.valueProperty().addListener((property, old, points) -> sayMaxLoss());
        sayMaxLoss();
        compare.disableProperty().bind(model.obstacleProperty().isNotEmpty().or(model.measuringProperty()));
        save.disableProperty()
                .bind(model.chosenProperty().map(form -> form.file() == null).orElse(true));
        status.textProperty().bind(model.statusProperty());
        model.staleProperty().addListener((property, old, now) -> grey(now));
        grey(model.staleProperty().get());
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        model.deploymentProperty().addListener((property, old, now) -> show(now));
        model.shippedProperty().addListener((property, old, now) -> show(now));
        language.valueProperty().addListener((property, old, now) -> showCode());
        parity.addListener((property, old, now) -> showParity(now));
        showParity(parity.getValue());
        show(model.shippedProperty().get());
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    private static void column(TableColumn<Variant, Variant> column, Function<Variant, String> words) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setSortable(false);
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Variant form, boolean empty) {
                super.updateItem(form, empty);
                setText(empty ? null : words.apply(form));
            }
        });
    }

    /** Takes as many lines as its words need; a cell's own text would make its row one line high. */
    private static final class WordsCell extends TableCell<Variant, String> {
        private final Text text = new Text();

        private WordsCell(TableColumn<Variant, String> column) {
            text.getStyleClass().add("words");
            // Of the column, not of the cell, whose height is asked for before it has a width.
            text.wrappingWidthProperty()
                    .bind(Bindings.createDoubleBinding(
                            () -> Math.max(1, column.getWidth() - snappedLeftInset() - snappedRightInset()),
                            column.widthProperty(),
                            insetsProperty()));
            getStyleClass().add("words-cell");
            setGraphic(text);
        }

        @Override
        protected void updateItem(String words, boolean empty) {
            super.updateItem(words, empty);
            text.setText(empty ? "" : words);
        }
    }

    private static final class VariantRow extends TableRow<Variant> {
        @Override
        protected void updateItem(Variant form, boolean empty) {
            super.updateItem(form, empty);
            pseudoClassStateChanged(RECOMMENDED, !empty && form.verdict().startsWith("recommended"));
            pseudoClassStateChanged(BROKEN, !empty && form.verdict().startsWith("broken"));
        }
    }

    private void show(Deployment now) {
        if (now == null) {
            variants.getItems().clear();
            return;
        }
        Variant chosen = model.chosenProperty().get();
        variants.getItems().setAll(now.variants());
        variants.getSelectionModel().select(chosen);
    }

    /** Figures of an older run can be looked at, but not be taken for those of what is open. */
    private void grey(boolean stale) {
        variants.getStyleClass().remove("stale");
        if (stale) {
            variants.getStyleClass().add("stale");
        }
    }

    private void sayMaxLoss() {
        maxLossSays.setText(
                MessageFormat.format(resources.getString("maxloss.says"), format("%.1f", maxLoss.getValue())));
    }

    private void showParity(Double difference) {
        parityLine.setText(
                difference == null
                        ? ""
                        : MessageFormat.format(resources.getString("parity"), format("%.1e", difference)));
    }

    private void show(Saved now) {
        boolean there = now != null;
        for (javafx.scene.Node node : new javafx.scene.Node[] {savedLine, language, code, copy}) {
            node.setVisible(there);
            node.setManaged(there); // the table has the room
        }
        if (!there) {
            savedLine.setText("");
            return;
        }
        savedLine.setText(
                MessageFormat.format(resources.getString("saved"), now.file(), format("%.2f MB", now.bytes() / 1e6)));
        language.getItems().setAll(now.code().byLanguage().keySet());
        language.getSelectionModel().select(0);
        showCode();
    }

    private void showCode() {
        Saved now = model.shippedProperty().get();
        code.setText(
                now == null || language.getValue() == null
                        ? ""
                        : now.code().byLanguage().get(language.getValue()));
    }

    @FXML
    private void compare() {
        model.compare();
    }

    @FXML
    private void save() {
        choosers.save(deployScreen.getScene().getWindow(), resources.getString("save"), model.suggestedName())
                .ifPresent(model::save);
    }

    @FXML
    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(code.getText());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
