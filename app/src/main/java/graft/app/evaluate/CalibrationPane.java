package graft.app.evaluate;

import graft.app.controls.Choosers;
import graft.app.controls.Numbers;
import graft.app.controls.Parts;
import graft.app.controls.UnitPlot;
import graft.evaluate.Confidence;
import graft.trust.Calibration;
import graft.trust.ConformalSets;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** A temperature that makes a network as sure as it is right, and sets of classes that keep a promise. */
final class CalibrationPane extends ScrollPane {
    private static final List<double[]> DIAGONAL = List.of(new double[] {0, 0}, new double[] {1, 1});
    private static final List<Double> ALPHAS = List.of(0.01, 0.05, 0.1, 0.2);
    private static final double PLOT = 200;

    private final CalibrationViewModel model;
    private final Choosers choosers;
    private final ResourceBundle texts;
    private final GridPane figures = new GridPane();
    private final UnitPlot before;
    private final UnitPlot after;
    private final GridPane sizes = new GridPane();

    CalibrationPane(CalibrationViewModel model, Choosers choosers, ResourceBundle texts) {
        this.model = model;
        this.choosers = choosers;
        this.texts = texts;
        this.before = new UnitPlot(texts.getString("reliability.across"), texts.getString("reliability.up"));
        this.after = new UnitPlot(texts.getString("reliability.across"), texts.getString("reliability.up"));
        setId("calibration");
        getStyleClass().addAll("edge-to-edge", "quiet");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setContent(new VBox(12, temperature(), sets(), note()));
        model.calibrationProperty().addListener((property, old, now) -> show(now));
        model.setsProperty().addListener((property, old, now) -> show(now));
        show(model.calibrationProperty().get());
        show(model.setsProperty().get());
    }

    private Node temperature() {
        Button measure = button("calibration.measure", model::measure);
        measure.disableProperty().bind(model.impossibleProperty().or(model.measuringProperty()));
        Button save = button("calibration.save", this::save);
        save.disableProperty().bind(model.savableProperty().not());
        Label saved = Parts.wrapped("", "proof");
        saved.setId("calibration-saved");
        saved.textProperty().bind(model.savedProperty());
        Parts.shownIf(saved, model.savedProperty().isNotEmpty());
        figures.setHgap(24);
        figures.setVgap(4);
        figures.setId("calibration-figures");
        HBox plots = new HBox(24, plot("calibration.before", before), plot("calibration.after", after));
        VBox found = new VBox(12, figures, plots, saved);
        Parts.shownIf(found, Bindings.isNotNull(model.calibrationProperty()));
        return card(
                head("calibration", model.measuringProperty(), measure, save),
                says("calibration.says"),
                problem(model.problemProperty()),
                found);
    }

    private VBox plot(String key, UnitPlot plot) {
        Label title = new Label(texts.getString(key));
        title.getStyleClass().add("section-label");
        plot.setMinSize(0, PLOT);
        plot.setPrefSize(PLOT * 1.4, PLOT);
        plot.setAccessibleText(title.getText());
        VBox out = new VBox(4, title, plot);
        out.setMinWidth(0);
        HBox.setHgrow(out, Priority.ALWAYS);
        return out;
    }

    private Node sets() {
        ComboBox<Double> alpha = new ComboBox<>();
        alpha.setId("sets-alpha");
        alpha.getItems().setAll(ALPHAS);
        alpha.setConverter(shown(value -> text("sets.alpha.of", Numbers.percent(1 - value))));
        alpha.valueProperty().bindBidirectional(model.alphaProperty());
        ComboBox<ConformalSets.Kind> score = new ComboBox<>();
        score.setId("sets-score");
        score.getItems().setAll(ConformalSets.Kind.values());
        score.setConverter(shown(kind -> texts.getString("sets.score." + kind)));
        score.valueProperty().bindBidirectional(model.scoreProperty());
        FlowPane choice = new FlowPane(16, 8, row("sets.alpha", alpha), row("sets.score", score));
        Button measure = button("sets.measure", model::gather);
        measure.disableProperty().bind(model.impossibleProperty().or(model.coveringProperty()));
        sizes.setHgap(12);
        sizes.setVgap(4);
        sizes.setId("sets-found");
        Parts.shownIf(sizes, Bindings.isNotNull(model.setsProperty()));
        return card(
                head("sets", model.coveringProperty(), measure),
                says("sets.says"),
                choice,
                problem(model.setsProblemProperty()),
                sizes);
    }

    private Node note() {
        NotingViewModel noting = model.noting();
        Button note = button("note.write", () -> choosers.save(
                        getScene().getWindow(), texts.getString("note.write"), model.name("-noted.onnx"))
                .ifPresent(noting::note));
        note.disableProperty().bind(model.impossibleProperty().or(noting.notingProperty()));
        Label written = Parts.wrapped("", "proof");
        written.setId("note-written");
        written.textProperty().bind(noting.writtenProperty());
        Parts.shownIf(written, noting.writtenProperty().isNotEmpty());
        return card(
                head("note", noting.notingProperty(), note),
                says("note.says"),
                problem(noting.problemProperty()),
                written);
    }

