package graft.app.network;

import graft.app.controls.Counts;
import graft.app.network.GraphPalette.Colour;
import graft.app.network.Marks.Lock;
import graft.app.network.Outline.Box;
import graft.app.network.Outline.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/** Draws a laid-out graph. Only what is seen is drawn, and text only where it can be read. */
final class GraphPainter {
    /** Space for the padlock at the right end of a box. */
    static final double PADLOCK = 34;

    private static final double BAND = 14;
    private static final double ARC = 8;
    /** From this scale on words are drawn. */
    static final double READABLE = 0.38;
    /** Below this scale a small box is lower than three pixels. */
    private static final double FAR = 0.12;

    private static final double DOT = 2;
    /** Height of words on the frontier. */
    private static final double LABEL = 18;

    private static final Font TITLE = Font.font("System", FontWeight.BOLD, 12);
    private static final Font DETAIL = Font.font("System", 11);

    private final GraphicsContext g;
    private final GraphPalette palette;
    private final Map<String, String> shortened = new HashMap<>();
    private final Map<String, Double> letters = new HashMap<>();
    private ArrowReach reaches;
    private FrontierLine frontier;

    GraphPainter(GraphicsContext g, GraphPalette palette) {
        this.g = g;
        this.palette = palette;
    }

    void paint(double width, double height, Viewport view, GraphLayout layout, Marks marks, Set<Integer> selected) {
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.setFill(palette.of(Colour.GROUND));
        g.fillRect(0, 0, width, height);
        if (layout == null) {
            return;
        }
        if (reaches == null || !reaches.isOf(layout)) {
            reaches = new ArrowReach(layout);
            shortened.clear();
        }
        g.setTransform(view.scale(), 0, 0, view.scale(), view.x(), view.y());
        Rectangle2D seen = view.seen(width, height);
        arrows(layout, seen, view);
        boolean readable = view.scale() >= READABLE;
        if (view.scale() < FAR) {
            dots(layout, marks, seen, view);
        }
        for (int i = 0; view.scale() >= FAR && i < layout.boxes().size(); i++) {
            if (seen.intersects(layout.boxes().get(i))) {
                box(layout.outline().boxes().get(i), layout.boxes().get(i), marks, i, readable, selected.contains(i));
            }
        }
        frontier(layout, marks, view, width);
    }

    private void arrows(GraphLayout layout, Rectangle2D seen, Viewport view) {
        g.setStroke(palette.of(Colour.ARROW));
        g.setFill(palette.of(Colour.ARROW));
        g.setLineWidth(Math.max(1.2, 0.8 / view.scale()));
        boolean tips = view.scale() >= FAR;
        for (int i = 0; i < layout.arrows().size(); i++) {
            List<Point2D> points = layout.arrows().get(i);
            if (points.size() < 2 || !reaches.crosses(i, seen)) {
                continue;
            }
            g.beginPath();
            g.moveTo(points.get(0).getX(), points.get(0).getY());
            for (Point2D point : points.subList(1, points.size())) {
                g.lineTo(point.getX(), point.getY());
            }
            g.stroke();
            if (!tips) {
                continue;
            }
            Point2D tip = points.get(points.size() - 1);
            g.fillPolygon(
                    new double[] {tip.getX(), tip.getX() - 4, tip.getX() + 4},
                    new double[] {tip.getY(), tip.getY() - 7, tip.getY() - 7},
                    3);
        }
    }

    /** Far away, boxes are dots: one that falls on another adds nothing but time. */
    private void dots(GraphLayout layout, Marks marks, Rectangle2D seen, Viewport view) {
        Set<Long> taken = new HashSet<>();
        double least = 1 / view.scale();
        for (int i = 0; i < layout.boxes().size(); i++) {
            Rectangle2D at = layout.boxes().get(i);
            long cell = (long) (at.getMinX() * view.scale() / DOT) << 32 | (long) (at.getMinY() * view.scale() / DOT);
            if (seen.intersects(at) && taken.add(cell)) {
                Lock lock = marks.locks().get(i);
                g.setFill(palette.of(
                        lock == Lock.NONE
                                ? Colour.EDGE
                                : lock == Lock.FROZEN ? Colour.FROZEN_EDGE : Colour.LEARNING_EDGE));
                g.fillRect(at.getMinX(), at.getMinY(), Math.max(least, at.getWidth()), Math.max(least, at.getHeight()));
            }
        }
    }

