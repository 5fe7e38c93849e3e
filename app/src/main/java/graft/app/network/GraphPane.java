package graft.app.network;

import graft.app.network.Marks.Lock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/**
 * The layer graph. Ctrl+wheel zooms at the pointer, wheel and dragging pan, F fits, arrows walk along the edges, a click
 * selects, a click on a padlock reports it.
 */
public final class GraphPane extends Region {
    private static final double READING = 0.9;
    private static final double STEP = 1.25;
    private static final double MARGIN = 24;
    private static final double STILL = 4;

    private final Canvas canvas = new Canvas();
    private final GraphPalette palette = new GraphPalette(this::requestLayout);
    private final GraphPainter painter = new GraphPainter(canvas.getGraphicsContext2D(), palette);
    private final BoxSelection selection = new BoxSelection();
    private IntConsumer padlockClicked = box -> {};
    private IntConsumer boxOpened = box -> {};
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown", true);
    private GraphLayout layout;
    private Marks marks;
    private Viewport view = new Viewport(1, 0, 0);
    private boolean placed;
    /** What the view follows as the pane's size changes; null once the user moved it. */
    private Supplier<Viewport> fitted;

    private double pressedX;
    private double pressedY;
    private double lastX;
    private double lastY;
    private boolean dragged;

    public GraphPane() {
        getStyleClass().add("network-graph");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.NODE);
        setMinSize(120, 120);
        canvas.setManaged(false); // the canvas follows the pane's size; it must not decide it
        getChildren().addAll(canvas, palette);
        Rectangle clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        setOnScroll(this::scrolled);
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseReleased(this::released);
        setOnKeyPressed(this::keyPressed);
        selection.boxesProperty().addListener((observable, before, now) -> requestLayout());
        shown.addListener((observable, before, now) -> requestLayout());
    }

    /** Whether it can be seen at all: what cannot is not drawn. */
    BooleanProperty shownProperty() {
        return shown;
    }

    void onPadlock(IntConsumer clicked) {
        padlockClicked = clicked;
    }

    /** Called with the number of a box that was double-clicked, or entered by key. */
    void onOpen(IntConsumer opened) {
        boxOpened = opened;
    }

    /** Numbers of the selected boxes, in graph order. */
    ReadOnlyObjectProperty<Set<Integer>> selectionProperty() {
        return selection.boxesProperty();
    }

    GraphLayout graph() {
        return layout;
    }

    /** Shows another network's graph. */
    void open(GraphLayout next, Marks nextMarks) {
        selection.clear();
        put(next, nextMarks);
        placed = false;
    }

    /** Shows the same network in another grade of detail; what was selected is selected again. */
    void regroup(GraphLayout next, Marks nextMarks) {
        put(next, nextMarks);
        placed = false;
    }

    /** Shows the same network after parts of it changed; what stays, stays where it is seen. */
    void refine(GraphLayout next, Marks nextMarks) {
        Rectangle2D seen = view.seen(getWidth(), getHeight());
        for (int i = 0; i < layout.boxes().size(); i++) {
            int same = next.outline().indexOf(layout.outline().boxes().get(i).key());
            Rectangle2D before = layout.boxes().get(i);
            if (same >= 0 && seen.intersects(before)) {
                Rectangle2D now = next.boxes().get(same);
                view = view.moved(
                        (before.getMinX() - now.getMinX()) * view.scale(),
                        (before.getMinY() - now.getMinY()) * view.scale());
                break;
            }
        }
        put(next, nextMarks);
    }

    private void put(GraphLayout next, Marks nextMarks) {
        GraphLayout before = layout;
        layout = next;
        marks = nextMarks;
        selection.move(before, next);
        requestLayout();
    }

    /** Shows nothing, and selects nothing. */
    void clear() {
        layout = null;
        selection.clear();
        requestLayout();
    }

    /** Shows that padlocks changed; nothing moves. */
    void mark(Marks next) {
        marks = next;
        requestLayout();
    }

    // --- the view

    double scale() {
        return view.scale();
    }

    /** Shows as much as can be read, from the output on; all of it where that is shown already. */
    void fit() {
        if (layout != null) {
            Viewport readable = readable();
            fitted = readable.equals(view) ? this::whole : this::readable;
            view = fitted.get();
            requestLayout();
        }
    }

    private Viewport whole() {
        return Viewport.fitting(getWidth(), getHeight(), layout.width(), layout.height(), MARGIN);
    }

    /** All of it where that can be read, else its lower end, where the head and the frontier are. */
    private Viewport readable() {
        Viewport whole = whole();
        if (whole.scale() >= READING / 2) {
            return whole;
        }
        double across = (getWidth() - 2 * MARGIN) / layout.width();
        double scale = Math.max(READING / 2, Math.min(1, across));
        double x = across >= READING / 2 ? layout.width() / 2 : middleOfLast();
        double y = layout.height() - (getHeight() / 2 - MARGIN) / scale;
        return Viewport.centredOn(new Point2D(x, y), scale, getWidth(), getHeight());
    }

    void zoomIn() {
        look(view.zoomed(STEP, getWidth() / 2, getHeight() / 2));
    }

    void zoomOut() {
        look(view.zoomed(1 / STEP, getWidth() / 2, getHeight() / 2));
    }

    private void look(Viewport next) {
        view = next;
        fitted = null;
        requestLayout();
    }

    private double middleOfLast() {
        Rectangle2D last = layout.boxes().get(layout.boxes().size() - 1);
        return last.getMinX() + last.getWidth() / 2;
    }

    @Override
    protected void layoutChildren() {
        if (!shown.get()) {
            return;
        }
        double wider = getWidth() - canvas.getWidth();
        double higher = getHeight() - canvas.getHeight();
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        if (layout != null && getWidth() > 0 && getHeight() > 0) {
            if (!placed) {
                placed = true;
                fitted = this::readable;
                view = readable();
                selection.boxes().stream().findFirst().ifPresent(this::bringIntoView);
            } else if (wider != 0 || higher != 0) {
                // What is in the middle stays there.
                view = fitted == null ? view.moved(wider / 2, higher / 2) : fitted.get();
            }
        }
        painter.paint(getWidth(), getHeight(), view, layout, marks, selection.boxes());
    }

    // --- where things are

    /** The padlock of the layer of this name, in coordinates of this pane; empty where it has none. */
    public Optional<Bounds> padlockBounds(String layer) {
        if (layout == null) {
            return Optional.empty();
        }
        for (int i = 0; i < layout.boxes().size(); i++) {
            Outline.Box box = layout.outline().boxes().get(i);
            if (box.title().equals(layer) && marks.locks().get(i) != Lock.NONE) {
                Rectangle2D at = layout.boxes().get(i);
                Point2D corner = view.toPane(at.getMaxX() - GraphPainter.PADLOCK, at.getMinY());
                return Optional.of(new BoundingBox(
                        corner.getX(),
                        corner.getY(),
                        GraphPainter.PADLOCK * view.scale(),
                        at.getHeight() * view.scale()));
            }
        }
        return Optional.empty();
    }

    /** Number of the box at a point of this pane, or −1. */
    private int boxAt(double x, double y) {
        return layout == null ? -1 : layout.boxAt(view.toDrawing(x, y));
    }

    private boolean isOnPadlock(int box, double x, double y) {
        return marks.locks().get(box) != Lock.NONE
                && view.toDrawing(x, y).getX() >= layout.boxes().get(box).getMaxX() - GraphPainter.PADLOCK;
    }

    /** Moves the view so that a box is seen, and selects it. */
    void reveal(int box) {
        selection.select(box);
        bringIntoView(box);
    }

    private void bringIntoView(int box) {
        Rectangle2D at = layout.boxes().get(box);
        Rectangle2D seen = view.seen(getWidth(), getHeight());
        if (!seen.contains(at) || view.scale() < READING / 2) {
            Point2D middle = new Point2D(at.getMinX() + at.getWidth() / 2, at.getMinY() + at.getHeight() / 2);
            look(Viewport.centredOn(
                    middle, view.scale() < READING / 2 ? READING : view.scale(), getWidth(), getHeight()));
        }
    }

    // --- mouse

    private void scrolled(ScrollEvent event) {
        if (event.isControlDown()) {
            look(view.zoomed(event.getDeltaY() > 0 ? STEP : 1 / STEP, event.getX(), event.getY()));
        } else {
            look(view.moved(event.getDeltaX(), event.getDeltaY()));
        }
        event.consume();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        pressedX = lastX = event.getX();
        pressedY = lastY = event.getY();
        dragged = false;
    }

    private void dragged(MouseEvent event) {
        dragged |= Math.hypot(event.getX() - pressedX, event.getY() - pressedY) > STILL;
        if (dragged) {
            look(view.moved(event.getX() - lastX, event.getY() - lastY));
            lastX = event.getX();
            lastY = event.getY();
        }
    }

    private void released(MouseEvent event) {
        if (dragged || layout == null || event.getButton() != MouseButton.PRIMARY) {
            return;
        }
        int box = boxAt(event.getX(), event.getY());
        if (box >= 0 && isOnPadlock(box, event.getX(), event.getY())) {
            padlockClicked.accept(box);
        } else if (box >= 0 && event.getClickCount() == 2) {
            boxOpened.accept(box);
        } else {
            if (event.isShiftDown()) {
                selection.extendTo(box);
            } else {
                selection.select(box);
            }
        }
    }

    // --- keys

    private void keyPressed(KeyEvent event) {
        boolean done = !event.isShortcutDown() && !event.isAltDown() && layout != null;
        if (done) {
            switch (event.getCode()) {
                case F -> fit();
                case PLUS, ADD, EQUALS -> zoomIn();
                case MINUS, SUBTRACT -> zoomOut();
                case DOWN -> walk(true, event.isShiftDown());
                case UP -> walk(false, event.isShiftDown());
                case RIGHT -> sideways(1);
                case LEFT -> sideways(-1);
                case HOME -> reveal(0);
                case END -> reveal(layout.boxes().size() - 1);
                case ESCAPE -> selection.clear();
                case ENTER -> selection.boxes().stream().findFirst().ifPresent(boxOpened::accept);
                default -> done = false;
            }
        }
        if (done) {
            event.consume();
        }
    }

    /** Along an arrow, down the drawing or up; from nothing, to the first box or the last. */
    private void walk(boolean down, boolean range) {
        int from = selection.end();
        if (from < 0) {
            reveal(down ? 0 : layout.boxes().size() - 1);
            return;
        }
        List<Integer> next =
                down ? layout.outline().above(from) : layout.outline().below(from);
        if (!next.isEmpty() && range) {
            selection.extendTo(next.get(0));
            bringIntoView(next.get(0));
        } else if (!next.isEmpty()) {
            reveal(next.get(0));
        }
    }

    /** To the nearest box beside this one. */
    private void sideways(int direction) {
        int from = selection.end();
        if (from < 0) {
            return;
        }
        int best = layout.beside(from, direction);
        if (best >= 0) {
            reveal(best);
        }
    }
}
