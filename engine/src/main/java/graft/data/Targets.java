package graft.data;

import graft.onnx.Values;
import java.util.Map;
import java.util.OptionalInt;

/** What is to be answered for each of some examples, in their order: classes, numbers, spans, a teacher's answers, … */
public interface Targets {
    /**
     * As an objective takes it.
     *
     * @param examples numbers of the examples
     * @param real how many of them count: rows of the others are such that they add nothing to a loss
     * @return by name of the objective's input, the first axis as long as {@code examples}
     */
    Map<String, Values> of(int[] examples, int real);

    /** What the mean of a loss over these examples is taken over: their number, their summed weights, counted tokens. */
    double weight(int[] examples);

    /**
     * How many rows of an answer count, where a network answers with a row for each of several parts of an example, such as its
     * tokens: what follows them is padding, of which nothing is said. Empty where all of an answer counts.
     */
    default OptionalInt rows(int example) {
        return OptionalInt.empty();
    }

    /**
     * How many versions of each example there are: all examples in their first version, then all in their second, … An epoch takes
     * each example once, in one of them.
     */
    default int versions() {
        return 1;
    }
}
