package graft.app.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/**
 * The line between what no gradient reaches and what is trained, as drawn across the graph.
 *
 * @param points from left to right; empty where everything learns, or nothing does
 */
record FrontierLine(GraphLayout layout, Marks marks, List<Point2D> points) {
    private static final double OVERHANG = 60;

    static FrontierLine of(GraphLayout layout, Marks marks) {
        return new FrontierLine(layout, marks, line(layout, marks));
    }

    boolean isOf(GraphLayout other, Marks otherMarks) {
        return layout == other && marks == otherMarks;
    }

    private static List<Point2D> line(GraphLayout layout, Marks marks) {
        if (!marks.hasFrontier()) {
            return List.of();
        }
        double lastFrozen = 0;
        double firstAbove = layout.height();
        for (int i = 0; i < layout.boxes().size(); i++) {
            Rectangle2D box = layout.boxes().get(i);
            if (marks.above().get(i)) {
                firstAbove = Math.min(firstAbove, box.getMinY());
            } else {
                lastFrozen = Math.max(lastFrozen, box.getMaxY());
            }
        }
        if (lastFrozen <= firstAbove) {
            double y = (lastFrozen + firstAbove) / 2;
            return List.of(new Point2D(-OVERHANG, y), new Point2D(layout.width() + OVERHANG, y));
        }
        return stepped(layout, marks);
    }

    /** Branches side by side are at different depths: the line goes over the first box of each. */
    private static List<Point2D> stepped(GraphLayout layout, Marks marks) {
        Set<Rectangle2D> found = new LinkedHashSet<>();
        for (Outline.Arrow arrow : layout.outline().arrows()) {
            Rectangle2D box = layout.boxes().get(arrow.to());
            if (marks.above().get(arrow.to()) && !marks.above().get(arrow.from())) {
                found.add(box);
            }
        }
        List<Rectangle2D> entries = new ArrayList<>(found);
        entries.sort(Comparator.comparingDouble(Rectangle2D::getMinX));
        List<Point2D> out = new ArrayList<>();
        double x = -OVERHANG;
        for (int i = 0; i < entries.size(); i++) {
            double y = entries.get(i).getMinY() - GraphLayout.GAP / 2;
            out.add(new Point2D(x, y));
            x = i + 1 < entries.size() ? between(entries.get(i), entries.get(i + 1)) : layout.width() + OVERHANG;
            out.add(new Point2D(x, y));
        }
        return out;
    }

    /** Where the line steps from one box to the next: beside the upper one, so that it crosses neither it nor what follows. */
    private static double between(Rectangle2D left, Rectangle2D right) {
        return right.getMinY() < left.getMinY()
                ? right.getMinX() - GraphLayout.GAP / 2
                : left.getMaxX() + GraphLayout.GAP / 2;
    }
}
