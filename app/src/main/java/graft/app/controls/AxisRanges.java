package graft.app.controls;

import java.util.ArrayList;
import java.util.List;
import org.jfree.data.xy.XYSeries;

/** How far the axes of curves reach, so that one point, or many, can be read. */
final class AxisRanges {
    private static final double ROOM = 0.05;
    /** An accuracy of ±10 points around what there is: less would make noise look like progress. */
    private static final double LEAST_ACCURACY = 0.2;
    /** A factor on a logarithmic axis. */
    private static final double LEAST_FACTOR = 10;

    private AxisRanges() {}

    /** From 0 to the last figure, at least over one epoch. */
    static Span epochs(List<XYSeries> all) {
        double last = 1;
        for (XYSeries series : all) {
            if (!series.isEmpty()) {
                last = Math.max(last, series.getMaxX());
            }
        }
        return new Span(0, last * (1 + ROOM / 2));
    }

    /** From 0 to the largest of what is seen. */
    static Span loss(List<XYSeries> losses, Span seen) {
        double largest = values(losses, seen).stream().mapToDouble(v -> v).max().orElse(0);
        return new Span(0, largest > 0 ? largest * (1 + ROOM) : 1);
    }

    /** Over the positive part of what is seen, at least over one power of ten. */
    static Span logLoss(List<XYSeries> losses, Span seen) {
        List<Double> positive =
                values(losses, seen).stream().filter(value -> value > 0).toList();
        double least = positive.stream().mapToDouble(v -> v).min().orElse(0.1);
        double largest = positive.stream().mapToDouble(v -> v).max().orElse(1);
        double middle = Math.sqrt(least) * Math.sqrt(largest);
        double reach = Math.sqrt(Math.max(LEAST_FACTOR, largest / least * 1.2));
        return new Span(middle / reach, middle * reach);
    }

    /** Around what is seen, within 0…1. */
    static Span accuracy(List<XYSeries> accuracies, Span seen) {
        List<Double> values = values(accuracies, seen);
        if (values.isEmpty()) {
            return new Span(0, 1);
        }
        double least = values.stream().mapToDouble(v -> v).min().orElse(0);
        double largest = values.stream().mapToDouble(v -> v).max().orElse(1);
        double length = Math.min(1, Math.max(LEAST_ACCURACY, (largest - least) * (1 + 2 * ROOM)));
        double middle = (least + largest) / 2;
        return new Span(middle - length / 2, middle + length / 2).within(new Span(0, 1));
    }

    /** Whether all of them may be parts of a whole, which are written in percent. */
    static boolean areShares(List<XYSeries> all) {
        return values(all, new Span(0, Double.MAX_VALUE)).stream().allMatch(value -> value >= 0 && value <= 1);
    }

    /** Around what is seen, with some room. */
    static Span around(List<XYSeries> all, Span seen) {
        List<Double> values = values(all, seen);
        double least = values.stream().mapToDouble(v -> v).min().orElse(0);
        double largest = values.stream().mapToDouble(v -> v).max().orElse(1);
        double room = largest > least ? (largest - least) * ROOM : Math.max(1e-6, Math.abs(largest) * ROOM);
        return new Span(least - room, largest + room);
    }

    /** Of points that are seen; of all points where none is. What is not finite has no place on an axis. */
    private static List<Double> values(List<XYSeries> all, Span seen) {
        List<Double> within = new ArrayList<>();
        List<Double> any = new ArrayList<>();
        for (XYSeries series : all) {
            for (int i = 0; i < series.getItemCount(); i++) {
                double y = series.getY(i).doubleValue();
                if (Double.isFinite(y)) {
                    any.add(y);
                    if (seen.contains(series.getX(i).doubleValue())) {
                        within.add(y);
                    }
                }
            }
        }
        return within.isEmpty() ? any : within;
    }
}
