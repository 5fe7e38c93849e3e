package graft.app.controls;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.fx.ChartViewer;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.SamplingXYLineRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Loss above accuracy over the same epochs: the loss of each step thin and smoothed thick, figures of whole epochs as dots.
 * The values at the pointer, else the last ones, are written above.
 */
public final class CurvesView extends BorderPane {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");
    /** Weight of a new step in the smoothed line (an exponential moving average). */
    private static final double SMOOTHING = 0.1;

    private final XYSeries rawLoss = series();
    private final XYSeries smoothLoss = series();
    private final XYSeries valLoss = series();
    private final XYSeries trainAccuracy = series();
    private final XYSeries valAccuracy = series();
    private final NumberAxis epochs = new NumberAxis(TEXTS.getString("curves.epochs"));
    private final NumberAxis loss = new NumberAxis(TEXTS.getString("curves.loss"));
    private final LogAxis logLoss = new LogAxis(TEXTS.getString("curves.loss"));
    private final NumberAxis accuracy = new NumberAxis(TEXTS.getString("curves.accuracy"));
    private final XYPlot lossPlot = new XYPlot();
    private final XYPlot accuracyPlot = new XYPlot();
    private final JFreeChart chart;
    private final Label at = new Label();
    private final Label train = new Label();
    private final Label validation = new Label();
    private final BooleanProperty dark = new SimpleBooleanProperty(this, "dark");
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown", true);
    private int best;

