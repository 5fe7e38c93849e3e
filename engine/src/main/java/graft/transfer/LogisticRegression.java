package graft.transfer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Multinomial logistic regression: the cross-entropies of all examples and half of the squares of the weights (without the biases) made
 * as small as they can be, by L-BFGS (Nocedal and Wright, "Numerical Optimization", 2006, algorithm 7.5).
 */
final class LogisticRegression {
    private static final int MEMORY = 10;
    private static final int MOST_STEPS = 2000;
    /** The largest slope that counts as none. */
    private static final double FLAT = 1e-7;

    private static final double ENOUGH = 1e-4;
    private static final int MOST_HALVINGS = 50;

    private final float[][] rows;
    private final int[] labels;
    private final int classes;
    private final int stride;
    private final double penalty;

    private LogisticRegression(float[][] rows, int[] labels, int classes) {
        this.rows = rows;
        this.labels = labels;
        this.classes = classes;
        this.stride = rows[0].length + 1;
        // Of two classes scikit-learn learns one row, which is the difference of two rows here: as strong a penalty
        // weighs double.
        this.penalty = classes == 2 ? 2 : 1;
    }

    /**
     * @param rows {@code [examples][width]}
     * @return of each class the weights and then the bias, one class after the other
     */
    static double[] fit(float[][] rows, int[] labels, int classes) {
        return new LogisticRegression(rows, labels, classes).minimum();
    }

    private record Step(double[] moved, double[] turned, double inverse) {}

    private double[] minimum() {
        double[] at = new double[classes * stride];
        double[] slope = new double[at.length];
        double value = valueAndSlope(at, slope);
        Deque<Step> memory = new ArrayDeque<>();
        for (int step = 0; step < MOST_STEPS && largest(slope) > FLAT; step++) {
            double[] direction = direction(slope, memory);
            double falling = dot(direction, slope);
            double length = memory.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(slope, slope))) : 1;
            double[] next = new double[at.length];
            double[] nextSlope = new double[at.length];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
                for (int i = 0; i < at.length; i++) {
                    next[i] = at[i] + length * direction[i];
                }
                nextValue = valueAndSlope(next, nextSlope);
                if (nextValue <= value + ENOUGH * length * falling) {
                    break;
                }
            }
            if (!(nextValue < value)) {
                break; // as low as doubles can tell
            }
            double[] moved = minus(next, at);
            double[] turned = minus(nextSlope, slope);
            double curvature = dot(moved, turned);
            if (curvature > 0) {
                memory.addLast(new Step(moved, turned, 1 / curvature));
                if (memory.size() > MEMORY) {
                    memory.removeFirst();
                }
            }
            at = next;
            slope = nextSlope;
            value = nextValue;
        }
        return at;
    }

    private static double[] direction(double[] slope, Deque<Step> memory) {
        double[] out = slope.clone();
        double[] shares = new double[memory.size()];
        int i = memory.size();
        for (Iterator<Step> back = memory.descendingIterator(); back.hasNext(); ) {
            Step step = back.next();
            shares[--i] = step.inverse() * dot(step.moved(), out);
            add(out, -shares[i], step.turned());
        }
        if (!memory.isEmpty()) {
            Step last = memory.getLast();
            double scale = 1 / (last.inverse() * dot(last.turned(), last.turned()));
            IntStream.range(0, out.length).forEach(k -> out[k] *= scale);
        }
        for (Step step : memory) {
            add(out, shares[i++] - step.inverse() * dot(step.turned(), out), step.moved());
        }
        IntStream.range(0, out.length).forEach(k -> out[k] = -out[k]);
        return out;
    }

    private double valueAndSlope(double[] at, double[] slope) {
        Arrays.fill(slope, 0);
        double value = 0;
        double[] scores = new double[classes];
        for (int i = 0; i < rows.length; i++) {
            float[] row = rows[i];
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                double sum = at[c * stride + row.length];
                for (int k = 0; k < row.length; k++) {
                    sum += at[c * stride + k] * row[k];
                }
                scores[c] = sum;
                most = Math.max(most, sum);
            }
            double all = 0;
            for (double score : scores) {
                all += Math.exp(score - most);
            }
            value += most + Math.log(all) - scores[labels[i]];
            for (int c = 0; c < classes; c++) {
                double off = Math.exp(scores[c] - most) / all - (c == labels[i] ? 1 : 0);
                for (int k = 0; k < row.length; k++) {
                    slope[c * stride + k] += off * row[k];
                }
                slope[c * stride + row.length] += off;
            }
        }
        for (int i = 0; i < at.length; i++) {
            if (i % stride != stride - 1) {
                value += penalty * at[i] * at[i] / 2;
                slope[i] += penalty * at[i];
            }
        }
        return value;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static double largest(double[] of) {
        return Arrays.stream(of).map(Math::abs).max().orElse(0);
    }

    private static double[] minus(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] - other[i])
                .toArray();
    }

    private static void add(double[] to, double times, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += times * what[i];
        }
    }
}
