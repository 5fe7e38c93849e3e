package graft.app.network;

import graft.app.network.Marks.Lock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;

/**
 * The layer graph. Ctrl+wheel zooms at the pointer; the wheel, dragging with Space or the middle button and the minimap pan;
 * F fits; arrows walk along the edges; a click, a range and a marquee select; a click on a padlock reports it.
 */
public final class GraphPane extends Region {
    /** At less than half of its size a graph cannot be read. */
    /** Of its own width: in a narrower graph the map would lie on what is looked at. */
    private static final double BESIDE_MAP = 3.5;

    private static final double READING = 0.9;

    /** Above this share of full size all of a graph is shown rather than a part of it. */
    private static final double COMFORTABLE = 0.75;

    /** Smaller words would have to be guessed. */
    private static final double LEAST = 0.72;

    private static final double STEP = 1.25;
    private static final double MARGIN = 24;
    private static final double CORNER = 12;
    /** At the right end: what lies there stands over the graph. */
    static final double STRIP = Minimap.WIDTH + 2 * CORNER;

    private final Canvas canvas = new Canvas();
    private final GraphPalette palette = new GraphPalette(this::recolour);
    private final GraphPainter painter = new GraphPainter(canvas.getGraphicsContext2D(), palette);
    private final Minimap minimap = new Minimap(palette);
    private final Label letters = new Label();
    /** Around the whole pane while keys move in it. */
    private final Region focus = new Region();

    private final BoxSelection selection = new BoxSelection();
    private IntConsumer padlockClicked = box -> {};
    private IntConsumer boxOpened = box -> {};
    private Consumer<String> blockClosed = block -> {};
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown", true);
    private GraphLayout layout;
    private Frames frames;
    private Marks marks;
    private Viewport view = new Viewport(1, 0, 0);
    private Rectangle2D marquee;
    private boolean placed;
    /** What the view follows as the pane's size changes; null once the user moved it. */
    private Supplier<Viewport> fitted;

    public GraphPane() {
        getStyleClass().add("network-graph");
        setFocusTraversable(true);
        // A plain node is passed over by screen readers; of a picture they read what it shows.
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(120, 120);
        canvas.setManaged(false); // the canvas follows the pane's size; it must not decide it
        letters.setManaged(false);
        letters.setVisible(false);
        letters.fontProperty().addListener((observable, before, now) -> requestLayout());
        focus.getStyleClass().add("network-focus");
        focus.setManaged(false);
        focus.setMouseTransparent(true);
        focus.visibleProperty().bind(focusVisibleProperty());
        getChildren().addAll(canvas, palette, letters, minimap, focus);
        minimap.onMoved(middle -> look(Viewport.centredOn(middle, view.scale(), getWidth(), getHeight())));
        Rectangle clip = new Rectangle();
        clip.setArcWidth(2 * 10);
        clip.setArcHeight(2 * 10);
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        new GraphMouse(this).on();
        new GraphKeys(this).on();
        selection.boxesProperty().addListener((observable, before, now) -> requestLayout());
        shown.addListener((observable, before, now) -> requestLayout());
    }

