package graft.app.deploy;

import graft.app.controls.Choosers;
import graft.app.controls.Numbers;
import graft.app.controls.TextScale;
import graft.deploy.ClientCode;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Standing;
import graft.deploy.Deployment.Variant;
import graft.worker.Saving.Saved;
import java.util.Comparator;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/** Connects the Deploy screen. */
public final class DeployController {
    /** Width of the table from which all of its columns have room, while texts are as usual. */
    private static final double ROOM_FOR_ALL = 800;

    private static final double ROOM_FOR_MOST = 640;

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
    private VBox nothing;

    @FXML
    private VBox results;

    @FXML
    private TableView<Variant> variants;

    @FXML
    private TableColumn<Variant, Variant> name;

    @FXML
    private TableColumn<Variant, Variant> score;

    @FXML
    private TableColumn<Variant, Variant> agreement;

    @FXML
    private TableColumn<Variant, Variant> size;

    @FXML
    private TableColumn<Variant, Variant> p50;

    @FXML
    private TableColumn<Variant, Variant> p95;

    @FXML
    private TableColumn<Variant, Variant> verdict;

    @FXML
    private Slider maxLoss;

    @FXML
    private Label maxLossSays;

    @FXML
    private VBox plotCard;

    @FXML
    private Label plotTitle;

    @FXML
    private HBox languages;

    @FXML
    private HBox proof;

    @FXML
    private Label parityLine;

    @FXML
    private Label savedLine;

    @FXML
    private TextArea code;

    @FXML
    private Button copy;

    private final ToggleGroup language = new ToggleGroup();
    private FormsPlot plot;

    /** @param parity largest difference between the engine's answers and those of the exported file; null while unknown */
    public DeployController(DeployViewModel model, Choosers choosers, ObservableValue<Double> parity) {
        this.model = model;
        this.choosers = choosers;
        this.parity = parity;
    }

    @FXML
    private void initialize() {
        column(name, FormWords::name, null);
        column(
                score,
                FormWords::score,
                form -> form.score() == null ? null : form.score().value());
        score.setCellFactory(any -> new ScoreCell());
        column(agreement, form -> FormWords.share(form.agreement()), Variant::agreement);
        column(size, FormWords::megabytes, form -> form.file() == null ? null : (double) form.bytes());
        TextScale.columns(variants, maxLossSays);
        // What has no room is told by the tooltip of what is beside it.
        variants.widthProperty().addListener((property, old, now) -> fold());
        maxLossSays.fontProperty().addListener((property, old, now) -> fold());
        column(p50, form -> FormWords.milliseconds(form.p50Ms()), Variant::p50Ms);
        column(p95, form -> FormWords.milliseconds(form.p95Ms()), Variant::p95Ms);
        verdict.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        verdict.setCellFactory(VerdictCell::new);
        variants.setRowFactory(table -> new VariantRow());
        variants.getSelectionModel().selectedItemProperty().addListener((property, old, form) -> {
            if (form != null) {
                model.chosenProperty().set(form);
            }
        });
        model.chosenProperty().addListener((property, old, form) -> {
            if (form != null) {
                variants.getSelectionModel().select(form);
            }
        });
        plot = new FormsPlot(resources.getString("plot.across"));
        VBox.setVgrow(plot, Priority.ALWAYS);
        plotCard.getChildren().add(plot);
        maxLoss.setValue(model.maxLossProperty().get());
        model.maxLossProperty().bind(maxLoss.valueProperty());
        maxLoss.valueProperty().addListener((property, old, points) -> sayMaxLoss());
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
        show(model.deploymentProperty().get());
        model.shippedProperty().addListener((property, old, now) -> show(now));
        show(model.shippedProperty().get());
        model.programsProperty().addListener((property, old, now) -> show(now));
        show(model.programsProperty().get());
        language.selectedToggleProperty().addListener((property, old, now) -> {
            if (now == null && old != null && languages.getChildren().contains(old)) {
                language.selectToggle(old); // one of them is always shown
            }
            showCode();
        });
        parity.addListener((property, old, now) -> showParity(now));
        showParity(parity.getValue());
    }

    /** @param number by which rows are sorted; null = by the words */
    private void fold() {
        double scale = TextScale.of(maxLossSays).get();
        p95.setVisible(variants.getWidth() > ROOM_FOR_ALL * scale);
        agreement.setVisible(variants.getWidth() > ROOM_FOR_MOST * scale);
    }

