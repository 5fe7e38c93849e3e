package graft.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Loss above score on one axis of epochs. */
final class CurvesChart {
    private static final String PER_CENT = "accuracy";
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 760;
    private static final Color TRAIN = new Color(0x7A8794);
    private static final Color VALIDATION = new Color(0x0B6E99);
    private static final Color BEST = new Color(0xC4540A);
    private static final Color GRID = new Color(0xE3E6E9);
    private static final Color INK = new Color(0x2B3036);

    private final List<EpochScores> epochs;
    private final String metric;
    private final EpochScores best;

    CurvesChart(List<EpochScores> epochs, String metric, int best) {
        this.metric = metric;
        this.epochs = epochs;
        this.best = epochs.stream()
                .filter(epoch -> epoch.epoch() == best)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no epoch " + best + " among those to draw"));
    }

    BufferedImage draw() {
        NumberAxis epochAxis = new NumberAxis("epoch");
        epochAxis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        int first = epochs.get(0).epoch();
        int last = epochs.get(epochs.size() - 1).epoch();
        // A single epoch has no width of its own.
        epochAxis.setRange(new Range(first - 0.3, Math.max(last, first + 1) + 0.3));
        style(epochAxis);
        CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochAxis);
        both.setGap(18);
        both.add(plot("loss", EpochScores::trainLoss, EpochScores::valLoss, true, 1), 1);
        boolean perCent = metric.equals(PER_CENT);
        both.add(
                plot(
                        perCent ? metric + ", %" : metric,
                        EpochScores::trainScore,
                        EpochScores::valScore,
                        false,
                        perCent ? 100 : 1),
                1);
        String title = String.format(
                Locale.ROOT,
                "Best on validation: %s after epoch %d of %d",
                perCent
                        ? String.format(Locale.ROOT, "%.1f %%", 100 * best.valScore())
                        : String.format(Locale.ROOT, "%s %.4g", metric, best.valScore()),
                best.epoch(),
                last);
        JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 20), both, true);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getTitle().setPaint(INK);
        chart.getTitle().setPadding(8, 0, 8, 0);
        chart.getLegend().setItemFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        chart.getLegend().setItemPaint(INK);
        chart.getLegend().setFrame(org.jfree.chart.block.BlockBorder.NONE);
        chart.setPadding(new RectangleInsets(6, 10, 8, 18));
        return chart.createBufferedImage(WIDTH, HEIGHT);
    }

    private XYPlot plot(
            String name,
            ToDoubleFunction<EpochScores> train,
            ToDoubleFunction<EpochScores> val,
            boolean first,
            double factor) {
        XYSeriesCollection curves = new XYSeriesCollection();
        curves.addSeries(series("training", train, factor));
        curves.addSeries(series("validation", val, factor));
        NumberAxis axis = new NumberAxis(name);
        axis.setAutoRangeIncludesZero(false);
        axis.setAutoRangeMinimumSize(factor == 1 ? 0.01 : 2);
        style(axis);
        XYPlot plot = new XYPlot(curves, null, axis, renderer(first));
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setDomainGridlineStroke(new BasicStroke(1));
        ValueMarker marker = new ValueMarker(
                best.epoch(),
                BEST,
                new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 5}, 0));
        if (first) {
            marker.setLabel("best");
            marker.setLabelPaint(BEST);
            marker.setLabelBackgroundColor(Color.WHITE);
            marker.setLabelFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
            boolean late = best.epoch() * 2
                    > epochs.get(0).epoch() + epochs.get(epochs.size() - 1).epoch();
            marker.setLabelAnchor(late ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
            marker.setLabelTextAnchor(late ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
        }
        plot.addDomainMarker(marker, Layer.BACKGROUND);
        return plot;
    }

    private XYSeries series(String name, ToDoubleFunction<EpochScores> value, double factor) {
        XYSeries series = new XYSeries(name);
        for (EpochScores epoch : epochs) {
            double at = value.applyAsDouble(epoch) * factor;
            // The axis of a number that is not finite has no length.
            series.add(epoch.epoch(), Double.isFinite(at) ? (Number) at : null);
        }
        return series;
    }

    /** Shape as well as colour tells the curves apart: a line for training, dots on a line for validation. */
    private XYLineAndShapeRenderer renderer(boolean inLegend) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        boolean few = epochs.size() <= 60;
        renderer.setSeriesPaint(0, TRAIN);
        renderer.setDefaultSeriesVisibleInLegend(inLegend);
        renderer.setSeriesPaint(1, VALIDATION);
        renderer.setSeriesStroke(0, new BasicStroke(2.5f));
        renderer.setSeriesStroke(1, new BasicStroke(2.5f));
        renderer.setSeriesShapesVisible(0, epochs.size() == 1);
        renderer.setSeriesShapesVisible(1, few);
        renderer.setSeriesShape(0, new Ellipse2D.Double(-3, -3, 6, 6));
        renderer.setSeriesShape(1, new Ellipse2D.Double(-4.5, -4.5, 9, 9));
        renderer.setLegendLine(new java.awt.geom.Line2D.Double(-14, 0, 14, 0));
        return renderer;
    }

    private static void style(NumberAxis axis) {
        axis.setLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        axis.setTickLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        axis.setLabelPaint(INK);
        axis.setTickLabelPaint(INK);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setLabelInsets(new RectangleInsets(6, 6, 6, 6));
    }
}
