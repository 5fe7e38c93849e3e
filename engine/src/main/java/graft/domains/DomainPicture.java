package graft.domains;

import graft.domains.TwoDomains.Domain;
import graft.domains.TwoDomains.Point;
import graft.domains.TwoDomains.View;
import graft.evaluate.Pictures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Features of both domains as a PNG file: a plot of the network before beside one of the network itself. */
public final class DomainPicture {
    private static final int SIDE = 640;
    private static final double MARK = 3.5;
    private static final Color SOURCE = new Color(0x0B6E99);
    private static final Color TARGET = new Color(0xC4540A);
    private static final Color GRID = new Color(0xE3E6E9);
    private static final Color INK = new Color(0x2B3036);

    private DomainPicture() {}

    /**
     * @throws graft.Refusal where the machine has no fonts, or the file cannot be written
     */
    public static void write(TwoDomains found, Path file) {
        Pictures.checkFonts();
        Pictures.write(draw(found), file);
    }

    static BufferedImage draw(TwoDomains found) {
        List<JFreeChart> charts = found.before() == null
                ? List.of(chart("", found.after()))
                : Stream.of(chart("before: ", found.before()), chart("after: ", found.after()))
                        .toList();
        BufferedImage out = new BufferedImage(SIDE * charts.size(), SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        for (int i = 0; i < charts.size(); i++) {
            graphics.drawImage(charts.get(i).createBufferedImage(SIDE, SIDE), i * SIDE, 0, null);
        }
        graphics.dispose();
        return out;
    }

    private static JFreeChart chart(String when, View view) {
        XYSeriesCollection marks = new XYSeriesCollection();
        marks.addSeries(series(view, Domain.SOURCE));
        marks.addSeries(series(view, Domain.TARGET));
        XYPlot plot = new XYPlot(marks, axis(view, 0), axis(view, 1), renderer());
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setDomainGridlineStroke(new BasicStroke(1));
        JFreeChart chart = new JFreeChart(
                when + view.network().getFileName(), new Font(Font.SANS_SERIF, Font.BOLD, 18), plot, true);
        TextTitle told = new TextTitle(
                String.format(
                        Locale.ROOT,
                        "told apart by all %d features: %.1f %% (50 %% = not at all)",
                        view.width(),
                        100 * view.domainAccuracy()),
                new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        told.setPaint(INK);
        chart.addSubtitle(0, told);
        chart.setBackgroundPaint(Color.WHITE);
        chart.getTitle().setPaint(INK);
        chart.getLegend().setItemFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
        chart.getLegend().setItemPaint(INK);
        chart.getLegend().setFrame(BlockBorder.NONE);
        chart.setPadding(new RectangleInsets(10, 10, 8, 18));
        return chart;
    }

    private static XYSeries series(View view, Domain domain) {
        XYSeries out = new XYSeries(domain.words(), false);
        for (Point point : view.points()) {
            if (point.domain() == domain) {
                out.add(point.x(), point.y());
            }
        }
        return out;
    }

    private static NumberAxis axis(View view, int at) {
        NumberAxis out = new NumberAxis(
                String.format(Locale.ROOT, "component %d (%.1f %% of the variance)", at + 1, 100 * view.shares()[at]));
        out.setAutoRangeIncludesZero(false);
        out.setLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        out.setLabelPaint(INK);
        out.setTickLabelPaint(INK);
        return out;
    }

    /** Shape as well as colour tells the domains apart: rings and crosses, of which neither hides the other. */
    private static XYLineAndShapeRenderer renderer() {
        XYLineAndShapeRenderer out = new XYLineAndShapeRenderer(false, true);
        Shape ring = new Ellipse2D.Double(-MARK, -MARK, 2 * MARK, 2 * MARK);
        Path2D cross = new Path2D.Double();
        cross.moveTo(-MARK, -MARK);
        cross.lineTo(MARK, MARK);
        cross.moveTo(-MARK, MARK);
        cross.lineTo(MARK, -MARK);
        out.setSeriesShape(0, ring);
        out.setSeriesShape(1, cross);
        out.setSeriesShapesFilled(0, false);
        out.setSeriesShapesFilled(1, false);
        out.setSeriesPaint(0, SOURCE);
        out.setSeriesPaint(1, TARGET);
        out.setDrawOutlines(true);
        out.setDefaultOutlineStroke(new BasicStroke(1.5f));
        out.setSeriesOutlineStroke(0, new BasicStroke(1.5f));
        out.setSeriesOutlineStroke(1, new BasicStroke(1.5f));
        return out;
    }
}
