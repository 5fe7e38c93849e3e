package graft.inference;

import graft.Refusal;
import graft.data.Examples;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether a network answers examples the same together as alone. Some do not: a batch of one baked into a Reshape mixes or
 * refuses them, statistics of the batch let each depend on the others, and what fills up a shorter text counts as if it were words.
 */
public final class BatchTrial {
    /** Of the largest number; products of other sizes are summed up in another order. */
    public static final double TOLERANCE = 1e-3;
    /** Where numbers of half precision are rounded in between. */
    public static final double HALF_TOLERANCE = 1e-2;

    private static final int EXAMPLES = 3;

    private BatchTrial() {}

    /**
     * What differs, in words; empty where nothing does.
     *
     * @param examples as the network's inputs take them
     * @param outputs which must each hold, for a batch, the rows of its examples one after the other
     */
    public static Optional<String> of(OrtSession session, List<String> outputs, Examples examples, double tolerance) {
        int count = Math.min(EXAMPLES, examples.size());
        if (count < 2) {
            return Optional.empty();
        }
        Optional<String> alike = of(session, outputs, examples, chosen(examples, count), false, tolerance);
        int[] sizes = examples.sizes();
        int[] bySize = examples.bySize();
        if (alike.isPresent() || sizes[bySize[0]] == sizes[bySize[bySize.length - 1]]) {
            return alike;
        }
        return of(session, outputs, examples, spread(bySize, count), true, tolerance)
                .map(how -> "filled up to the longest of a batch, their " + how);
    }

    private static Optional<String> of(
            OrtSession session,
            List<String> outputs,
            Examples examples,
            int[] chosen,
            boolean filledUp,
            double tolerance) {
        Set<String> wanted = Set.copyOf(outputs);
        List<Map<String, Values>> alone = new ArrayList<>();
        for (int example : chosen) {
            alone.add(session.run(session.taken(examples.inputs(new int[] {example}, Examples.PLAIN)), wanted));
        }
        Map<String, Values> together;
        try {
            together = session.run(session.taken(examples.inputs(chosen, Examples.PLAIN)), wanted);
        } catch (Refusal notTogether) {
            return Optional.of("together it refuses them (a batch of one is part of its arithmetic).");
        }
        for (String output : outputs) {
            Tensor all = together.get(output).toTensor(output);
            List<Tensor> each = alone.stream()
                    .map(values -> values.get(output).toTensor(output))
                    .toList();
            if (!all.type().isFloat()) {
                continue;
            }
            double largest = each.stream()
                    .mapToDouble(one -> largest(one.toFloats()))
                    .max()
                    .getAsDouble();
            double difference = filledUp && !isRowEach(all, each) ? insidePadding(all, each) : difference(all, each);
            if (!(difference <= tolerance * Math.max(largest, Float.MIN_NORMAL))) {
                return Optional.of(
                        Double.isInfinite(difference)
                                ? "together their answers have another shape (" + Arrays.toString(all.shape()) + ")."
                                : String.format(
                                        Locale.ROOT,
                                        "answers depend on what else is asked at the same time (%s differs by up to %.2g"
                                                + " where the largest number is %.2g).",
                                        output,
                                        difference,
                                        largest));
            }
        }
        return Optional.empty();
    }

    /** The largest example, the smallest, and some between: the largest ones fill up the others the most. */
    private static int[] spread(int[] bySize, int count) {
        return IntStream.range(0, count)
                .map(i -> bySize[(int) ((long) i * (bySize.length - 1) / (count - 1))])
                .toArray();
    }

    /** Whether the size of an example does not show in what is computed for it. */
    private static boolean isRowEach(Tensor all, List<Tensor> each) {
        return each.stream().allMatch(one -> one.size() * each.size() == all.size());
    }

    /**
     * Over what each has alone: from the start of every axis. 0 where the tensors are of shapes that cannot be laid over each other,
     * for nothing is then known.
     */
    private static double insidePadding(Tensor all, List<Tensor> each) {
        long[] outer = all.shape();
        float[] joined = all.toFloats();
        double most = 0;
        for (int example = 0; example < each.size(); example++) {
            long[] inner = each.get(example).shape();
            if (!fitsInto(inner, outer, each.size())) {
                return 0;
            }
            float[] mine = each.get(example).toFloats();
            for (int at = 0; at < mine.length; at++) {
                most = Math.max(most, apart(joined[place(at, inner, outer, example)], mine[at]));
            }
        }
        return most;
    }

    private static boolean fitsInto(long[] inner, long[] outer, int examples) {
        return inner.length == outer.length
                && inner.length > 0
                && inner[0] == 1
                && outer[0] == examples
                && IntStream.range(1, inner.length).allMatch(axis -> inner[axis] <= outer[axis]);
    }

    /** Where a number of an example's own tensor stands in that of all. */
    private static int place(int at, long[] inner, long[] outer, int example) {
        long out = 0;
        long step = 1;
        int rest = at;
        for (int axis = inner.length - 1; axis > 0; axis--) {
            out += rest % inner[axis] * step;
            rest /= (int) inner[axis];
            step *= outer[axis];
        }
        return Math.toIntExact(out + example * step);
    }

    private static double apart(float with, float alone) {
        double off = Float.compare(with, alone) == 0 ? 0 : Math.abs((double) with - alone);
        return Double.isNaN(off) ? Double.MAX_VALUE : off;
    }

    /** Some examples from everywhere; where they are of several sizes, those of the size that most are of. */
    private static int[] chosen(Examples examples, int count) {
        int[] sizes = examples.sizes();
        Map<Integer, List<Integer>> bySize = IntStream.range(0, sizes.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> sizes[i], LinkedHashMap::new, Collectors.toList()));
        List<Integer> largest = bySize.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
        return IntStream.range(0, count)
                .map(i -> largest.get((int) ((long) i * (largest.size() - 1) / (count - 1))))
                .toArray();
    }

    /** Infinite where the lengths do not fit; numbers that are not finite on both sides are equal. */
    private static double difference(Tensor all, List<Tensor> each) {
        float[] joined = all.toFloats();
        int width = joined.length / each.size();
        boolean fits = each.stream().allMatch(one -> one.size() == width) && joined.length == width * each.size();
        if (!fits) {
            return Double.POSITIVE_INFINITY;
        }
        double most = 0;
        for (int i = 0; i < each.size(); i++) {
            float[] row = each.get(i).toFloats();
            for (int k = 0; k < width; k++) {
                most = Math.max(most, apart(joined[i * width + k], row[k]));
            }
        }
        return most;
    }

    private static double largest(float[] numbers) {
        double most = 0;
        for (float number : numbers) {
            most = Float.isFinite(number) ? Math.max(most, Math.abs(number)) : most;
        }
        return most;
    }
}