    private void column(
            TableColumn<Variant, Variant> column, Function<Variant, String> words, Function<Variant, Double> number) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setComparator(
                number == null
                        ? Comparator.comparing(words)
                        : Comparator.comparing(number, Comparator.nullsFirst(Comparator.naturalOrder())));
        column.setCellFactory(any -> new TableCell<>() {
            @Override
            protected void updateItem(Variant form, boolean empty) {
                super.updateItem(form, empty);
                setText(empty ? null : words.apply(form));
                setTooltip(empty ? null : new Tooltip(figures(form)));
            }
        });
    }

    private String figures(Variant form) {
        return column(agreement)
                + FormWords.share(form.agreement())
                + column(p50)
                + FormWords.milliseconds(form.p50Ms())
                + column(p95)
                + FormWords.milliseconds(form.p95Ms());
    }

    private static String column(TableColumn<?, ?> named) {
        return "   " + named.getText() + " ";
    }

    /** A score, and smaller beside it in which range it lies on other examples. */
    private static final class ScoreCell extends TableCell<Variant, Variant> {
        private final Text figure = new Text();
        private final Text interval = new Text();
        private final HBox both = new HBox(4, figure, interval);

        private ScoreCell() {
            figure.getStyleClass().add("figure");
            interval.getStyleClass().add("interval");
            both.setAlignment(Pos.CENTER_RIGHT);
        }

        @Override
        protected void updateItem(Variant form, boolean empty) {
            super.updateItem(form, empty);
            setGraphic(empty ? null : both);
            figure.setText(empty ? "" : FormWords.score(form));
            interval.setText(empty ? "" : FormWords.interval(form));
        }
    }

    /** A chip and words, which take as many lines as they need; a cell's own text would make its row one line high. */
    private final class VerdictCell extends TableCell<Variant, Variant> {
        private final Label chip = new Label();
        private final Text text = new Text();

        private VerdictCell(TableColumn<Variant, Variant> column) {
            text.getStyleClass().add("words");
            chip.managedProperty().bind(chip.visibleProperty());
            // Of the column, not of the cell, whose height is asked for before it has a width.
            text.wrappingWidthProperty()
                    .bind(Bindings.createDoubleBinding(
                            () -> Math.max(1, column.getWidth() - snappedLeftInset() - snappedRightInset()),
                            column.widthProperty(),
                            insetsProperty()));
            getStyleClass().add("words-cell");
            VBox both = new VBox(3, chip, text);
            both.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
            setGraphic(both);
        }

        @Override
        protected void updateItem(Variant form, boolean empty) {
            super.updateItem(form, empty);
            Variant fp32 =
                    empty ? null : model.deploymentProperty().get().variants().get(0);
            text.setText(empty ? "" : FormWords.verdict(form, fp32));
            setTooltip(empty ? null : new Tooltip(form.verdict()));
            Optional<String> words = empty ? Optional.empty() : FormWords.chip(form, fp32);
            chip.setVisible(words.isPresent());
            chip.setText(words.orElse(""));
            chip.getStyleClass().setAll("label", "chip", empty ? "chip-warn" : FormWords.chipStyle(form));
        }
    }

    private static final class VariantRow extends TableRow<Variant> {
        @Override
        protected void updateItem(Variant form, boolean empty) {
            super.updateItem(form, empty);
            pseudoClassStateChanged(RECOMMENDED, !empty && form.standing() == Standing.RECOMMENDED);
            pseudoClassStateChanged(BROKEN, !empty && form.standing() == Standing.BROKEN);
        }
    }

    private void show(Deployment now) {
        boolean there = now != null;
        nothing.setVisible(!there);
        results.setVisible(there);
        // The one primary button: what is to be done next.
        primary(compare, !there);
        primary(save, there);
        plot.show(now);
        sayMaxLoss();
        if (!there) {
            variants.getItems().clear();
            return;
        }
        String measured = FormWords.scoreName(now.variants().get(0));
        score.setText(measured);
        plotTitle.setText(Numbers.message(resources.getString("plot.title"), measured));
        Variant chosen = model.chosenProperty().get();
        variants.getItems()
                .setAll(now.variants().stream()
                        .sorted(Comparator.comparing(form -> form.standing() != Standing.RECOMMENDED))
                        .toList());
        variants.sort();
        variants.getSelectionModel().select(chosen);
    }

    private static void primary(Button button, boolean primary) {
        button.getStyleClass().remove("primary");
        if (primary) {
            button.getStyleClass().add("primary");
        }
    }

    /** Figures of an older run can be looked at, but not be taken for those of what is open. */
    private void grey(boolean stale) {
        variants.getStyleClass().remove("stale");
        if (stale) {
            variants.getStyleClass().add("stale");
        }
    }

    /** Points of a score that is a share, per cent of any other. */
    private void sayMaxLoss() {
        Deployment now = model.deploymentProperty().get();
        boolean points = now == null || now.variants().get(0).score().share();
        maxLossSays.setText(Numbers.message(
                resources.getString(points ? "maxloss.says" : "maxloss.says.share"),
                Numbers.format("%.1f", maxLoss.getValue())));
    }

    private void showParity(Double difference) {
        proof.setVisible(difference != null);
        proof.setManaged(difference != null);
        parityLine.setText(
                difference == null
                        ? ""
                        : Numbers.message(resources.getString("parity"), Numbers.format("%.1e", difference)));
    }

    private void show(Saved now) {
        savedLine.setVisible(now != null);
        savedLine.setManaged(now != null);
        savedLine.setText(
                now == null
                        ? ""
                        : Numbers.message(
                                resources.getString("saved"),
                                now.file(),
                                Numbers.format("%.2f MB", now.bytes() / 1e6)));
    }

    private void show(ClientCode now) {
        String before = language.getSelectedToggle() == null
                ? ""
                : language.getSelectedToggle().getUserData().toString();
        languages.getChildren().clear();
        language.getToggles().clear();
        if (now != null) {
            for (String each : now.byLanguage().keySet()) {
                ToggleButton button = new ToggleButton(each);
                button.getStyleClass().add("small");
                button.setUserData(each);
                button.setMinWidth(Region.USE_PREF_SIZE);
                button.setToggleGroup(language);
                languages.getChildren().add(button);
                if (each.equals(before)) {
                    button.setSelected(true);
                }
            }
            if (language.getSelectedToggle() == null) {
                language.selectToggle(language.getToggles().get(0));
            }
        }
        copy.setDisable(now == null);
        showCode();
    }

    private void showCode() {
        ClientCode now = model.programsProperty().get();
        code.setText(
                now == null || language.getSelectedToggle() == null
                        ? ""
                        : now.byLanguage()
                                .getOrDefault(
                                        language.getSelectedToggle()
                                                .getUserData()
                                                .toString(),
                                        ""));
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
