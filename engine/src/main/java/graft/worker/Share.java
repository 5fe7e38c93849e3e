package graft.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How likely an example is of a class, as a network says.
 *
 * @param label index of the class
 * @param probability 0…1
 */
public record Share(int label, float probability) {
    /** More are of no interest, and would be a hundred megabytes for a thousand classes. */
    private static final int MOST = 5;

    /** The likeliest classes; the first is what the network answered. */
    static List<Share> best(int predicted, float[] probabilities) {
        List<Share> out = new ArrayList<>();
        out.add(new Share(predicted, probabilities[predicted]));
        IntStream.range(0, probabilities.length)
                .filter(label -> label != predicted)
                .boxed()
                .sorted((a, b) -> Float.compare(probabilities[b], probabilities[a]))
                .limit(MOST - 1)
                .map(label -> new Share(label, probabilities[label]))
                .forEach(out::add);
        return List.copyOf(out);
    }
}
