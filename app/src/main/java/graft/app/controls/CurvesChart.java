package graft.app.controls;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.SamplingXYLineRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Loss above accuracy over the same epochs, as JFreeChart draws them: when {@link #draw} is called, never before. */
final class CurvesChart {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");

    /** Over more of them whole numbers are marked. */
    private static final double FEW_EPOCHS = 3;

    private final RunSeries run;
    private final NumberAxis epochs = new NumberAxis(TEXTS.getString("curves.epochs"));
    private final NumberAxis loss = new NumberAxis(TEXTS.getString("curves.loss"));
    private final LogAxis logLoss = new ReadableLogAxis(TEXTS.getString("curves.loss"));
    private final NumberAxis accuracy = new NumberAxis(TEXTS.getString("curves.accuracy"));
    private final XYPlot lossPlot = new XYPlot();
    private final XYPlot accuracyPlot = new XYPlot();
    private final JFreeChart chart;
    /** What of the epochs is seen; null = all. */
    private Span zoom;

    private int best;
    private boolean dark;

    CurvesChart(RunSeries run) {
        this.run = run;
        lossPlot.setRangeAxis(loss);
        accuracyPlot.setRangeAxis(accuracy);
        lossPlot.setDataset(0, new XYSeriesCollection(run.valLoss));
        lossPlot.setRenderer(0, dots());
        lossPlot.setDataset(1, new XYSeriesCollection(run.smoothLoss));
        lossPlot.setRenderer(1, line(2.2f));
        lossPlot.setDataset(2, new XYSeriesCollection(run.rawLoss));
        lossPlot.setRenderer(2, line(0.8f));
        accuracyPlot.setDataset(0, new XYSeriesCollection(run.valAccuracy));
        accuracyPlot.setRenderer(0, dots());
        accuracyPlot.setDataset(1, new XYSeriesCollection(run.trainAccuracy));
        accuracyPlot.setRenderer(1, dots());
        accuracy.setNumberFormatOverride(
                new DecimalFormat("0.#\u00a0%", DecimalFormatSymbols.getInstance(Locale.ROOT)));
        CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochs);
        both.setGap(8);
        both.add(lossPlot, 1);
        both.add(accuracyPlot, 1);
        chart = new JFreeChart(null, null, both, false);
        chart.setNotify(false); // each addition would draw
        setDark(false);
    }

    /** Loads what the first drawing needs (fonts above all), so that it does not hold up the window; on any thread. */
    static void prepare() {
        XYPlot plot = new XYPlot(
                new XYSeriesCollection(RunSeries.series()), new NumberAxis("x"), new NumberAxis("y"), dots());
        new JFreeChart(null, null, plot, false).createBufferedImage(200, 100);
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

    JFreeChart chart() {
        return chart;
    }

    /** Brings the axes to what is there and seen, and draws. */
    void draw() {
        Span seen = seen();
        set(epochs, seen);
        epochs.setStandardTickUnits(
                seen.length() > FEW_EPOCHS
                        ? NumberAxis.createIntegerTickUnits()
                        : NumberAxis.createStandardTickUnits());
        set(loss, AxisRanges.loss(run.losses(), seen));
        set(logLoss, AxisRanges.logLoss(run.losses(), seen));
        set(accuracy, AxisRanges.accuracy(run.accuracies(), seen));
        for (XYPlot plot : List.of(lossPlot, accuracyPlot)) {
            for (int i = 0; i < plot.getDatasetCount(); i++) {
                XYSeries series = ((XYSeriesCollection) plot.getDataset(i)).getSeries(0);
                series.setNotify(true);
                series.fireSeriesChanged();
                series.setNotify(false);
            }
        }
        chart.setNotify(true);
        chart.setNotify(false);
    }

    private static void set(ValueAxis axis, Span span) {
        axis.setRange(new Range(span.from(), span.to()), true, false);
    }

    // ---- zoom

    private Span whole() {
        return AxisRanges.epochs(
                Stream.concat(run.losses().stream(), run.accuracies().stream()).toList());
    }

    /** The epochs that are seen. */
    Span seen() {
        return zoom == null ? whole() : zoom;
    }

    boolean isZoomed() {
        return zoom != null;
    }

    /** Shows {@code factor} times as much; the epoch {@code at} stays where it is. */
    void zoom(double factor, double at) {
        look(seen().zoomed(factor, at));
    }

    void move(double epochsFurther) {
        if (isZoomed()) {
            look(seen().moved(epochsFurther));
        }
    }

    private void look(Span wanted) {
        Span within = wanted.within(whole());
        zoom = within.equals(whole()) ? null : within;
    }

    void showAll() {
        zoom = null;
    }

    // ---- looks

    void setLogarithmic(boolean on) {
        lossPlot.setRangeAxis(on ? logLoss : loss);
        paint(lossPlot.getRangeAxis());
    }

    /** @param epoch 0 = none */
    void markBest(int epoch) {
        if (epoch != best) {
            best = epoch;
            drawMarkers();
        }
    }

    private void drawMarkers() {
        lossPlot.clearDomainMarkers();
        accuracyPlot.clearDomainMarkers();
        if (best > 0) {
            lossPlot.addDomainMarker(marker(""));
            accuracyPlot.addDomainMarker(marker(MessageFormat.format(TEXTS.getString("curves.best"), best)));
        }
    }

    private ValueMarker marker(String text) {
        ValueMarker marker = new ValueMarker(best);
        marker.setPaint(foreground());
        marker.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 4}, 0));
        marker.setLabel(text);
        marker.setLabelPaint(foreground());
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        marker.setLabelAnchor(org.jfree.chart.ui.RectangleAnchor.BOTTOM_LEFT);
        marker.setLabelTextAnchor(org.jfree.chart.ui.TextAnchor.BOTTOM_RIGHT);
        return marker;
    }

    Color foreground() {
        return dark ? new Color(0xc9d1d9) : new Color(0x24292f);
    }

    Color training() {
        return dark ? new Color(0x58a6ff) : new Color(0x0969da);
    }

    Color validating() {
        return dark ? new Color(0xf0883e) : new Color(0xbc4c00);
    }

    void setDark(boolean on) {
        dark = on;
        Color background = dark ? new Color(0x0d1117) : Color.WHITE;
        Color grid = dark ? new Color(0x30363d) : new Color(0xd0d7de);
        chart.setBackgroundPaint(background);
        for (XYPlot plot : List.of(lossPlot, accuracyPlot)) {
            plot.setBackgroundPaint(background);
            plot.setRangeGridlinePaint(grid);
            plot.setDomainGridlinePaint(grid);
            plot.setOutlinePaint(grid);
            paint(plot.getRangeAxis());
        }
        paint(epochs);
        Color raw =
                new Color(training().getRed(), training().getGreen(), training().getBlue(), 90);
        lossPlot.getRenderer(0).setSeriesPaint(0, validating());
        lossPlot.getRenderer(1).setSeriesPaint(0, training());
        lossPlot.getRenderer(2).setSeriesPaint(0, raw);
        accuracyPlot.getRenderer(0).setSeriesPaint(0, validating());
        accuracyPlot.getRenderer(1).setSeriesPaint(0, training());
        drawMarkers();
    }

    private void paint(ValueAxis axis) {
        axis.setLabelPaint(foreground());
        axis.setTickLabelPaint(foreground());
        axis.setAxisLinePaint(foreground());
        axis.setTickMarkPaint(foreground());
    }
}
