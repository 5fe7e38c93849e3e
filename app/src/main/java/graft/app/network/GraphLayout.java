package graft.app.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/**
 * Where the boxes and arrows of an outline are drawn: the input on top, everything flows down.
 *
 * @param boxes in the order of the outline
 * @param arrows in the order of the outline, from the first point to the last
 * @param simple whether it was too large to look for few crossings and short arrows
 */
record GraphLayout(
        Outline outline,
        List<Rectangle2D> boxes,
        List<List<Point2D>> arrows,
        double width,
        double height,
        boolean simple) {
    private static final double LARGE_WIDTH = 300;
    private static final double LARGE_HEIGHT = 46;
    private static final double SMALL_WIDTH = 220;
    private static final double SMALL_HEIGHT = 24;
    /** Between rows; leaves room for the frontier. */
    static final double GAP = 32;

    /** Boxes and crossed rows up to which ELK needs a fraction of a second of one core: there is no clock for these. */
    private static final long SMALL = 300;
    /** After this the user gets a simple placement of a large graph rather than none. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Takes its time: not for the FX thread. Which placement it is follows from the graph alone, and not from what else the
     * machine has to do: what was learnt to be found in one place is there the next time.
     *
     * @throws java.util.concurrent.CancellationException once {@code cancelled} says so
     */
    static GraphLayout of(Outline outline, BooleanSupplier cancelled) {
        Ranks ranks = Ranks.of(outline);
        long nodes = outline.boxes().size() + ranks.crossed();
        if (nodes > ElkPlacement.LARGEST) {
            return SimplePlacement.of(outline, ranks);
        }
        return ElkPlacement.of(outline, cancelled, patience(nodes)).orElseGet(() -> SimplePlacement.of(outline, ranks));
    }

    /** How long ELK may take for so many boxes and crossed rows; empty = as long as it needs. */
    static Optional<Duration> patience(long nodes) {
        return nodes <= SMALL ? Optional.empty() : Optional.of(PATIENCE);
    }

    /** The same places for an outline of the same boxes, of which more is known. */
    GraphLayout with(Outline known) {
        return new GraphLayout(known, boxes, arrows, width, height, simple);
    }

    static double widthOf(Outline.Box box) {
        return box.isLarge() ? LARGE_WIDTH : SMALL_WIDTH;
    }

    static double heightOf(Outline.Box box) {
        return box.isLarge() ? LARGE_HEIGHT : SMALL_HEIGHT;
    }

    /** Number of the box at a point, or −1. */
    int boxAt(Point2D point) {
        for (int i = 0; i < boxes.size(); i++) {
            if (boxes.get(i).contains(point)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Number of the nearest box beside another, or −1.
     *
     * @param direction 1 = to the right, −1 = to the left
     */
    int beside(int box, int direction) {
        Rectangle2D here = boxes.get(box);
        int best = -1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < boxes.size(); i++) {
            Rectangle2D there = boxes.get(i);
            double dx = (there.getMinX() - here.getMinX()) * direction;
            double dy = Math.abs(there.getMinY() - here.getMinY());
            if (i != box && dx > 1 && dy <= dx && dx + 2 * dy < nearest) {
                nearest = dx + 2 * dy;
                best = i;
            }
        }
        return best;
    }
}
