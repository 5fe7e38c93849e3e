package graft.app.controls;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
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
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Loss above accuracy over the same epochs, as JFreeChart draws them: when {@link #draw} is called, never before. */
final class CurvesChart {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.controls");

    /** Over more of them whole numbers are marked. */
    private static final double FEW_EPOCHS = 3;

    private final DecimalFormat percent = Numbers.pattern("0.#\u00a0%");

    /** Texts of usual size, in pixels. */
    private static final float SMALL = 11;

    /** Of what is seen: so far at the left a word has no room beside its line. */
    private static final double EDGE = 0.2;

    /** More ticks than are read would be noise. */
    private static final RectangleInsets ROOM_OF_TICKS = new RectangleInsets(5, 4, 5, 4);

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
    private double bestAt;
    private int planned;
    private final Map<String, RunSeries> others = new LinkedHashMap<>();

    private float scale = 1;
    private Color text = Color.BLACK;
    private Color muted = Color.GRAY;
    private Color training = Color.BLUE;
    private Color validating = Color.ORANGE;
    private Color target = Color.GREEN;
    private Color grid = Color.LIGHT_GRAY;

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
        accuracyPlot.setDataset(2, new XYSeriesCollection(run.targetAccuracy));
        accuracyPlot.setRenderer(2, dots());
        accuracy.setNumberFormatOverride(percent);
        CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochs);
        both.setGap(16);
        both.add(lossPlot, 1);
        both.add(accuracyPlot, 1);
        chart = new JFreeChart(null, null, both, false);
        chart.setNotify(false); // each addition would draw
        for (XYPlot plot : List.of(lossPlot, accuracyPlot)) {
            plot.setOutlineVisible(false);
            plot.setDomainGridlinesVisible(false);
            plot.setRangeGridlineStroke(new BasicStroke(1));
        }
        for (ValueAxis axis : List.of(epochs, loss, logLoss, accuracy)) {
            axis.setAxisLineVisible(false);
            axis.setTickMarksVisible(false);
            axis.setTickLabelInsets(ROOM_OF_TICKS);
        }
        scale(1);
    }

    /** @param texts how large they are, 1 = as usual */
    void scale(double texts) {
        scale = (float) texts;
        // Half of the topmost tick stands above its plot, half of the last one to the right of it.
        chart.getPlot().setInsets(new RectangleInsets(4 + SMALL * scale / 2, 8, 4, 6 + SMALL * scale));
        for (ValueAxis axis : List.of(epochs, loss, logLoss, accuracy)) {
            axis.setTickLabelFont(axis.getTickLabelFont().deriveFont(SMALL * scale));
            axis.setLabelFont(axis.getLabelFont().deriveFont(SMALL * scale));
        }
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
        drawMarkers();
        set(epochs, seen);
        epochs.setStandardTickUnits(
                seen.length() > FEW_EPOCHS
                        ? NumberAxis.createIntegerTickUnits()
                        : NumberAxis.createStandardTickUnits());
        List<XYSeries> losses = new ArrayList<>(run.losses());
        List<XYSeries> scores = new ArrayList<>(run.accuracies());
        others.values().forEach(other -> losses.add(other.valLoss));
        others.values().forEach(other -> scores.add(other.valAccuracy));
        set(loss, AxisRanges.loss(losses, seen));
        set(logLoss, AxisRanges.logLoss(losses, seen));
        boolean shares = AxisRanges.areShares(scores);
        accuracy.setNumberFormatOverride(shares ? percent : null);
        set(accuracy, shares ? AxisRanges.accuracy(scores, seen) : AxisRanges.around(scores, seen));
        for (XYPlot plot : List.of(lossPlot, accuracyPlot)) {
            for (int i = 0; i < plot.getDatasetCount(); i++) {
                if (plot.getDataset(i) == null) {
                    continue; // of a run that was taken away
                }
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
        List<XYSeries> all = new ArrayList<>(run.losses());
        all.addAll(run.accuracies());
        others.values().forEach(other -> all.addAll(List.of(other.valLoss, other.valAccuracy)));
        Span measured = AxisRanges.epochs(all);
        return planned > measured.to() ? new Span(0, planned) : measured;
    }

    /** The axis reaches to the end of what is planned; 0 = only as far as was measured. */
    void plan(int ofEpochs) {
        planned = ofEpochs;
    }

    /** What the lower plot shows. */
    void name(String metric) {
        String key = "curves." + metric;
        accuracy.setLabel(TEXTS.containsKey(key) ? TEXTS.getString(key) : metric);
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

    /**
     * @param epoch 0 = none
     * @param place where it was measured, in epochs
     */
    void markBest(int epoch, double place) {
        best = epoch;
        bestAt = place;
    }

    private void drawMarkers() {
        lossPlot.clearDomainMarkers();
        accuracyPlot.clearDomainMarkers();
        if (best > 0) {
            lossPlot.addDomainMarker(marker(Numbers.message(TEXTS.getString("curves.best"), best)));
            accuracyPlot.addDomainMarker(marker(""));
        }
    }

    private ValueMarker marker(String text) {
        ValueMarker marker = new ValueMarker(bestAt);
        marker.setPaint(muted);
        marker.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 4}, 0));
        marker.setLabel(text);
        marker.setLabelPaint(this.text);
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        marker.setLabelFont(marker.getLabelFont().deriveFont(SMALL * scale));
        Span seen = seen();
        boolean atTheLeft = bestAt < seen.from() + EDGE * seen.length();
        marker.setLabelAnchor(atTheLeft ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.TOP_LEFT);
        marker.setLabelTextAnchor(atTheLeft ? TextAnchor.TOP_LEFT : TextAnchor.TOP_RIGHT);
        return marker;
    }

    void paint(Inks inks) {
        text = Inks.awt(inks.text());
        muted = Inks.awt(inks.muted());
        training = Inks.awt(inks.training());
        validating = Inks.awt(inks.validation());
        target = Inks.awt(inks.target());
        grid = Inks.awt(inks.line());
        Color background = Inks.awt(inks.ground());
        chart.setBackgroundPaint(background);
        for (XYPlot plot : List.of(lossPlot, accuracyPlot)) {
            plot.setBackgroundPaint(background);
            plot.setRangeGridlinePaint(grid);
            paint(plot.getRangeAxis());
        }
        paint(epochs);
        Color raw = new Color(training.getRed(), training.getGreen(), training.getBlue(), 90);
        lossPlot.getRenderer(0).setSeriesPaint(0, validating);
        lossPlot.getRenderer(1).setSeriesPaint(0, training);
        lossPlot.getRenderer(2).setSeriesPaint(0, raw);
        accuracyPlot.getRenderer(0).setSeriesPaint(0, validating);
        accuracyPlot.getRenderer(1).setSeriesPaint(0, training);
        accuracyPlot.getRenderer(2).setSeriesPaint(0, target);
        drawOthers();
        drawMarkers();
    }

    // ---- other runs, to be compared with

    void lay(String name, RunSeries other) {
        others.put(name, other);
        drawOthers();
    }

    void takeAway(String name) {
        others.remove(name);
        drawOthers();
    }

    private void drawOthers() {
        for (XYPlot plot : List.of(lossPlot, accuracyPlot)) {
            int own = 3; // series of the run itself in either plot
            for (int i = own; i < plot.getDatasetCount(); i++) {
                plot.setDataset(i, null);
            }
            for (RunSeries other : others.values()) {
                plot.setDataset(own, new XYSeriesCollection(plot == lossPlot ? other.valLoss : other.valAccuracy));
                XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
                renderer.setSeriesStroke(
                        0,
                        new BasicStroke(
                                1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 3}, own));
                renderer.setSeriesPaint(0, muted);
                plot.setRenderer(own, renderer);
                own++;
            }
        }
    }

    private void paint(ValueAxis axis) {
        axis.setLabelPaint(muted);
        axis.setTickLabelPaint(muted);
    }
}
