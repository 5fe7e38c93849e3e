package graft.features;

import graft.data.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The rows that a network answers with for examples of different sizes, such as one for each token, counted through. */
final class ExampleRows {
    /** Number of each example's first row; after the last one that of all. */
    private final int[] first;

    private ExampleRows(int[] first) {
        this.first = first;
    }

    /** Empty where an answer is not counted in rows, or there are none. */
    static Optional<ExampleRows> of(Examples examples) {
        int[] first = new int[examples.size() + 1];
        for (int i = 0; i < examples.size(); i++) {
            OptionalInt rows = examples.targets().rows(i);
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            first[i + 1] = Math.addExact(first[i], rows.getAsInt());
        }
        return Optional.of(new ExampleRows(first));
    }

    int of(int example) {
        return first[example + 1] - first[example];
    }

    int first(int example) {
        return first[example];
    }

    /** The example that a row is of. */
    int example(int row) {
        int found = Arrays.binarySearch(first, row);
        int at = found >= 0 ? found : -found - 2;
        while (first[at + 1] == row) {
            at++; // examples without a row
        }
        return at;
    }

    /** The rows of some examples, one example after the other. */
    int[] rows(int[] examples) {
        return Arrays.stream(examples)
                .flatMap(example -> IntStream.range(first[example], first[example + 1]))
                .toArray();
    }

    /** A name for each row. */
    List<String> keys(Examples examples) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            String key = examples.key(i) + "#";
            for (int row = 0; row < of(i); row++) {
                out.add(key + row);
            }
        }
        return out;
    }
}
