package graft.app.network;

import graft.app.controls.Counts;
import graft.app.network.GraphPalette.Colour;
import graft.app.network.Marks.Lock;
import graft.app.network.Outline.Box;
import graft.app.network.Outline.Role;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.TextAlignment;

/** Draws one box of the graph: what learns is green with a full edge, what is frozen grey with a hatched one. */
final class BoxPainter {
    /** Space for the padlock at the right end of a box. */
    static final double PADLOCK = 34;

    private static final double EDGE = 7;
    private static final double HATCH = 4;
    private static final double ARC = 10;

    private final GraphicsContext g;
    private final GraphPalette palette;
    private final Lettering lettering;

    BoxPainter(GraphicsContext g, GraphPalette palette, Lettering lettering) {
        this.g = g;
        this.palette = palette;
        this.lettering = lettering;
    }

    /** @param readable whether words and hatching are large enough to be seen */
    void paint(Box box, Rectangle2D at, Lock lock, boolean readable, boolean selected) {
        double x = at.getMinX();
        double y = at.getMinY();
        double w = at.getWidth();
        double h = at.getHeight();
        boolean head = box.role() == Role.HEAD;
        boolean end = box.role() == Role.INPUT || box.role() == Role.OUTPUT;
        double arc = end ? h : ARC;
        Colour outline = outline(box, lock);
        if (box.role() == Role.BLOCK) {
            sheet(x + 5, y + 5, w - 5, h, outline, arc);
        }
        g.setFill(palette.of(head ? Colour.HEAD : end ? Colour.GROUND : Colour.BOX));
        g.fillRoundRect(x, y, w, h, arc, arc);
        if (lock != Lock.NONE) {
            edge(x, y, h, lock, head, readable);
        }
        boolean strong = outline != Colour.EDGE;
        g.setLineWidth(selected ? 2.5 : strong ? 1.6 : 1.2);
        g.setStroke(palette.of(selected ? Colour.SELECTION : outline));
        g.strokeRoundRect(x, y, w, h, arc, arc);
        if (selected) {
            g.setGlobalAlpha(0.25);
            g.setLineWidth(4);
            g.strokeRoundRect(x - 3, y - 3, w + 6, h + 6, arc + 6, arc + 6);
            g.setGlobalAlpha(1);
        }
        if (readable) {
            words(box, at, lock);
        }
        if (lock != Lock.NONE) {
            padlock(x + w - PADLOCK / 2 - 2, y + h / 2 - 2, lock);
        }
    }

    private static Colour outline(Box box, Lock lock) {
        if (box.missing()) {
            return Colour.MISSING_EDGE;
        }
        return lock == Lock.LEARNING || lock == Lock.PARTLY ? Colour.LEARNING_EDGE : Colour.EDGE;
    }

    /** More than one layer lies here. */
    private void sheet(double x, double y, double w, double h, Colour outline, double arc) {
        g.setFill(palette.of(Colour.BOX));
        g.fillRoundRect(x, y, w, h, arc, arc);
        g.setStroke(palette.of(outline));
        g.setLineWidth(1);
        g.strokeRoundRect(x, y, w, h, arc, arc);
    }

    /** The left edge: hatched where frozen, full where learning, half of each where some of it does. */
    private void edge(double x, double y, double h, Lock lock, boolean head, boolean readable) {
        double learns = lock == Lock.LEARNING ? h : lock == Lock.PARTLY ? h / 2 : 0;
        if (learns < h) {
            g.setFill(palette.of(Colour.FROZEN_EDGE));
            g.fillRoundRect(x, y, EDGE, h, ARC / 2, ARC / 2);
            if (readable) {
                hatch(x, y, h);
            }
        }
        if (learns > 0) {
            g.setFill(palette.of(head ? Colour.HEAD_EDGE : Colour.LEARNING_EDGE));
            g.fillRoundRect(x, y + h - learns, EDGE, learns, ARC / 2, ARC / 2);
        }
    }

    private void hatch(double x, double y, double h) {
        g.setStroke(palette.of(Colour.BOX));
        g.setLineWidth(1.2);
        for (double d = HATCH; d < h + EDGE; d += HATCH + 1) {
            g.strokeLine(x + Math.max(0, d - h), y + Math.min(h, d), x + Math.min(EDGE, d), y + Math.max(0, d - EDGE));
        }
    }

    private void words(Box box, Rectangle2D at, Lock lock) {
        g.setTextBaseline(VPos.CENTER);
        if (!box.isLarge()) {
            small(box, at);
            return;
        }
        double left = at.getMinX() + EDGE + 10;
        double room = at.getWidth() - EDGE - 10 - (lock == Lock.NONE ? 10 : PADLOCK + 2);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFont(Lettering.TITLE);
        g.setFill(palette.of(Colour.TEXT));
        String title = box.role() == Role.HEAD ? Texts.of("network.graph.head") : box.title();
        g.fillText(lettering.fitted(title, Lettering.TITLE, room), left, at.getMinY() + 15);
        g.setFont(Lettering.DETAIL);
        g.setFill(palette.of(Colour.FAINT_TEXT));
        String numbers = numbers(box);
        double taken = numbers.isEmpty() ? 0 : lettering.widthOf(numbers, Lettering.DETAIL) + 10;
        String kind = lettering.fitted(box.kind().replace("convolution", "conv"), Lettering.DETAIL, room - taken);
        g.fillText(kind, left, at.getMinY() + 32);
        g.setTextAlign(TextAlignment.RIGHT);
        g.fillText(numbers, left + room, at.getMinY() + 32);
    }

    private void small(Box box, Rectangle2D at) {
        boolean end = box.role() == Role.INPUT || box.role() == Role.OUTPUT;
        g.setTextAlign(TextAlignment.CENTER);
        g.setFont(Lettering.DETAIL);
        g.setFill(palette.of(end ? Colour.TEXT : Colour.FAINT_TEXT));
        String line = box.shape().isEmpty() ? box.title() : box.title() + "   " + box.shape();
        g.fillText(
                lettering.fitted(line, Lettering.DETAIL, at.getWidth() - 10),
                at.getMinX() + at.getWidth() / 2,
                at.getMinY() + at.getHeight() / 2);
    }

    /** "112×7×7 · 0.3 M". */
    private static String numbers(Box box) {
        String count = box.parameters() == 0 ? "" : Counts.rounded(box.parameters());
        return box.shape().isEmpty() || count.isEmpty() ? box.shape() + count : box.shape() + " · " + count;
    }

    /** Shut: grey, the shackle in the body. Open: green, the shackle swung out. */
    private void padlock(double x, double y, Lock lock) {
        Colour colour = lock == Lock.FROZEN ? Colour.FROZEN_EDGE : Colour.LEARNING_EDGE;
        g.setFill(palette.of(colour));
        g.setStroke(palette.of(colour));
        g.setLineWidth(1.7);
        g.setLineCap(StrokeLineCap.ROUND);
        boolean shut = lock == Lock.FROZEN;
        double shackle = shut ? x : x + 6;
        g.strokeArc(shackle - 3.5, y - 7, 7, 8, 0, 180, ArcType.OPEN);
        g.strokeLine(shackle - 3.5, y - 3, shackle - 3.5, y);
        if (shut) {
            g.strokeLine(shackle + 3.5, y - 3, shackle + 3.5, y);
        }
        g.strokeRoundRect(x - 6, y, 12, 9, 3, 3);
        if (lock == Lock.PARTLY) {
            g.fillRect(x - 6, y + 4.5, 12, 4.5);
        }
        g.setLineCap(StrokeLineCap.SQUARE);
    }
}
