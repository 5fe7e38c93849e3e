package graft.app.controls;

import java.awt.Color;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import javafx.util.Duration;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.PlotRenderingInfo;

/**
 * Loss above accuracy over the same epochs: the loss of each step thin and smoothed thick, figures of whole epochs as dots.
 * The values at the pointer, else the last ones, are written above. The wheel zooms at the pointer, dragging moves, a double
 * click or the button shows all again.
 */
public final class CurvesView extends BorderPane {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    private static final double STEP = 1.25;
    private static final double AT_WIDTH = 190;

    private final RunSeries run = new RunSeries();
    private final CurvesChart chart = new CurvesChart(run);
    private final ChartViewer viewer = new ChartViewer(chart.chart());
    private final Line crosshair = new Line();
    private final Label at = new Label();
    private final Label train = new Label();
    private final Label validation = new Label();
    private final Button showAll = new Button(TEXTS.getString("curves.all"));
    private final BooleanProperty dark = new SimpleBooleanProperty(this, "dark");
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown", true);
    private double draggedFrom;

    public CurvesView() {
        viewer.setMinSize(0, 0);
        setMinSize(0, 0);
        setCenter(new StackPane(viewer, glass()));
        setTop(header());
        setAccessibleRole(AccessibleRole.TEXT);
        dark.addListener((property, old, now) -> paint());
        shown.addListener((property, old, now) -> {
            if (now) {
                requestLayout();
                show();
            }
        });
        paint();
        sayLast();
    }

    /** Loads what the first drawing needs, so that it does not hold up the window; on any thread. */
    public static void prepare() {
        CurvesChart.prepare();
    }

