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
 * refuses them, statistics of the batch let each depend on the others.
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
        int[] chosen = chosen(examples, count);
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
            double difference = difference(all, each);
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

    /**
     * Some examples from everywhere. Where they are of several sizes, those of the size that most are of: of others inner tensors
     * would differ by their padding alone.
     */
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
                float with = joined[i * width + k];
                double off = Float.compare(with, row[k]) == 0 ? 0 : Math.abs((double) with - row[k]);
                most = Double.isNaN(off) ? Double.MAX_VALUE : Math.max(most, off);
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
