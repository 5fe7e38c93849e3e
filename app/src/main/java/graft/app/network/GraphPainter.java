package graft.app.network;

import graft.app.network.Frames.Frame;
import graft.app.network.GraphPalette.Colour;
import graft.app.network.Marks.Lock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.TextAlignment;

/** Draws a laid-out graph. Only what is seen is drawn, and text only where it can be read. */
final class GraphPainter {
    /** From this scale on words are drawn. */
    static final double READABLE = 0.38;
    /** Below this scale a small box is lower than three pixels. */
    private static final double FAR = 0.12;

    private static final double DOT = 2;

    /** What is to be seen. */
    record Scene(
            GraphLayout layout,
            Frames frames,
            Marks marks,
            Viewport view,
            Set<Integer> selected,
            Rectangle2D marquee) {}

    private final GraphicsContext g;
    private final GraphPalette palette;
    private final Lettering lettering = new Lettering();
    private final BoxPainter boxes;
    private final FrontierPainter frontier;
    private ArrowReach reaches;

    GraphPainter(GraphicsContext g, GraphPalette palette) {
        this.g = g;
        this.palette = palette;
        this.boxes = new BoxPainter(g, palette, lettering);
        this.frontier = new FrontierPainter(g, palette, lettering);
    }

    void paintNothing(double width, double height) {
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.setFill(palette.of(Colour.GROUND));
        g.fillRect(0, 0, width, height);
    }

    void paint(double width, double height, Scene scene) {
        paintNothing(width, height);
        GraphLayout layout = scene.layout;
        Viewport view = scene.view;
        if (reaches == null || !reaches.isOf(layout)) {
            reaches = new ArrowReach(layout);
            lettering.forget();
        }
        g.setTransform(view.scale(), 0, 0, view.scale(), view.x(), view.y());
        Rectangle2D seen = view.seen(width, height);
        boolean readable = view.scale() >= READABLE;
        scene.frames.frames().forEach(frame -> frame(frame, readable, layout));
        arrows(layout, seen, view);
        if (view.scale() < FAR) {
            dots(layout, scene.marks, seen, view);
        }
        for (int i = 0; view.scale() >= FAR && i < layout.boxes().size(); i++) {
            if (seen.intersects(layout.boxes().get(i))) {
                boxes.paint(
                        layout.outline().boxes().get(i),
                        layout.boxes().get(i),
                        scene.marks.locks().get(i),
                        readable,
                        scene.selected.contains(i));
            }
        }
        scene.frames.frames().forEach(frame -> tab(frame, readable, layout));
        frontier.paint(layout, scene.marks, view, width);
        marquee(scene);
    }

    private void frame(Frame frame, boolean readable, GraphLayout layout) {
        Rectangle2D at = frame.at();
        g.setFill(palette.of(Colour.FRAME));
        g.fillRoundRect(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight(), 14, 14);
        g.setStroke(palette.of(Colour.EDGE));
        g.setLineWidth(1.2);
        g.strokeRoundRect(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight(), 14, 14);
    }

    private void tab(Frame frame, boolean readable, GraphLayout layout) {
        if (!readable) {
            return;
        }
        Rectangle2D at = frame.at();
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(Lettering.DETAIL);
        g.setFill(palette.of(Colour.FAINT_TEXT));
        g.fillText(
                lettering.fitted(
                        "− " + frame.block(), Lettering.DETAIL, frame.tab().getWidth() - 16),
                at.getMinX() + 8,
                at.getMinY() + 9);
    }

    private void arrows(GraphLayout layout, Rectangle2D seen, Viewport view) {
        g.setStroke(palette.of(Colour.ARROW));
        g.setFill(palette.of(Colour.ARROW));
        g.setLineWidth(Math.max(1.3, 0.8 / view.scale()));
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
                    new double[] {tip.getX(), tip.getX() - 4.5, tip.getX() + 4.5},
                    new double[] {tip.getY(), tip.getY() - 8, tip.getY() - 8},
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
                g.setFill(palette.of(dot(marks.locks().get(i))));
                g.fillRect(at.getMinX(), at.getMinY(), Math.max(least, at.getWidth()), Math.max(least, at.getHeight()));
            }
        }
    }

    static Colour dot(Lock lock) {
        return lock == Lock.NONE ? Colour.EDGE : lock == Lock.FROZEN ? Colour.FROZEN_EDGE : Colour.LEARNING_EDGE;
    }

    private void marquee(Scene scene) {
        if (scene.marquee == null) {
            return;
        }
        Rectangle2D at = scene.marquee;
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.setFill(palette.of(Colour.SELECTION));
        g.setGlobalAlpha(0.12);
        g.fillRect(at.getMinX(), at.getMinY(), at.getWidth(), at.getHeight());
        g.setGlobalAlpha(1);
        g.setStroke(palette.of(Colour.SELECTION));
        g.setLineWidth(1);
        g.strokeRect(at.getMinX() + 0.5, at.getMinY() + 0.5, at.getWidth(), at.getHeight());
    }
}
