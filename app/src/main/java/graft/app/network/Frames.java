package graft.app.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/** The frames around what stands in open blocks; each has a tab with the block's name, by which it is closed. */
record Frames(List<Frame> frames) {
    private static final double SIDE = 14;
    private static final double TAB = 16;
    private static final double APART = 6;
    private static final double TAB_WIDTH = 200;

    /** @param depth 0 for the outermost */
    record Frame(String block, int depth, Rectangle2D at) {
        Rectangle2D tab() {
            return new Rectangle2D(at.getMinX(), at.getMinY(), Math.min(TAB_WIDTH, at.getWidth()), TAB);
        }
    }

    /** The outermost first. */
    static Frames of(GraphLayout layout) {
        Map<String, Rectangle2D> around = new LinkedHashMap<>();
        Map<String, Integer> depths = new LinkedHashMap<>();
        Map<String, Integer> deepest = new LinkedHashMap<>();
        for (int i = 0; i < layout.boxes().size(); i++) {
            List<String> inside = layout.outline().boxes().get(i).inside();
            for (int depth = 0; depth < inside.size(); depth++) {
                around.merge(inside.get(depth), layout.boxes().get(i), Frames::union);
                depths.put(inside.get(depth), depth);
                deepest.merge(inside.get(depth), inside.size() - 1 - depth, Math::max);
            }
        }
        List<Frame> out = new ArrayList<>();
        around.forEach((block, box) -> {
            double more = APART * deepest.get(block);
            double top = TAB + more * 2;
            out.add(new Frame(
                    block,
                    depths.get(block),
                    new Rectangle2D(
                            box.getMinX() - SIDE - more * 2,
                            box.getMinY() - top,
                            box.getWidth() + 2 * (SIDE + more * 2),
                            box.getHeight() + top + APART + more)));
        });
        out.sort((a, b) -> Integer.compare(a.depth(), b.depth()));
        return new Frames(List.copyOf(out));
    }

    private static Rectangle2D union(Rectangle2D a, Rectangle2D b) {
        double left = Math.min(a.getMinX(), b.getMinX());
        double top = Math.min(a.getMinY(), b.getMinY());
        return new Rectangle2D(
                left, top, Math.max(a.getMaxX(), b.getMaxX()) - left, Math.max(a.getMaxY(), b.getMaxY()) - top);
    }

    /** The block whose tab is at a point of the drawing; null where none is. */
    String tabAt(Point2D point) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (frames.get(i).tab().contains(point)) {
                return frames.get(i).block();
            }
        }
        return null;
    }
}
