package graft.app.network;

import graft.app.network.GraphPalette.Colour;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** Draws the frontier, and on both of its sides what it means: never over a box. */
final class FrontierPainter {
    /** Height of a line of words. */
    private static final double LINE = 18;

    private static final double SIDE = 14;

    private final GraphicsContext g;
    private final GraphPalette palette;
    private final Lettering lettering;
    private FrontierLine frontier;

    FrontierPainter(GraphicsContext g, GraphPalette palette, Lettering lettering) {
        this.g = g;
        this.palette = palette;
        this.lettering = lettering;
    }

    void paint(GraphLayout layout, Marks marks, Viewport view, double width) {
        if (frontier == null || !frontier.isOf(layout, marks)) {
            frontier = FrontierLine.of(layout, marks);
        }
        List<Point2D> line = frontier.points();
        if (line.isEmpty()) {
            return;
        }
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.setStroke(palette.of(Colour.FRONTIER));
        g.setLineWidth(1.6);
        g.setLineDashes(6, 5);
        g.beginPath();
        Point2D first = view.toPane(line.get(0).getX(), line.get(0).getY());
        g.moveTo(Math.min(0, first.getX()), first.getY());
        for (Point2D point : line) {
            Point2D at = view.toPane(point.getX(), point.getY());
            g.lineTo(at.getX(), at.getY());
        }
        Point2D last = view.toPane(0, line.get(line.size() - 1).getY());
        g.lineTo(width, last.getY());
        g.stroke();
        g.setLineDashes();
        words(layout, marks, view, width, first.getY(), last.getY());
    }

    /** Left and right of the boxes, each where there is room; the line below the graph says it in any case. */
    private void words(GraphLayout layout, Marks marks, Viewport view, double width, double leftY, double rightY) {
        g.setTextBaseline(VPos.CENTER);
        g.setFont(Lettering.DETAIL);
        String below = Texts.of("network.frontier.side");
        String learns = marks.learns();
        String kept = marks.crossing().isPresent() ? marks.kept() : Texts.of("network.frontier.size.unknown");
        double sides = Math.max(widthOf(below), widthOf(learns)) + 2 * SIDE;
        boolean left = sides < edge(layout, view, leftY, true);
        if (left) {
            g.setTextAlign(TextAlignment.LEFT);
            label(below, SIDE, leftY - LINE / 2 - 1, Colour.FRONTIER, false);
            label(learns, SIDE, leftY + LINE / 2 + 1, Colour.LEARNING_TEXT, false);
        }
        double end = width - GraphPane.STRIP;
        double free = end - edge(layout, view, rightY, false);
        if (widthOf(kept) + 2 * SIDE < free) {
            label(kept, end - SIDE, rightY - LINE / 2 - 1, Colour.FRONTIER, true);
            if (!left && sides < free) {
                label(learns, end - SIDE, rightY + LINE / 2 + 1, Colour.LEARNING_TEXT, true);
            }
        }
    }

    /** Where boxes begin, or end, at the height of the words; in pixels of the pane. */
    private static double edge(GraphLayout layout, Viewport view, double y, boolean left) {
        double top = view.toDrawing(0, y - 1.5 * LINE).getY();
        double bottom = view.toDrawing(0, y + 1.5 * LINE).getY();
        double found = left ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        for (Rectangle2D box : layout.boxes()) {
            if (box.getMaxY() >= top && box.getMinY() <= bottom) {
                found = left ? Math.min(found, box.getMinX()) : Math.max(found, box.getMaxX());
            }
        }
        return view.toPane(found, 0).getX();
    }

    private double widthOf(String words) {
        return lettering.widthOf(words, Lettering.DETAIL);
    }

    /** Text on a ground of its own, for it may lie over arrows. */
    private void label(String words, double x, double y, Colour colour, boolean right) {
        double wide = widthOf(words);
        g.setFill(palette.of(Colour.GROUND));
        g.fillRect((right ? x - wide : x) - 3, y - LINE / 2 + 1, wide + 6, LINE - 2);
        g.setFill(palette.of(colour));
        g.setTextAlign(right ? TextAlignment.RIGHT : TextAlignment.LEFT);
        g.fillText(words, x, y);
    }
}
