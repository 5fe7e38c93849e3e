package graft.train;

import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** A network's answers, example by example, whatever batches they came in. */
final class Answers {
    private final int size;
    private final IntFunction<OptionalInt> rowsOf;
    private final Map<String, float[][]> rows = new LinkedHashMap<>();

    /** All of each answer to so many examples. */
    Answers(int size) {
        this(size, example -> OptionalInt.empty());
    }

    /**
     * @param size number of the examples
     * @param rowsOf how many rows of an answer count ({@link graft.data.Targets#rows})
     */
    Answers(int size, IntFunction<OptionalInt> rowsOf) {
        this.size = size;
        this.rowsOf = rowsOf;
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
            for (int i = 0; i < real; i++) {
                all[examples[i]] = new float[counted(rowsOf.apply(examples[i]), values.shape(), width)];
                numbers.get(begin + i * width, all[examples[i]]);
            }
        });
    }

    /** What is answered for padding depends on how much there is of it. */
    private static int counted(OptionalInt rows, long[] shape, int width) {
        return rows.isPresent() && shape.length > 2 ? Math.toIntExact(width / shape[1] * rows.getAsInt()) : width;
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