    private void recolour() {
        minimap.repaint();
        requestLayout();
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

    /** Called with the name of an open block that is to be closed. */
    void onClose(Consumer<String> closed) {
        blockClosed = closed;
    }

    void reportPadlock(int box) {
        padlockClicked.accept(box);
    }

    void reportOpened(int box) {
        boxOpened.accept(box);
    }

    void reportClosed(String block) {
        blockClosed.accept(block);
    }

    BoxSelection selection() {
        return selection;
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
        frames = Frames.of(next);
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

    /** Shows all of it; where that is shown already, as much as can be read, from the output on. */
    void fit() {
        if (layout != null) {
            fitted = whole().equals(view) ? this::readable : this::whole;
            view = fitted.get();
            requestLayout();
        }
    }

    /** What of the width the graph may take: the tools and the minimap at the right cover none of it. */
    private double room() {
        boolean intrudes = layout.width() * textSize() > getWidth() - 2 * STRIP;
        return getWidth() - (intrudes ? STRIP : 0);
    }

    private Viewport whole() {
        return Viewport.fitting(room(), getHeight(), layout.width(), layout.height(), MARGIN, textSize());
    }

    /** How large texts are, as a multiple of the usual size: the graph's follow those around it. */
    private double textSize() {
        return letters.getFont().getSize() / Font.getDefault().getSize();
    }

    /** All of it where that can be read, else as wide as can be, with its lower end, where the head and the frontier are. */
    private Viewport readable() {
        Viewport whole = whole();
        if (whole.scale() >= READING * textSize() * COMFORTABLE) {
            return whole;
        }
        double across = (room() - 2 * MARGIN) / layout.width();
        double least = LEAST * textSize();
        double scale = Math.max(least, Math.min(textSize(), across));
        double x = across >= least ? layout.width() / 2 : middleOfLast();
        double y = layout.height() - (getHeight() / 2 - MARGIN) / scale;
        return Viewport.centredOn(new Point2D(x, y), scale, room(), getHeight());
    }

    void zoomIn() {
        look(view.zoomed(STEP, getWidth() / 2, getHeight() / 2));
    }

    void zoomOut() {
        look(view.zoomed(1 / STEP, getWidth() / 2, getHeight() / 2));
    }

    Viewport view() {
        return view;
    }

    void look(Viewport next) {
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
        focus.resizeRelocate(0, 0, getWidth(), getHeight());
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
        if (layout == null) {
            minimap.setVisible(false);
            painter.paintNothing(getWidth(), getHeight());
            return;
        }
        minimap.relocate(getWidth() - Minimap.WIDTH - CORNER, getHeight() - Minimap.HEIGHT - CORNER);
        minimap.show(layout, marks, view.seen(getWidth(), getHeight()), getWidth() > BESIDE_MAP * Minimap.WIDTH);
        painter.paint(
                getWidth(),
                getHeight(),
                new GraphPainter.Scene(layout, frames, marks, view, selection.boxes(), marquee));
    }

    /** Shows the rectangle that is being drawn to select what lies in it; null = none. */
    void showMarquee(Rectangle2D rectangle) {
        marquee = rectangle;
        requestLayout();
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
                Point2D corner = view.toPane(at.getMaxX() - BoxPainter.PADLOCK, at.getMinY());
                return Optional.of(new BoundingBox(
                        corner.getX(),
                        corner.getY(),
                        BoxPainter.PADLOCK * view.scale(),
                        at.getHeight() * view.scale()));
            }
        }
        return Optional.empty();
    }

    /** Number of the box at a point of this pane, or −1. */
    int boxAt(double x, double y) {
        return layout == null ? -1 : layout.boxAt(view.toDrawing(x, y));
    }

    boolean isOnPadlock(int box, double x, double y) {
        return marks.locks().get(box) != Lock.NONE
                && view.toDrawing(x, y).getX() >= layout.boxes().get(box).getMaxX() - BoxPainter.PADLOCK;
    }

    /** The open block whose tab is at a point of this pane; null where none is. */
    String tabAt(double x, double y) {
        return frames == null || view.scale() < GraphPainter.READABLE ? null : frames.tabAt(view.toDrawing(x, y));
    }

    /** Moves the view so that a box is seen, and selects it. */
    void reveal(int box) {
        selection.select(box);
        bringIntoView(box);
    }

    void bringIntoView(int box) {
        Rectangle2D at = layout.boxes().get(box);
        Rectangle2D seen = view.seen(getWidth(), getHeight());
        if (!seen.contains(at) || view.scale() < READING / 2) {
            Point2D middle = new Point2D(at.getMinX() + at.getWidth() / 2, at.getMinY() + at.getHeight() / 2);
            look(Viewport.centredOn(
                    middle, view.scale() < READING / 2 ? READING : view.scale(), getWidth(), getHeight()));
        }
    }
}
