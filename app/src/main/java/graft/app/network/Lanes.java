package graft.app.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/** The ways of arrows between rows of boxes: straight to the next row, else down a lane right of all rows they pass. */
final class Lanes {
    private static final double FIRST = 14;
    private static final double APART = 8;
    /** More would lead arrows far away from what they join; they share lanes then. */
    private static final int MOST = 24;

    private final Ranks ranks;
    private final List<Rectangle2D> boxes;
    private final double[] bottom;
    private final double[] top;
    private final FarthestRight right;

    /**
     * @param bottom of each row
     * @param top of each row
     */
    Lanes(Ranks ranks, List<Rectangle2D> boxes, double[] bottom, double[] top) {
        this.ranks = ranks;
        this.boxes = boxes;
        this.bottom = bottom;
        this.top = top;
        double[] rights = new double[bottom.length];
        java.util.Arrays.fill(rights, Double.NEGATIVE_INFINITY);
        for (int box = 0; box < boxes.size(); box++) {
            int row = ranks.of()[box];
            rights[row] = Math.max(rights[row], boxes.get(box).getMaxX());
        }
        this.right = new FarthestRight(rights);
    }

    /** In the order of {@code arrows}. */
    List<List<Point2D>> routes(List<Outline.Arrow> arrows) {
        int[] lane = assigned(arrows);
        List<List<Point2D>> out = new ArrayList<>(arrows.size());
        for (int i = 0; i < lane.length; i++) {
            out.add(route(arrows.get(i), lane[i]));
        }
        return out;
    }

    /** −1 for arrows that pass no row. Arrows beside the same rows get different lanes, as far as there are enough. */
    private int[] assigned(List<Outline.Arrow> arrows) {
        int[] lane = new int[arrows.size()];
        java.util.Arrays.fill(lane, -1);
        List<Integer> longOnes = new ArrayList<>();
        for (int i = 0; i < lane.length; i++) {
            if (end(arrows.get(i)) - start(arrows.get(i)) > 1) {
                longOnes.add(i);
            }
        }
        longOnes.sort(Comparator.comparingInt(i -> start(arrows.get(i))));
        record Used(int until, int lane) {}
        PriorityQueue<Used> used = new PriorityQueue<>(Comparator.comparingInt(Used::until));
        PriorityQueue<Integer> free = new PriorityQueue<>();
        int opened = 0;
        for (int i : longOnes) {
            while (!used.isEmpty() && used.peek().until() <= start(arrows.get(i))) {
                free.add(used.poll().lane());
            }
            lane[i] = free.isEmpty() ? opened++ : free.poll();
            used.add(new Used(end(arrows.get(i)), lane[i]));
        }
        return lane;
    }

    private int start(Outline.Arrow arrow) {
        return ranks.of()[arrow.from()];
    }

    private int end(Outline.Arrow arrow) {
        return ranks.of()[arrow.to()];
    }

    private List<Point2D> route(Outline.Arrow arrow, int lane) {
        Rectangle2D from = boxes.get(arrow.from());
        Rectangle2D to = boxes.get(arrow.to());
        double x0 = from.getMinX() + from.getWidth() / 2;
        double x1 = to.getMinX() + to.getWidth() / 2;
        Point2D first = new Point2D(x0, from.getMaxY());
        Point2D last = new Point2D(x1, to.getMinY());
        int start = start(arrow);
        int end = end(arrow);
        if (lane < 0 && end == start + 1) {
            double y = (bottom[start] + top[end]) / 2;
            return Math.abs(x0 - x1) < 1
                    ? List.of(first, last)
                    : List.of(first, new Point2D(x0, y), new Point2D(x1, y), last);
        }
        if (lane < 0) { // against the flow
            return List.of(first, last);
        }
        double x = right.between(start + 1, end - 1) + FIRST + lane % MOST * APART;
        // Two arrows that leave a gap one above the other can be told apart.
        double off = GraphLayout.GAP / 4 + lane % 3 * GraphLayout.GAP / 6;
        double y0 = bottom[start] + off;
        double y1 = top[end] - off;
        return List.of(first, new Point2D(x0, y0), new Point2D(x, y0), new Point2D(x, y1), new Point2D(x1, y1), last);
    }

    /** The largest of any consecutive values, found in a moment: maxima over powers of two are kept. */
    private static final class FarthestRight {
        private final List<double[]> maxima = new ArrayList<>();

        FarthestRight(double[] values) {
            maxima.add(values);
            for (int length = 1; 2 * length <= values.length; length *= 2) {
                double[] half = maxima.get(maxima.size() - 1);
                double[] next = new double[values.length - 2 * length + 1];
                for (int i = 0; i < next.length; i++) {
                    next[i] = Math.max(half[i], half[i + length]);
                }
                maxima.add(next);
            }
        }

        /** Of rows {@code first} to {@code last}, both included. */
        double between(int first, int last) {
            int level = 31 - Integer.numberOfLeadingZeros(last - first + 1);
            double[] of = maxima.get(level);
            return Math.max(of[first], of[last - (1 << level) + 1]);
        }
    }
}
