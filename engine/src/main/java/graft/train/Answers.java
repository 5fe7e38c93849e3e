package graft.train;

import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * A network's answers, example by example, whatever batches they came in. Where a row of an answer is a whole vocabulary, there are so
 * many numbers that every k-th row stands for all.
 */
final class Answers {
    /** Numbers that are held. */
    private static final long MOST = 1L << 26;

    private final int size;
    private final IntFunction<OptionalInt> rowsOf;
    private final Map<String, float[][]> rows = new LinkedHashMap<>();
    /** By output, of how many rows of an answer one is held. */
    private final Map<String, Integer> strides;

    /** All of each answer to so many examples. */
    Answers(int size) {
        this(size, example -> OptionalInt.empty());
    }

    /**
     * @param size number of the examples
     * @param rowsOf how many rows of an answer count ({@link graft.data.Targets#rows})
     */
    Answers(int size, IntFunction<OptionalInt> rowsOf) {
        this(size, rowsOf, new LinkedHashMap<>());
    }

    private Answers(int size, IntFunction<OptionalInt> rowsOf, Map<String, Integer> strides) {
        this.size = size;
        this.rowsOf = rowsOf;
        this.strides = strides;
    }

    /** To hold answers to the same examples, so that they can be compared. */
    Answers ofTheSameKind() {
        return new Answers(size, rowsOf, strides);
    }

    /**
     * @param batch outputs by name, the first axis as long as {@code examples}
     * @param real how many of them count
     */
    void put(Map<String, Values> batch, int[] examples, int real) {
        batch.forEach((name, values) -> {
            if (values.type() != ElementType.FLOAT) {
                return;
            }
            float[][] all = rows.computeIfAbsent(name, output -> new float[size][]);
            FloatBuffer numbers = values.floats();
            int width = numbers.remaining() / examples.length;
            int begin = numbers.position();
            OptionalInt counting = rowsOf.apply(examples[0]);
            int places = counting.isPresent() && values.shape().length > 2 ? Math.toIntExact(values.shape()[1]) : 1;
            int row = width / places;
            int stride = strides.computeIfAbsent(name, output -> stride(places, width));
            for (int i = 0; i < real; i++) {
                // What is answered for padding depends on how much there is of it.
                int counted = places == 1 ? 1 : rowsOf.apply(examples[i]).orElse(places);
                float[] held = new float[(counted + stride - 1) / stride * row];
                for (int r = 0; r * row < held.length; r++) {
                    numbers.get(begin + i * width + r * stride * row, held, r * row, row);
                }
                all[examples[i]] = held;
            }
        });
    }

    /** Of how many rows one is held, so that all together are not too many. */
    private int stride(int places, int width) {
        long all = (long) size * width;
        return Math.toIntExact(Math.max(1, Math.min(places, (all + MOST - 1) / MOST)));
    }

    /** Those on some examples, numbered anew in this order. */
    Answers on(int[] examples) {
        Answers out = new Answers(examples.length);
        rows.forEach((name, all) ->
                out.rows.put(name, Arrays.stream(examples).mapToObj(i -> all[i]).toArray(float[][]::new)));
        return out;
    }

    /** Largest difference of two networks' answers, and the largest of these answers; infinite where one is no number. */
    record Difference(double most, double largest) {}

    Difference to(Answers other) {
        double most = 0;
        double largest = 1;
        for (Map.Entry<String, float[][]> output : rows.entrySet()) {
            float[][] others = other.rows.get(output.getKey());
            for (int i = 0; i < size; i++) {
                float[] here = output.getValue()[i];
                for (int k = 0; k < here.length; k++) {
                    double off = Math.abs(here[k] - others[i][k]);
                    most = Math.max(most, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
                    largest = Math.max(largest, Math.abs(here[k]));
                }
            }
        }
        return new Difference(most, largest);
    }
}
