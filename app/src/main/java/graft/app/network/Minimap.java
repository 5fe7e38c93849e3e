package graft.app.network;

import graft.app.network.GraphPalette.Colour;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * The whole graph in a corner, with a frame around what is seen of it; a click or a drag in it moves there. Long graphs are
 * drawn wider than they are: a thread could not be hit.
 */
final class Minimap extends Region {
    static final double WIDTH = 96;
    static final double HEIGHT = 150;
    private static final double MARGIN = 7;

    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    private final Rectangle seen = new Rectangle();
    private final GraphPalette palette;
    private GraphLayout layout;
    private Marks marks;
    private Consumer<Point2D> moved = point -> {};

    Minimap(GraphPalette palette) {
        this.palette = palette;
        getStyleClass().add("network-minimap");
        setManaged(false);
        setVisible(false);
        setCursor(Cursor.HAND);
        resize(WIDTH, HEIGHT);
        seen.getStyleClass().add("network-minimap-seen");
        seen.setManaged(false);
        canvas.setManaged(false);
        getChildren().addAll(canvas, seen);
        setOnMousePressed(this::go);
        setOnMouseDragged(this::go);
        setOnMouseReleased(MouseEvent::consume);
    }

    /** Called with the point of the drawing that is to be in the middle. */
    void onMoved(Consumer<Point2D> middle) {
        moved = middle;
    }

    private void go(MouseEvent event) {
        if (layout != null) {
            moved.accept(new Point2D(
                    (event.getX() - MARGIN) / acrossScale(layout), (event.getY() - MARGIN) / downScale(layout)));
        }
        event.consume();
    }

    private static double acrossScale(GraphLayout layout) {
        double across = (WIDTH - 2 * MARGIN) / Math.max(1, layout.width());
        return Math.min(across, Math.max(6 * downScale(layout), 0.05));
    }

    private static double downScale(GraphLayout layout) {
        return (HEIGHT - 2 * MARGIN) / Math.max(1, layout.height());
    }

    /**
     * Draws the graph where it is another or its padlocks turned; the frame moves each time.
     *
     * @param room whether there is enough of it beside the map
     */
    void show(GraphLayout now, Marks nowMarks, Rectangle2D view, boolean room) {
        boolean needed = !view.contains(new Rectangle2D(0, 0, now.width(), now.height())) && room;
        setVisible(needed);
        if (!needed) {
            return;
        }
        if (now != layout || nowMarks != marks) {
            layout = now;
            marks = nowMarks;
            paint();
        }
        double sx = acrossScale(now);
        double sy = downScale(now);
        double left = clamp(MARGIN + view.getMinX() * sx, WIDTH);
        double right = clamp(MARGIN + view.getMaxX() * sx, WIDTH);
        double top = clamp(MARGIN + view.getMinY() * sy, HEIGHT);
        double bottom = clamp(MARGIN + view.getMaxY() * sy, HEIGHT);
        seen.setX(left);
        seen.setWidth(Math.max(4, right - left));
        seen.setY(top);
        seen.setHeight(Math.max(4, bottom - top));
    }

    /** The theme changed. */
    void repaint() {
        if (layout != null) {
            paint();
        }
    }

    private static double clamp(double value, double most) {
        return Math.max(2, Math.min(most - 2, value));
    }

    private void paint() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, WIDTH, HEIGHT);
        double sx = acrossScale(layout);
        double sy = downScale(layout);
        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < layout.boxes().size(); i++) {
            Rectangle2D box = layout.boxes().get(i);
            double x = MARGIN + box.getMinX() * sx;
            double y = MARGIN + box.getMinY() * sy;
            if (taken.add((long) x << 32 | (long) y)) {
                g.setFill(palette.of(
                        marks.locks().get(i) == Marks.Lock.NONE
                                ? Colour.ARROW
                                : GraphPainter.dot(marks.locks().get(i))));
                g.fillRect(x, y, Math.max(2, box.getWidth() * sx), Math.max(1, box.getHeight() * sy));
            }
        }
    }
}
