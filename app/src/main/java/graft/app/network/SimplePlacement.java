package graft.app.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;

/**
 * A placement in time nearly proportional to boxes and arrows, for graphs of any size: rows by the longest path, each row
 * ordered by where its neighbours stand; arrows that pass rows run beside them in lanes.
 */
final class SimplePlacement {
    /** Between boxes of a row. */
    private static final double SPACE = 24;
    /** Down by what feeds a box, up by what reads it, down again. */
    private static final int SWEEPS = 3;
    /** A constant gives way to what is computed; else each would push the main flow aside a little. */
    private static final double LIGHT = 0.001;

    private final Outline outline;
    private final Ranks ranks;
    private final int[][] rows;
    private final double[] centre;
    private final boolean[] isSource;
    private final double[] top;
    private final double[] bottom;

    private SimplePlacement(Outline outline, Ranks ranks) {
        this.outline = outline;
        this.ranks = ranks;
        this.rows = rows(ranks);
        this.centre = new double[outline.boxes().size()];
        this.isSource = new boolean[centre.length];
        this.top = new double[rows.length];
        this.bottom = new double[rows.length];
    }

    static GraphLayout of(Outline outline, Ranks ranks) {
        return new SimplePlacement(outline, ranks).placed();
    }

    private GraphLayout placed() {
        double y = 0;
        for (int row = 0; row < rows.length; row++) {
            top[row] = y;
            bottom[row] = y
                    + Arrays.stream(rows[row])
                            .mapToDouble(
                                    box -> GraphLayout.heightOf(outline.boxes().get(box)))
                            .max()
                            .orElse(0);
            y = bottom[row] + GraphLayout.GAP;
        }
        Neighbours neighbours = Neighbours.of(outline, ranks);
        for (int box = 0; box < isSource.length; box++) {
            isSource[box] = neighbours.before()[box].length == 0;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.length; i++) {
                int row = down ? i : rows.length - 1 - i;
                place(rows[row], down ? neighbours.before() : neighbours.after());
            }
        }
        List<Rectangle2D> boxes = new ArrayList<>();
        for (int box = 0; box < centre.length; box++) {
            Outline.Box what = outline.boxes().get(box);
            double width = GraphLayout.widthOf(what);
            double height = GraphLayout.heightOf(what);
            int row = ranks.of()[box];
            double middle = (top[row] + bottom[row] - height) / 2;
            boxes.add(new Rectangle2D(centre[box] - width / 2, middle, width, height));
        }
        List<List<Point2D>> arrows = new Lanes(ranks, boxes, bottom, top).routes(outline.arrows());
        return moved(boxes, arrows);
    }

    /** Everything to the right of and below the origin. */
    private GraphLayout moved(List<Rectangle2D> boxes, List<List<Point2D>> arrows) {
        double left = 0;
        double right = 0;
        for (Rectangle2D box : boxes) {
            left = Math.min(left, box.getMinX());
            right = Math.max(right, box.getMaxX());
        }
        for (List<Point2D> arrow : arrows) {
            for (Point2D point : arrow) {
                left = Math.min(left, point.getX());
                right = Math.max(right, point.getX());
            }
        }
        double by = -left;
        return new GraphLayout(
                outline,
                boxes.stream()
                        .map(box -> new Rectangle2D(box.getMinX() + by, box.getMinY(), box.getWidth(), box.getHeight()))
                        .toList(),
                arrows.stream()
                        .map(points ->
                                points.stream().map(point -> point.add(by, 0)).toList())
                        .toList(),
                right - left,
                rows.length == 0 ? 0 : bottom[rows.length - 1],
                true);
    }

    private static int[][] rows(Ranks ranks) {
        int[] count = new int[ranks.rows()];
        for (int rank : ranks.of()) {
            count[rank]++;
        }
        int[][] rows = new int[count.length][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new int[count[row]];
            count[row] = 0;
        }
        for (int box = 0; box < ranks.of().length; box++) {
            int rank = ranks.of()[box];
            rows[rank][count[rank]++] = box;
        }
        return rows;
    }

    /** As near to the mean of its neighbours as each box can be, with room between the boxes of the row. */
    private void place(int[] row, int[][] neighbours) {
        double[] wanted = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            int box = row[i];
            wanted[i] = neighbours[box].length == 0 ? centre[box] : mean(neighbours[box]);
        }
        Integer[] order = new Integer[row.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> wanted[i]));
        int[] boxes = row.clone();
        double[] offset = new double[row.length];
        double[] free = new double[row.length];
        double[] weight = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = boxes[order[i]];
            offset[i] = i == 0 ? 0 : offset[i - 1] + (width(row[i - 1]) + width(row[i])) / 2 + SPACE;
            free[i] = wanted[order[i]] - offset[i];
            weight[i] = weight(row[i]);
        }
        double[] kept = rising(free, weight);
        for (int i = 0; i < row.length; i++) {
            centre[row[i]] = kept[i] + offset[i];
        }
    }

    private double mean(int[] boxes) {
        double sum = 0;
        double weights = 0;
        for (int box : boxes) {
            sum += weight(box) * centre[box];
            weights += weight(box);
        }
        return sum / weights;
    }

    private double weight(int box) {
        return isSource[box] ? LIGHT : 1;
    }

    private double width(int box) {
        return GraphLayout.widthOf(outline.boxes().get(box));
    }

    /** The rising sequence nearest to {@code values} in the weighted sum of squares, by pooling neighbours that fall. */
    static double[] rising(double[] values, double[] weights) {
        double[] mean = new double[values.length];
        double[] weight = new double[values.length];
        int[] size = new int[values.length];
        int pools = 0;
        for (int i = 0; i < values.length; i++) {
            mean[pools] = values[i];
            weight[pools] = weights[i];
            size[pools++] = 1;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                double both = weight[pools - 2] + weight[pools - 1];
                mean[pools - 2] = (mean[pools - 2] * weight[pools - 2] + mean[pools - 1] * weight[pools - 1]) / both;
                weight[pools - 2] = both;
                size[pools - 2] += size[pools - 1];
                pools--;
            }
        }
        double[] out = new double[values.length];
        int at = 0;
        for (int pool = 0; pool < pools; pool++) {
            Arrays.fill(out, at, at + size[pool], mean[pool]);
            at += size[pool];
        }
        return out;
    }

    /** For each box the boxes nearest in rank that it is fed by, and that read it: far ones would pull it aside. */
    private record Neighbours(int[][] before, int[][] after) {
        static Neighbours of(Outline outline, Ranks ranks) {
            int[] rank = ranks.of();
            int[] fedAt = new int[rank.length];
            int[] readAt = new int[rank.length];
            Arrays.fill(fedAt, -1);
            Arrays.fill(readAt, Integer.MAX_VALUE);
            for (Outline.Arrow arrow : outline.arrows()) {
                if (rank[arrow.from()] < rank[arrow.to()]) {
                    fedAt[arrow.to()] = Math.max(fedAt[arrow.to()], rank[arrow.from()]);
                    readAt[arrow.from()] = Math.min(readAt[arrow.from()], rank[arrow.to()]);
                }
            }
            List<List<Integer>> before = lists(rank.length);
            List<List<Integer>> after = lists(rank.length);
            for (Outline.Arrow arrow : outline.arrows()) {
                if (rank[arrow.from()] == fedAt[arrow.to()]) {
                    before.get(arrow.to()).add(arrow.from());
                }
                if (rank[arrow.to()] == readAt[arrow.from()]) {
                    after.get(arrow.from()).add(arrow.to());
                }
            }
            return new Neighbours(arrays(before), arrays(after));
        }

        private static List<List<Integer>> lists(int count) {
            List<List<Integer>> out = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                out.add(new ArrayList<>(2));
            }
            return out;
        }

        private static int[][] arrays(List<List<Integer>> lists) {
            return lists.stream()
                    .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
        }
    }
}