    private HBox row(String key, Region control) {
        Label label = new Label(texts.getString(key));
        label.setLabelFor(control);
        label.setMinWidth(USE_PREF_SIZE);
        HBox out = new HBox(8, label, control);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    private static <T> StringConverter<T> shown(java.util.function.Function<T, String> words) {
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

    private static VBox card(Node... content) {
        VBox out = new VBox(8, content);
        out.getStyleClass().add("card");
        return out;
    }

    private FlowPane head(String key, ReadOnlyBooleanProperty busy, Button... buttons) {
        Label title = new Label(texts.getString(key));
        title.getStyleClass().add("card-title");
        ProgressIndicator turning = new ProgressIndicator();
        turning.setPrefSize(18, 18);
        turning.visibleProperty().bind(busy);
        FlowPane out = new FlowPane(8, 8, title);
        out.getChildren().addAll(buttons);
        out.getChildren().add(turning);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    private Label says(String key) {
        Label out = Parts.wrapped("", "muted");
        out.setText(texts.getString(key));
        return out;
    }

    private static Label problem(ReadOnlyStringProperty words) {
        Label out = Parts.wrapped("", "problem");
        out.textProperty().bind(words);
        Parts.shownIf(out, words.isNotEmpty());
        return out;
    }

    private Button button(String key, Runnable action) {
        return Parts.small(key.replace('.', '-'), texts.getString(key), action);
    }

    private void show(Calibration now) {
        figures.getChildren().clear();
        before.clear();
        after.clear();
        before.line("plot-ideal", DIAGONAL);
        after.line("plot-ideal", DIAGONAL);
        if (now == null) {
            return;
        }
        figures.addRow(0, new Label(""), heading("calibration.before"), heading("calibration.after"));
        figures.addRow(1, term("calibration.ece"), number(now.eceBefore(), true), number(now.eceAfter(), true));
        figures.addRow(2, term("calibration.brier"), number(now.brierBefore(), false), number(now.brierAfter(), false));
        figures.addRow(3, term("calibration.nll"), number(now.nllBefore(), false), number(now.nllAfter(), false));
        Label what = Parts.wrapped("", "muted", "small");
        what.setText(
                now.changesAnything()
                        ? text("calibration.found", Numbers.format("%.3f", now.temperature()), now.n())
                        : text("calibration.kept", now.n()));
        what.setId("calibration-found");
        figures.add(what, 0, 4, 3, 1);
        bars(before, now.binsBefore());
        bars(after, now.binsAfter());
    }

    private static void bars(UnitPlot plot, List<Confidence.Bin> bins) {
        bins.stream().filter(bin -> bin.count() > 0).forEach(bin -> plot.bar(bin.from(), bin.to(), bin.accuracy()));
    }

    private Label heading(String key) {
        Label out = new Label(texts.getString(key));
        out.getStyleClass().add("section-label");
        return out;
    }

    private Label term(String key) {
        Label out = new Label(texts.getString(key));
        out.setMinWidth(USE_PREF_SIZE);
        return out;
    }

    private static Label number(double value, boolean share) {
        Label out = new Label(share ? Numbers.percent(value) : Numbers.format("%.3f", value));
        out.getStyleClass().add("numeric");
        out.setMinWidth(USE_PREF_SIZE);
        return out;
    }

    private void show(ConformalSets now) {
        sizes.getChildren().clear();
        if (now == null) {
            return;
        }
        Label held = Parts.wrapped("", now.keepsItsPromise() ? "proof" : "problem");
        held.setId("sets-held");
        held.setText(text(
                now.keepsItsPromise() ? "sets.held" : "sets.broken",
                Numbers.percent(now.coverage()),
                Numbers.percent(1 - now.alpha()),
                now.n(),
                Numbers.percent(now.bounds()[0]),
                Numbers.percent(now.bounds()[1]),
                Numbers.format("%.2f", now.meanSetSize())));
        sizes.add(held, 0, 0, 3, 1);
        GridPane.setHgrow(held, Priority.ALWAYS);
        for (int size = 0, row = 1; size < now.sizes().length; size++) {
            if (now.sizes()[size] > 0) {
                ProgressBar bar = new ProgressBar(now.sizes()[size]);
                bar.setMaxWidth(Double.MAX_VALUE);
                GridPane.setHgrow(bar, Priority.ALWAYS);
                Label name = new Label(text("sets.size", size));
                name.setMinWidth(USE_PREF_SIZE);
                bar.setAccessibleText(name.getText());
                Label share = new Label(Numbers.percent(now.sizes()[size]));
                share.setMinWidth(USE_PREF_SIZE);
                sizes.addRow(row++, name, bar, share);
            }
        }
    }

    private void save() {
        choosers.save(getScene().getWindow(), texts.getString("calibration.save"), model.name())
                .ifPresent(model::save);
    }

    private String text(String key, Object... values) {
        return Numbers.message(texts.getString(key), values);
    }
}
