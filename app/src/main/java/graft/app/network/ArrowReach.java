package graft.app.network;

import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/** What each arrow of a graph spans, found once: the view moves often, and most arrows are out of it. */
final class ArrowReach {
    private final GraphLayout layout;
    private final double[] left;
    private final double[] right;
    private final double[] top;
    private final double[] bottom;

    ArrowReach(GraphLayout layout) {
        this.layout = layout;
        int count = layout.arrows().size();
        left = new double[count];
        right = new double[count];
        top = new double[count];
        bottom = new double[count];
        for (int i = 0; i < count; i++) {
            List<Point2D> points = layout.arrows().get(i);
            left[i] = points.stream().mapToDouble(Point2D::getX).min().orElse(0);
            right[i] = points.stream().mapToDouble(Point2D::getX).max().orElse(0);
            top[i] = points.stream().mapToDouble(Point2D::getY).min().orElse(0);
            bottom[i] = points.stream().mapToDouble(Point2D::getY).max().orElse(0);
        }
    }

    boolean isOf(GraphLayout other) {
        return layout == other;
    }

    boolean crosses(int arrow, Rectangle2D seen) {
        return left[arrow] <= seen.getMaxX()
                && right[arrow] >= seen.getMinX()
                && top[arrow] <= seen.getMaxY()
                && bottom[arrow] >= seen.getMinY();
    }
}
