package graft.features;

import graft.data.Examples;
import java.util.stream.IntStream;

/**
 * Features of all examples of a split, with the class of each.
 *
 * @param labels 0…classes−1, by example
 */
public record LabelledFeatures(Features features, int[] labels) {
    public static LabelledFeatures of(Features features, Examples examples) {
        return new LabelledFeatures(
                features,
                IntStream.range(0, examples.size()).map(examples::label).toArray());
    }

    public int size() {
        return labels.length;
    }
}