    public CurvesView() {
        lossPlot.setRangeAxis(loss);
        accuracyPlot.setRangeAxis(accuracy);
        lossPlot.setDataset(0, new XYSeriesCollection(valLoss));
        lossPlot.setRenderer(0, dots());
        lossPlot.setDataset(1, new XYSeriesCollection(smoothLoss));
        lossPlot.setRenderer(1, line(2.2f));
        lossPlot.setDataset(2, new XYSeriesCollection(rawLoss));
        lossPlot.setRenderer(2, line(0.8f));
        accuracyPlot.setDataset(0, new XYSeriesCollection(valAccuracy));
        accuracyPlot.setRenderer(0, dots());
        accuracyPlot.setDataset(1, new XYSeriesCollection(trainAccuracy));
        accuracyPlot.setRenderer(1, dots());
        accuracy.setAutoRangeIncludesZero(false);
        loss.setAutoRangeIncludesZero(true);
        epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochs);
        both.setGap(8);
        both.add(lossPlot, 1);
        both.add(accuracyPlot, 1);
        chart = new JFreeChart(null, null, both, false);
        chart.setNotify(false); // each add would draw; show() draws once per batch
        ChartViewer viewer = new ChartViewer(chart);
        viewer.setMinSize(0, 0);
        setMinSize(0, 0);
        setCenter(viewer);
        setTop(header());
        viewer.setOnMouseMoved(event -> sayAt(viewer, event.getX()));
        viewer.setOnMouseExited(event -> sayLast());
        viewer.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2) {
                both.getDomainAxis().setAutoRange(true);
                lossPlot.getRangeAxis().setAutoRange(true);
                accuracyPlot.getRangeAxis().setAutoRange(true);
                show();
            }
        });
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

    /** Loads what the first drawing needs (fonts above all), so that it does not hold up the window; on any thread. */
    public static void prepare() {
        XYPlot plot = new XYPlot(new XYSeriesCollection(series()), new NumberAxis("x"), new NumberAxis("y"), dots());
        new JFreeChart(null, null, plot, false).createBufferedImage(200, 100);
    }

    private static XYSeries series() {
        return new XYSeries("", false, true);
    }

    private static XYItemRenderer dots() {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        renderer.setSeriesStroke(0, new BasicStroke(1.4f));
        renderer.setSeriesShape(0, new Ellipse2D.Double(-3, -3, 6, 6));
        return renderer;
    }

    private static XYItemRenderer line(float width) {
        SamplingXYLineRenderer renderer = new SamplingXYLineRenderer();
        renderer.setSeriesStroke(0, new BasicStroke(width));
        return renderer;
    }

    private Region header() {
        CheckBox log = new CheckBox(TEXTS.getString("curves.log"));
        log.selectedProperty().addListener((property, old, on) -> {
            lossPlot.setRangeAxis(on ? logLoss : loss);
            paint();
        });
        Button copy = new Button(TEXTS.getString("curves.copy"));
        copy.getStyleClass().add("small");
        copy.setOnAction(event -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(csv());
            content.putImage(getCenter().snapshot(null, null));
            Clipboard.getSystemClipboard().setContent(content);
        });
        at.setId("curve-values");
        VBox values = new VBox(at, train, validation);
        values.setMinWidth(0);
        HBox.setHgrow(values, Priority.ALWAYS);
        HBox header = new HBox(8, values, log, copy);
        log.setMinWidth(USE_PREF_SIZE);
        copy.setMinWidth(USE_PREF_SIZE);
        header.setAlignment(Pos.TOP_LEFT);
        header.setStyle("-fx-padding: 4 8 4 8;");
        return header;
    }

    // ---- what is shown; after any number of additions comes one show()

    public void clear() {
        for (XYSeries series : new XYSeries[] {rawLoss, smoothLoss, valLoss, trainAccuracy, valAccuracy}) {
            series.setNotify(false);
            series.clear();
        }
        best = 0;
    }

    /** @param x in epochs */
    public void addStep(double x, double stepLoss) {
        int n = smoothLoss.getItemCount();
        double before = n == 0 ? stepLoss : smoothLoss.getY(n - 1).doubleValue();
        rawLoss.add(x, stepLoss, false);
        smoothLoss.add(x, before + SMOOTHING * (stepLoss - before), false);
    }

    /** @param epoch from 1 */
    public void addEpoch(int epoch, double trainAcc, double valueLoss, double valAcc) {
        valLoss.add(epoch, valueLoss, false);
        trainAccuracy.add(epoch, trainAcc, false);
        valAccuracy.add(epoch, valAcc, false);
    }

    /** @param epoch 0 = none */
    public void markBest(int epoch) {
        if (epoch == best) {
            return;
        }
        best = epoch;
        lossPlot.clearDomainMarkers();
        accuracyPlot.clearDomainMarkers();
        if (epoch > 0) {
            lossPlot.addDomainMarker(marker(epoch, ""));
            accuracyPlot.addDomainMarker(marker(epoch, MessageFormat.format(TEXTS.getString("curves.best"), epoch)));
        }
    }

    private ValueMarker marker(int epoch, String text) {
        ValueMarker marker = new ValueMarker(epoch);
        marker.setPaint(foreground());
        marker.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 4}, 0));
        marker.setLabel(text);
        marker.setLabelPaint(foreground());
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        marker.setLabelAnchor(org.jfree.chart.ui.RectangleAnchor.BOTTOM_LEFT);
        marker.setLabelTextAnchor(org.jfree.chart.ui.TextAnchor.BOTTOM_RIGHT);
        return marker;
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
        sayLast();
        if (!shown.get()) {
            return;
        }
        for (XYPlot plot : new XYPlot[] {lossPlot, accuracyPlot}) {
            for (int i = 0; i < plot.getDatasetCount(); i++) {
                XYSeriesCollection data = (XYSeriesCollection) plot.getDataset(i);
                data.getSeries(0).setNotify(true);
                data.getSeries(0).fireSeriesChanged();
                data.getSeries(0).setNotify(false);
            }
        }
        chart.setNotify(true);
        chart.setNotify(false);
    }

    // ---- words

    private void sayAt(ChartViewer viewer, double mouseX) {
        var area = viewer.getRenderingInfo().getPlotInfo();
        if (area.getSubplotCount() == 0) {
            return;
        }
        var data = area.getSubplotInfo(0).getDataArea();
        double x = epochs.java2DToValue(mouseX, data, org.jfree.chart.ui.RectangleEdge.BOTTOM);
        say(x, nearest(smoothLoss, x), nearest(valLoss, x), nearest(trainAccuracy, x), nearest(valAccuracy, x));
    }

    private void sayLast() {
        say(
                smoothLoss.isEmpty() ? 0 : smoothLoss.getMaxX(),
                last(smoothLoss),
                last(valLoss),
                last(trainAccuracy),
                last(valAccuracy));
    }

    private static double last(XYSeries series) {
        return series.isEmpty()
                ? Double.NaN
                : series.getY(series.getItemCount() - 1).doubleValue();
    }

    /** x grows along a series. */
    private static double nearest(XYSeries series, double x) {
        int low = 0;
        int high = series.getItemCount() - 1;
        if (high < 0) {
            return Double.NaN;
        }
        while (low < high) {
            int middle = (low + high) / 2;
            if (series.getX(middle).doubleValue() < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return series.getY(low).doubleValue();
    }

    private void say(double x, double train, double val, double trainAcc, double valAcc) {
        boolean none = rawLoss.isEmpty();
        at.setText(
                none
                        ? TEXTS.getString("curves.none")
                        : MessageFormat.format(TEXTS.getString("curves.at"), String.format(Locale.ROOT, "%.1f", x)));
        this.train.setText(none ? "" : words("curves.train", train, trainAcc));
        validation.setText(none ? "" : words("curves.validation", val, valAcc));
        setAccessibleText(at.getText() + " " + this.train.getText() + " " + validation.getText());
    }

    private static String words(String key, double loss, double accuracy) {
        return MessageFormat.format(TEXTS.getString(key), number(loss, 1, "%.3f"), number(accuracy, 100, "%.1f %%"));
    }

    private static String number(double value, double factor, String format) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, factor * value);
    }

    /** One line per epoch, then one per step. */
    public String csv() {
        StringBuilder out = new StringBuilder("epoch,step_loss,val_loss,train_accuracy,val_accuracy\n");
        for (int i = 0; i < valAccuracy.getItemCount(); i++) {
            out.append(String.format(
                    Locale.ROOT,
                    "%d,,%s,%s,%s%n",
                    valAccuracy.getX(i).intValue(),
                    valLoss.getY(i),
                    trainAccuracy.getY(i),
                    valAccuracy.getY(i)));
        }
        for (int i = 0; i < rawLoss.getItemCount(); i++) {
            out.append(String.format(Locale.ROOT, "%s,%s,,,%n", rawLoss.getX(i), rawLoss.getY(i)));
        }
        return out.toString();
    }

    // ---- colours

    /** Whether it can be seen at all: what cannot is not drawn. */
    public BooleanProperty shownProperty() {
        return shown;
    }

    public BooleanProperty darkProperty() {
        return dark;
    }

    private Color foreground() {
        return dark.get() ? new Color(0xc9d1d9) : new Color(0x24292f);
    }

    private void paint() {
        Color background = dark.get() ? new Color(0x0d1117) : Color.WHITE;
        Color grid = dark.get() ? new Color(0x30363d) : new Color(0xd0d7de);
        chart.setBackgroundPaint(background);
        for (XYPlot plot : new XYPlot[] {lossPlot, accuracyPlot}) {
            plot.setBackgroundPaint(background);
            plot.setRangeGridlinePaint(grid);
            plot.setDomainGridlinePaint(grid);
            plot.setOutlinePaint(grid);
            paint(plot.getRangeAxis());
        }
        paint(epochs);
        Color training = dark.get() ? new Color(0x58a6ff) : new Color(0x0969da);
        Color validating = dark.get() ? new Color(0xf0883e) : new Color(0xbc4c00);
        lossPlot.getRenderer(0).setSeriesPaint(0, validating);
        lossPlot.getRenderer(1).setSeriesPaint(0, training);
        lossPlot.getRenderer(2)
                .setSeriesPaint(0, new Color(training.getRed(), training.getGreen(), training.getBlue(), 90));
        accuracyPlot.getRenderer(0).setSeriesPaint(0, validating);
        accuracyPlot.getRenderer(1).setSeriesPaint(0, training);
        train.setStyle(fill(training));
        validation.setStyle(fill(validating));
        int marked = best;
        best = -1;
        markBest(marked);
        show();
    }

    private static String fill(Color color) {
        return String.format(
                Locale.ROOT, "-fx-text-fill: rgb(%d, %d, %d);", color.getRed(), color.getGreen(), color.getBlue());
    }

    private void paint(ValueAxis axis) {
        axis.setLabelPaint(foreground());
        axis.setTickLabelPaint(foreground());
        axis.setAxisLinePaint(foreground());
        axis.setTickMarkPaint(foreground());
    }
}
