package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.controls.UnitPlot;
import graft.evaluate.Confidence;
import graft.evaluate.ThresholdCurve;
import java.util.List;
import java.util.ResourceBundle;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** How sure the network is, and where to draw the line: reliability, ROC, precision and recall, threshold and cost. */
final class ConfidencePane extends GridPane {
    private static final List<double[]> DIAGONAL = List.of(new double[] {0, 0}, new double[] {1, 1});
    private static final double DEAREST = 20;

    private final ResourceBundle texts;
    private final ThresholdViewModel model = new ThresholdViewModel();
    private final UnitPlot reliability;
    private final UnitPlot roc;
    private final UnitPlot recall;
    private final Label figures = new Label();
    private final Label area = new Label();
    private final ComboBox<ThresholdCurve> of = new ComboBox<>();

    ConfidencePane(ResourceBundle texts) {
        super();
        this.texts = texts;
        setId("confidence");
        setHgap(12);
        setVgap(12);
        setMinSize(0, 0);
        for (int i = 0; i < 2; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(50);
            column.setMinWidth(0);
            getColumnConstraints().add(column);
            RowConstraints row = new RowConstraints();
            row.setPercentHeight(50);
            row.setMinHeight(0);
            getRowConstraints().add(row);
        }
        reliability = new UnitPlot(texts.getString("reliability.across"), texts.getString("reliability.up"));
        roc = new UnitPlot(texts.getString("roc.across"), texts.getString("roc.up"));
        recall = new UnitPlot(texts.getString("recall.across"), texts.getString("recall.up"));
        add(card(title("reliability"), figures, reliability), 0, 0);
        add(card(title("threshold"), threshold()), 1, 0);
        add(card(title("roc"), area, roc), 0, 1);
        add(card(title("recall"), new Label(texts.getString("recall.says")), recall), 1, 1);
        model.pointProperty().addListener((property, old, now) -> mark());
    }

    private Label title(String key) {
        Label out = new Label(texts.getString(key));
        out.getStyleClass().add("card-title");
        return out;
    }

    private static VBox card(Label title, Label says, UnitPlot plot) {
        says.getStyleClass().addAll("muted", "small");
        says.setWrapText(true);
        says.setMinHeight(Region.USE_PREF_SIZE);
        VBox.setVgrow(plot, Priority.ALWAYS);
        return card(title, new VBox(4, says, plot));
    }

    private static VBox card(Label title, VBox content) {
        content.getChildren().add(0, title);
        content.getStyleClass().add("card");
        content.setMinHeight(0);
        return content;
    }

    private VBox threshold() {
        of.setId("threshold-class");
        of.setConverter(new StringConverter<>() {
            @Override
            public String toString(ThresholdCurve curve) {
                return curve == null ? "" : curve.name();
            }

            @Override
            public ThresholdCurve fromString(String text) {
                throw new UnsupportedOperationException("the box is not editable");
            }
        });
        of.valueProperty().addListener((property, old, curve) -> draw(curve));
        Slider line = new Slider(0, 1, 0.5);
        line.setId("threshold");
        line.valueProperty().bindBidirectional(model.thresholdProperty());
        Slider cost = new Slider(1 / DEAREST, DEAREST, 1);
        cost.setId("miss-cost");
        cost.valueProperty().bindBidirectional(model.missCostProperty());
        Label costs = new Label();
        costs.textProperty()
                .bind(javafx.beans.binding.Bindings.createStringBinding(
                        () -> Numbers.message(
                                texts.getString("threshold.cost"),
                                Numbers.format("%.1f", model.missCostProperty().get())),
                        model.missCostProperty()));
        Label says = new Label();
        says.textProperty().bind(model.wordsProperty());
        Label advice = new Label();
        advice.textProperty().bind(model.adviceProperty());
        advice.getStyleClass().add("muted");
        for (Label each : List.of(says, advice)) {
            each.setWrapText(true);
            each.setMinHeight(Region.USE_PREF_SIZE);
        }
        Button take = new Button(texts.getString("threshold.take"));
        take.setId("threshold-take");
        take.getStyleClass().add("small");
        take.setOnAction(event -> model.takeBest());
        take.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(advice, Priority.ALWAYS);
        advice.setMaxWidth(Double.MAX_VALUE);
        HBox best = new HBox(8, advice, take);
        best.setAlignment(Pos.CENTER_LEFT);
        costs.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(cost, Priority.ALWAYS);
        HBox pricing = new HBox(8, costs, cost);
        pricing.setAlignment(Pos.CENTER_LEFT);
        Node lowest = row("threshold.line", line);
        HBox.setHgrow(lowest, Priority.ALWAYS);
        HBox drawn = new HBox(16, row("threshold.class", of), lowest);
        drawn.setAlignment(Pos.CENTER_LEFT);
        return new VBox(8, drawn, says, pricing, best);
    }

    private Node row(String key, Region control) {
        Label label = new Label(texts.getString(key));
        label.setLabelFor(control);
        label.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(control, Priority.ALWAYS);
        control.setMaxWidth(control instanceof Slider ? Double.MAX_VALUE : 160);
        HBox out = new HBox(8, label, control);
        out.setAlignment(Pos.CENTER_LEFT);
        return out;
    }

    /** Null = nothing was judged. */
    void show(Judgement now) {
        reliability.clear();
        List<ThresholdCurve> curves = now == null
                ? List.of()
                : now.curves().stream().filter(ThresholdCurve::isDefined).toList();
        figures.setText("");
        if (now != null && now.evaluation().confidence().isPresent()) {
            Confidence known = now.evaluation().confidence().get();
            figures.setText(Numbers.message(
                    texts.getString("reliability.says"),
                    Numbers.format("%.1f %%", 100 * known.ece()),
                    Numbers.format("%.3f", known.brier()),
                    Numbers.format("%.3f", known.nll())));
            known.bins().stream()
                    .filter(bin -> bin.count() > 0)
                    .forEach(bin -> reliability.bar(bin.from(), bin.to(), bin.accuracy()));
        }
        reliability.line("plot-ideal", DIAGONAL);
        String before = of.getValue() == null ? "" : of.getValue().name();
        of.getItems().setAll(curves);
        of.setValue(curves.stream()
                .filter(curve -> curve.name().equals(before))
                .findFirst()
                .orElse(curves.isEmpty() ? null : curves.get(curves.size() == 2 ? 1 : 0)));
    }

    private void draw(ThresholdCurve curve) {
        model.curveProperty().set(curve);
        roc.clear();
        recall.clear();
        roc.line("plot-ideal", DIAGONAL);
        area.setText(
                curve == null
                        ? ""
                        : Numbers.message(
                                texts.getString("roc.says"), Numbers.format("%.3f", curve.auc()), curve.name()));
        if (curve != null) {
            roc.line("plot-line", ThresholdViewModel.roc(curve));
            recall.line("plot-line", ThresholdViewModel.precisionRecall(curve));
        }
        mark();
    }

    private void mark() {
        ThresholdCurve curve = model.curveProperty().get();
        ThresholdCurve.Point at = model.pointProperty().get();
        boolean known = curve != null && curve.isDefined();
        double found = known ? (double) at.hits() / curve.positives() : 0;
        roc.mark(known ? new double[] {(double) at.alarms() / curve.negatives(), found} : null);
        int called = at.hits() + at.alarms();
        recall.mark(known && called > 0 ? new double[] {found, (double) at.hits() / called} : null);
    }

    /** For whoever turns the knobs by program. */
    ThresholdViewModel model() {
        return model;
    }
}