    /** Over the chart, whose own mouse handlers would change axes without drawing. */
    private Pane glass() {
        crosshair.setVisible(false);
        crosshair.getStrokeDashArray().setAll(3.0, 3.0);
        crosshair.setMouseTransparent(true);
        Pane glass = new Pane(crosshair);
        glass.setId("curves-glass");
        glass.setPickOnBounds(true);
        glass.setOnScroll(this::scrolled);
        glass.setOnMouseMoved(event -> sayAt(event.getX()));
        glass.setOnMouseExited(event -> sayLast());
        glass.setOnMousePressed(event -> draggedFrom = event.getX());
        glass.setOnMouseDragged(this::dragged);
        glass.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                showAll();
            }
        });
        Tooltip tip = new Tooltip(TEXTS.getString("curves.tip"));
        tip.setShowDelay(Duration.seconds(1.5));
        Tooltip.install(glass, tip);
        return glass;
    }

    private Region header() {
        CheckBox log = new CheckBox(TEXTS.getString("curves.log"));
        log.selectedProperty().addListener((property, old, on) -> {
            chart.setLogarithmic(on);
            show();
        });
        Button copy = new Button(TEXTS.getString("curves.copy"));
        copy.getStyleClass().add("small");
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(csv());
            content.putImage(viewer.snapshot(null, null));
            Clipboard.getSystemClipboard().setContent(content);
        });
        showAll.setId("curves-all");
        showAll.getStyleClass().add("small");
        showAll.setOnAction(event -> showAll());
        showAll.setVisible(false);
        at.setId("curve-values");
        at.setPrefWidth(AT_WIDTH); // what is beside it stays where it is while the numbers change
        HBox tools = new HBox(8, log, copy, showAll);
        tools.setAlignment(Pos.CENTER_LEFT);
        FlowPane first = new FlowPane(8, 2, at, tools);
        showAll.setMinWidth(USE_PREF_SIZE);
        log.setMinWidth(USE_PREF_SIZE);
        copy.setMinWidth(USE_PREF_SIZE);
        for (Label values : List.of(train, validation)) {
            values.setWrapText(true);
            values.setMinHeight(USE_PREF_SIZE);
        }
        VBox header = new VBox(first, train, validation);
        header.setMinWidth(0);
        header.setStyle("-fx-padding: 4 8 4 8;");
        return header;
    }

    // ---- what is shown; after any number of additions comes one show()

    /** Another run: what was zoomed in on is gone with the old one. */
    public void clear() {
        run.clear();
        chart.markBest(0);
        chart.showAll();
    }

    /** @param x in epochs */
    public void addStep(double x, double stepLoss) {
        run.addStep(x, stepLoss);
    }

    /** @param epoch from 1 */
    public void addEpoch(int epoch, double trainAcc, double valueLoss, double valAcc) {
        run.addEpoch(epoch, trainAcc, valueLoss, valAcc);
    }

    /** @param epoch 0 = none */
    public void markBest(int epoch) {
        chart.markBest(epoch);
    }

    /** A new size is a new drawing. */
    @Override
    protected void layoutChildren() {
        if (shown.get()) {
            super.layoutChildren();
        }
    }

    /** Draws what was added, now or when it is next shown. */
    public void show() {
        showAll.setVisible(chart.isZoomed());
        if (!crosshair.isVisible()) {
            sayLast();
        }
        if (shown.get()) {
            chart.draw();
        }
    }

    // ---- zoom

    /** The epochs that are seen. */
    Span seen() {
        return chart.seen();
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() != 0 && !run.isEmpty()) {
            chart.zoom(event.getDeltaY() > 0 ? 1 / STEP : STEP, epochAt(event.getX()));
            show();
            sayAt(event.getX());
        }
        event.consume();
    }

    private void dragged(MouseEvent event) {
        chart.move(epochAt(draggedFrom) - epochAt(event.getX()));
        draggedFrom = event.getX();
        show();
    }

    private void showAll() {
        chart.showAll();
        show();
    }

    // ---- places

    /** Where curves are drawn, of the two plots; null before the first drawing. */
    private PlotRenderingInfo plots() {
        PlotRenderingInfo info = viewer.getRenderingInfo().getPlotInfo();
        return info.getSubplotCount() < 2 ? null : info;
    }

    private double epochAt(double x) {
        PlotRenderingInfo plots = plots();
        if (plots == null) {
            return seen().from();
        }
        var area = plots.getSubplotInfo(0).getDataArea();
        double share = Math.max(0, Math.min(1, (x - area.getX()) / area.getWidth()));
        return seen().from() + share * seen().length();
    }

    private void placeCrosshair(double epoch) {
        PlotRenderingInfo plots = plots();
        boolean visible = plots != null && seen().contains(epoch);
        crosshair.setVisible(visible);
        if (visible) {
            var upper = plots.getSubplotInfo(0).getDataArea();
            var lower = plots.getSubplotInfo(1).getDataArea();
            double x = upper.getX() + (epoch - seen().from()) / seen().length() * upper.getWidth();
            crosshair.setStartX(x);
            crosshair.setEndX(x);
            crosshair.setStartY(upper.getMinY());
            crosshair.setEndY(lower.getMaxY());
        }
    }

    // ---- words

    private void sayAt(double mouseX) {
        if (!run.isEmpty()) {
            RunSeries.At values = run.at(epochAt(mouseX));
            placeCrosshair(values.x());
            say(values);
        }
    }

    private void sayLast() {
        crosshair.setVisible(false);
        say(run.last());
    }

    private void say(RunSeries.At values) {
        if (run.isEmpty()) {
            at.setText(TEXTS.getString("curves.none"));
            train.setText("");
            validation.setText("");
        } else {
            String x = Double.isFinite(values.x()) ? String.format(Locale.ROOT, "%.2f", values.x()) : "–";
            at.setText(
                    values.step() == 0
                            ? TEXTS.getString("curves.last")
                            : MessageFormat.format(TEXTS.getString("curves.at"), x, values.step()));
            train.setText(MessageFormat.format(
                    TEXTS.getString("curves.train"),
                    number(values.raw(), 1, "%.3f"),
                    number(values.smooth(), 1, "%.3f"),
                    number(values.trainAcc(), 100, "%.1f %%")));
            validation.setText(MessageFormat.format(
                    TEXTS.getString("curves.validation"),
                    number(values.valLoss(), 1, "%.3f"),
                    number(values.valAcc(), 100, "%.1f %%")));
        }
        setAccessibleText(at.getText() + " " + train.getText() + " " + validation.getText());
    }

    private static String number(double value, double factor, String format) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, factor * value);
    }

    /** One line per epoch, then one per step. */
    public String csv() {
        return run.csv();
    }

    // ---- colours

    /** Whether it can be seen at all: what cannot is not drawn. */
    public BooleanProperty shownProperty() {
        return shown;
    }

    public BooleanProperty darkProperty() {
        return dark;
    }

    private void paint() {
        chart.setDark(dark.get());
        train.setStyle("-fx-text-fill: " + css(chart.training()) + ";");
        validation.setStyle("-fx-text-fill: " + css(chart.validating()) + ";");
        crosshair.setStyle("-fx-stroke: " + css(chart.foreground()) + ";");
        show();
    }

    private static String css(Color color) {
        return String.format(Locale.ROOT, "rgb(%d, %d, %d)", color.getRed(), color.getGreen(), color.getBlue());
    }
}