    private void box(Box box, Rectangle2D at, Marks marks, int number, boolean readable, boolean selected) {
        double x = at.getMinX();
        double y = at.getMinY();
        double w = at.getWidth();
        double h = at.getHeight();
        Lock lock = marks.locks().get(number);
        boolean head = box.role() == Role.HEAD;
        double arc = box.role() == Role.INPUT || box.role() == Role.OUTPUT ? h : ARC;
        if (box.role() == Role.BLOCK) {
            stack(x, y, w, h, lock);
        }
        g.setFill(palette.of(Colour.GROUND));
        g.fillRoundRect(x, y, w, h, arc, arc);
        g.setFill(palette.of(
                head
                        ? Colour.HEAD
                        : lock == Lock.NONE ? Colour.BOX : lock == Lock.FROZEN ? Colour.FROZEN : Colour.LEARNING));
        g.fillRoundRect(x, y, w, h, arc, arc);
        if (lock != Lock.NONE) {
            band(
                    x,
                    y,
                    h,
                    head ? Colour.HEAD_EDGE : lock == Lock.FROZEN ? Colour.FROZEN_EDGE : Colour.LEARNING_EDGE,
                    lock);
        }
        g.setLineWidth(box.missing() || head ? 2 : 1);
        g.setStroke(palette.of(
                box.missing()
                        ? Colour.MISSING_EDGE
                        : head
                                ? Colour.HEAD_EDGE
                                : lock == Lock.NONE
                                        ? Colour.EDGE
                                        : lock == Lock.FROZEN ? Colour.FROZEN_EDGE : Colour.LEARNING_EDGE));
        g.strokeRoundRect(x, y, w, h, arc, arc);
        if (selected) {
            g.setStroke(palette.of(Colour.SELECTION));
            g.setLineWidth(3);
            g.strokeRoundRect(x - 3, y - 3, w + 6, h + 6, arc + 4, arc + 4);
        }
        if (readable) {
            words(box, at, lock);
        }
        if (lock != Lock.NONE) {
            padlock(x + w - PADLOCK / 2, y + h / 2, lock, head);
        }
    }

    /** More than one layer lies here. */
    private void stack(double x, double y, double w, double h, Lock lock) {
        g.setStroke(palette.of(lock == Lock.FROZEN ? Colour.FROZEN_EDGE : Colour.LEARNING_EDGE));
        g.setLineWidth(1);
        g.strokeRoundRect(x + 4, y + 4, w, h, ARC, ARC);
    }

    /** The stripe at the left end: hatched where frozen, full where learning, half where some of it does. */
    private void band(double x, double y, double h, Colour colour, Lock lock) {
        g.setFill(palette.of(colour));
        g.setStroke(palette.of(colour));
        if (lock == Lock.LEARNING) {
            g.fillRoundRect(x, y, BAND / 2, h, ARC / 2, ARC / 2);
            return;
        }
        g.setLineWidth(1);
        for (double d = 0; d < h + BAND; d += 5) {
            double x0 = x + Math.max(0, d - h);
            double y0 = y + Math.min(h, d);
            double x1 = x + Math.min(BAND, d);
            double y1 = y + Math.max(0, d - BAND);
            g.strokeLine(x0, y0, x1, y1);
        }
        if (lock == Lock.PARTLY) {
            g.fillRoundRect(x, y + h / 2, BAND / 2, h / 2, ARC / 2, ARC / 2);
        }
    }

    private void words(Box box, Rectangle2D at, Lock lock) {
        g.setTextBaseline(VPos.CENTER);
        if (!box.isLarge()) {
            g.setTextAlign(TextAlignment.CENTER);
            g.setFont(DETAIL);
            g.setFill(palette.of(Colour.TEXT));
            String line = box.shape().isEmpty() ? box.title() : box.title() + "   " + box.shape();
            g.fillText(fitted(line, DETAIL, at.getWidth() - 10), at.getMinX() + at.getWidth() / 2, middle(at));
            return;
        }
        double left = at.getMinX() + BAND + 8;
        double room = at.getWidth() - BAND - 8 - (lock == Lock.NONE ? 8 : PADLOCK);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(TITLE);
        g.setFill(palette.of(Colour.TEXT));
        String title = box.role() == Role.HEAD ? Texts.of("network.graph.head") : box.title();
        g.fillText(fitted(title, TITLE, room), left, at.getMinY() + 15);
        g.setFont(DETAIL);
        g.setFill(palette.of(Colour.FAINT_TEXT));
        String count = box.parameters() == 0 ? "" : Counts.rounded(box.parameters());
        double counted = count.isEmpty() ? 0 : widthOf(count, DETAIL) + 8;
        double shaped = box.shape().isEmpty() ? 0 : widthOf(box.shape(), DETAIL) + 8;
        String kind = box.kind().replace("convolution", "conv");
        g.fillText(fitted(kind, DETAIL, room - counted - shaped), left, at.getMinY() + 32);
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(box.shape(), left + room - counted, at.getMinY() + 32);
        g.fillText(count, left + room, at.getMinY() + 32);
    }

    private static double middle(Rectangle2D at) {
        return at.getMinY() + at.getHeight() / 2;
    }

