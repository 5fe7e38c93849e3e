package graft.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One class against the rest: what is called that class if its probability is at least a threshold. ROC and precision-recall
 * curves are read from the same counts.
 *
 * @param name of the class
 * @param positives examples of the class
 * @param negatives all others
 * @param points the highest threshold first; equal probabilities are one point
 */
public record ThresholdCurve(String name, int positives, int negatives, List<Point> points) {

    /**
     * Counts at a threshold.
     *
     * @param hits examples of the class that are called so
     * @param alarms others that are called so
     */
    public record Point(double threshold, int hits, int alarms) {}

    /** @param label index of the class */
    public static ThresholdCurve of(Predictions said, int label) {
        float[][] probabilities = said.probabilities();
        int[] ranked = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i][label]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Point> points = new ArrayList<>();
        int hits = 0;
        int alarms = 0;
        for (int rank = 0; rank < ranked.length; rank++) {
            if (said.truth()[ranked[rank]] == label) {
                hits++;
            } else {
                alarms++;
            }
            float here = probabilities[ranked[rank]][label];
            boolean tied = rank + 1 < ranked.length && probabilities[ranked[rank + 1]][label] == here;
            if (!tied) {
                points.add(new Point(here, hits, alarms));
            }
        }
        return new ThresholdCurve(said.classes().get(label), hits, alarms, List.copyOf(points));
    }

    /** Whether there is something to tell apart: examples of the class, and others. */
    public boolean isDefined() {
        return positives > 0 && negatives > 0;
    }

    /**
     * Area under the ROC curve: how likely an example of the class has a higher probability than another one, equal ones
     * counting half (Mann and Whitney, Annals of Mathematical Statistics 1947). NaN where it is not defined.
     */
    public double auc() {
        double area = 0;
        int hits = 0;
        int alarms = 0;
        for (Point point : points) {
            area += (point.alarms() - alarms) * (hits + point.hits()) / 2.0;
            hits = point.hits();
            alarms = point.alarms();
        }
        return isDefined() ? area / ((double) positives * negatives) : Double.NaN;
    }

    /**
     * The threshold with the lowest cost; the highest of equal ones, and above all probabilities where calling nothing is cheapest.
     *
     * @param miss what it costs to overlook an example of the class
     * @param alarm what it costs to call another one so
     */
    public Point cheapest(double miss, double alarm) {
        Point best = new Point(Double.POSITIVE_INFINITY, 0, 0);
        for (Point point : points) {
            if (cost(point, miss, alarm) < cost(best, miss, alarm)) {
                best = point;
            }
        }
        return best;
    }

    public double cost(Point at, double miss, double alarm) {
        return miss * (positives - at.hits()) + alarm * at.alarms();
    }

    /** The counts where everything from {@code threshold} on is called the class. */
    public Point at(double threshold) {
        Point last = new Point(threshold, 0, 0);
        for (Point point : points) {
            if (point.threshold() < threshold) {
                break;
            }
            last = new Point(threshold, point.hits(), point.alarms());
        }
        return last;
    }

    /** The same curve with at most so many points, the ends among them; counts stay exact. */
    public ThresholdCurve thinned(int most) {
        if (points.size() <= most) {
            return this;
        }
        List<Point> some = IntStream.range(0, most)
                .map(i -> (int) Math.round((double) i * (points.size() - 1) / (most - 1)))
                .mapToObj(points::get)
                .toList();
        return new ThresholdCurve(name, positives, negatives, some);
    }
}
