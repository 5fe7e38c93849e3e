package graft.app.network;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/** The mouse in the graph: clicks select, open and turn padlocks, dragging draws a marquee or moves the view. */
final class GraphMouse {
    private static final double STEP = 1.25;
    /** A hand is never quite still. */
    private static final double STILL = 4;

    private final GraphPane graph;
    private double pressedX;
    private double pressedY;
    private double lastX;
    private double lastY;
    private boolean dragged;
    private boolean moving;
    private boolean spaceDown;

    GraphMouse(GraphPane graph) {
        this.graph = graph;
    }

    void on() {
        graph.setOnScroll(this::scrolled);
        graph.setOnMousePressed(this::pressed);
        graph.setOnMouseDragged(this::dragged);
        graph.setOnMouseReleased(this::released);
        graph.setOnMouseMoved(event -> graph.setCursor(
                spaceDown
                        ? Cursor.OPEN_HAND
                        : graph.tabAt(event.getX(), event.getY()) != null ? Cursor.HAND : Cursor.DEFAULT));
        graph.addEventHandler(KeyEvent.KEY_PRESSED, event -> space(event, true));
        graph.addEventHandler(KeyEvent.KEY_RELEASED, event -> space(event, false));
        graph.focusedProperty().addListener((observable, before, focused) -> spaceDown &= focused);
    }

    private void space(KeyEvent event, boolean down) {
        if (event.getCode() == KeyCode.SPACE) {
            spaceDown = down;
            graph.setCursor(down ? Cursor.OPEN_HAND : Cursor.DEFAULT);
            event.consume();
        }
    }

    private void scrolled(ScrollEvent event) {
        if (event.isControlDown()) {
            graph.look(graph.view().zoomed(event.getDeltaY() > 0 ? STEP : 1 / STEP, event.getX(), event.getY()));
        } else {
            graph.look(graph.view().moved(event.getDeltaX(), event.getDeltaY()));
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        graph.requestFocus();
        pressedX = lastX = event.getX();
        pressedY = lastY = event.getY();
        dragged = false;
        moving = spaceDown || event.getButton() != MouseButton.PRIMARY;
    }

    private void dragged(MouseEvent event) {
        dragged |= Math.hypot(event.getX() - pressedX, event.getY() - pressedY) > STILL;
        if (!dragged) {
            return;
        }
        if (moving) {
            graph.setCursor(Cursor.CLOSED_HAND);
            graph.look(graph.view().moved(event.getX() - lastX, event.getY() - lastY));
        } else {
            graph.showMarquee(marquee(event));
        }
        lastX = event.getX();
        lastY = event.getY();
    }

    private Rectangle2D marquee(MouseEvent event) {
        return new Rectangle2D(
                Math.min(pressedX, event.getX()),
                Math.min(pressedY, event.getY()),
                Math.abs(event.getX() - pressedX),
                Math.abs(event.getY() - pressedY));
    }

    private void released(MouseEvent event) {
        if (dragged) {
            if (moving) {
                graph.setCursor(spaceDown ? Cursor.OPEN_HAND : Cursor.DEFAULT);
            } else {
                graph.showMarquee(null);
                selectIn(marquee(event), event.isShiftDown());
            }
            return;
        }
        if (graph.graph() == null || event.getButton() != MouseButton.PRIMARY || spaceDown) {
            return;
        }
        int box = graph.boxAt(event.getX(), event.getY());
        String tab = box < 0 ? graph.tabAt(event.getX(), event.getY()) : null;
        if (tab != null) {
            graph.reportClosed(tab);
        } else if (box >= 0 && graph.isOnPadlock(box, event.getX(), event.getY())) {
            graph.reportPadlock(box);
        } else if (box >= 0 && event.getClickCount() == 2) {
            graph.reportOpened(box);
        } else if (event.isShiftDown()) {
            graph.selection().extendTo(box);
        } else {
            graph.selection().select(box);
        }
    }

    /** Of boxes that the rectangle touches; with Shift, those that are selected stay so. */
    private void selectIn(Rectangle2D rectangle, boolean more) {
        if (graph.graph() == null) {
            return;
        }
        Point2D from = graph.view().toDrawing(rectangle.getMinX(), rectangle.getMinY());
        Point2D to = graph.view().toDrawing(rectangle.getMaxX(), rectangle.getMaxY());
        Rectangle2D drawn = new Rectangle2D(from.getX(), from.getY(), to.getX() - from.getX(), to.getY() - from.getY());
        List<Integer> found = new ArrayList<>(more ? graph.selection().boxes() : List.of());
        for (int i = 0; i < graph.graph().boxes().size(); i++) {
            if (drawn.intersects(graph.graph().boxes().get(i))) {
                found.add(i);
            }
        }
        graph.selection().select(found);
    }
}