    /** Names of layers differ at their ends: what does not fit is taken from the middle. */
    private String fitted(String text, Font font, double room) {
        return shortened.computeIfAbsent(text + "\0" + font.getStyle() + (int) room, key -> {
            if (widthOf(text, font) <= room) {
                return text;
            }
            for (int keep = text.length() - 1; keep > 2; keep--) {
                String shorter = text.substring(0, keep / 2) + "…" + text.substring(text.length() - (keep - keep / 2));
                if (widthOf(shorter, font) <= room) {
                    return shorter;
                }
            }
            return "…";
        });
    }

    /** The sum of the letters' widths: laying out each text as it is shortened would take longer than all the drawing. */
    private double widthOf(String words, Font font) {
        double width = 0;
        for (int i = 0; i < words.length(); i++) {
            width += letters.computeIfAbsent(font.getStyle() + words.charAt(i), key -> {
                Text text = new Text(key.substring(key.length() - 1));
                text.setFont(font);
                return text.getLayoutBounds().getWidth();
            });
        }
        return width;
    }

    /** Shut: grey, the shackle in the body. Open: coloured, the shackle swung out. The new head's is open for good. */
    private void padlock(double x, double y, Lock lock, boolean head) {
        Colour colour = head ? Colour.HEAD_EDGE : lock == Lock.FROZEN ? Colour.FROZEN_EDGE : Colour.LEARNING_EDGE;
        g.setFill(palette.of(colour));
        g.setStroke(palette.of(colour));
        g.setLineWidth(2);
        g.setLineCap(StrokeLineCap.ROUND);
        boolean shut = lock == Lock.FROZEN;
        double shackle = shut ? x : x + 7;
        g.strokeArc(shackle - 4, y - 9, 8, 9, 0, 180, javafx.scene.shape.ArcType.OPEN);
        g.strokeLine(shackle - 4, y - 4.5, shackle - 4, y - 1);
        if (shut) {
            g.strokeLine(shackle + 4, y - 4.5, shackle + 4, y - 1);
        }
        if (lock == Lock.PARTLY) {
            g.strokeRoundRect(x - 6, y - 1, 12, 9, 3, 3);
        } else {
            g.fillRoundRect(x - 7, y - 2, 14, 11, 3, 3);
        }
        g.setLineCap(StrokeLineCap.SQUARE);
    }

    private void frontier(GraphLayout layout, Marks marks, Viewport view, double width) {
        if (frontier == null || !frontier.isOf(layout, marks)) {
            frontier = FrontierLine.of(layout, marks);
        }
        List<Point2D> line = frontier.points();
        if (line.isEmpty()) {
            return;
        }
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.setStroke(palette.of(Colour.FRONTIER));
        g.setLineWidth(2);
        g.setLineDashes(8, 6);
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
        frontierWords(layout, marks, view, width, first.getY(), last.getY());
    }

    /** Beside the boxes, else between them; where neither has room the line below the graph says it alone. */
    private void frontierWords(
            GraphLayout layout, Marks marks, Viewport view, double width, double leftY, double rightY) {
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(DETAIL);
        double wide = Math.max(widthOf(marks.below(), DETAIL), widthOf(marks.learns(), DETAIL)) + 20;
        double[] near = nearby(layout, view, leftY, rightY);
        if (near[0] > wide || width - near[1] > wide) {
            boolean right = near[0] <= wide;
            double x = right ? width - wide : 10;
            double y = right ? rightY : leftY;
            label(marks.below(), x, y - 13);
            label(marks.learns(), x, y + 13);
        } else if (leftY == rightY && GraphLayout.GAP * view.scale() >= LABEL) {
            String words = marks.below() + "   " + marks.learns();
            if (widthOf(words, DETAIL) + 20 < width) {
                label(words, 10, leftY);
            }
        }
    }

    /** From where to where boxes lie at the height of the words, in pixels of the pane. */
    private static double[] nearby(GraphLayout layout, Viewport view, double leftY, double rightY) {
        double top = view.toDrawing(0, Math.min(leftY, rightY) - 2 * LABEL).getY();
        double bottom = view.toDrawing(0, Math.max(leftY, rightY) + 2 * LABEL).getY();
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        for (Rectangle2D box : layout.boxes()) {
            if (box.getMaxY() >= top && box.getMinY() <= bottom) {
                left = Math.min(left, box.getMinX());
                right = Math.max(right, box.getMaxX());
            }
        }
        return new double[] {view.toPane(left, 0).getX(), view.toPane(right, 0).getX()};
    }

    /** Text on a ground of its own, for it may lie over arrows. */
    private void label(String words, double x, double y) {
        g.setFill(palette.of(Colour.GROUND));
        g.fillRoundRect(x - 4, y - LABEL / 2, widthOf(words, DETAIL) + 8, LABEL, 6, 6);
        g.setFill(palette.of(Colour.FRONTIER));
        g.fillText(words, x, y);
    }
}
