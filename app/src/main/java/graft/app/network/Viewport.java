package graft.app.network;

import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/**
 * The part of a drawing that is seen: a point of the drawing p appears at p · scale + offset.
 *
 * @param scale pixels per unit of the drawing
 */
record Viewport(double scale, double x, double y) {
    private static final double SMALLEST = 0.02;
    private static final double LARGEST = 4;

    /** The whole drawing, no larger than {@code largest}. */
    static Viewport fitting(
            double width, double height, double drawingWidth, double drawingHeight, double margin, double largest) {
        double scale =
                Math.min(largest, Math.min((width - 2 * margin) / drawingWidth, (height - 2 * margin) / drawingHeight));
        double clamped = Math.max(SMALLEST, scale);
        return new Viewport(clamped, (width - drawingWidth * clamped) / 2, (height - drawingHeight * clamped) / 2);
    }

    /** As large as given, with a point of the drawing in the middle of the pane. */
    static Viewport centredOn(Point2D point, double scale, double width, double height) {
        return new Viewport(scale, width / 2 - point.getX() * scale, height / 2 - point.getY() * scale);
    }

    /** Larger or smaller by {@code factor}; the point of the pane stays where it is. */
    Viewport zoomed(double factor, double atX, double atY) {
        double next = Math.max(SMALLEST, Math.min(LARGEST, scale * factor));
        double real = next / scale;
        return new Viewport(next, atX - real * (atX - x), atY - real * (atY - y));
    }

    Viewport moved(double dx, double dy) {
        return new Viewport(scale, x + dx, y + dy);
    }

    /** A point of the pane as a point of the drawing. */
    Point2D toDrawing(double paneX, double paneY) {
        return new Point2D((paneX - x) / scale, (paneY - y) / scale);
    }

    Point2D toPane(double drawingX, double drawingY) {
        return new Point2D(drawingX * scale + x, drawingY * scale + y);
    }

    /** What of the drawing is seen in a pane of this size. */
    Rectangle2D seen(double width, double height) {
        return new Rectangle2D(-x / scale, -y / scale, width / scale, height / scale);
    }
}
