package graft.judge;

import graft.onnx.Values;
import java.util.Map;
import java.util.Set;

/**
 * Holds answers against what they should have been; the same in training, in the proof of a written file and in deployment.
 * Takes the examples in any order, each once.
 */
public interface Judge {
    /**
     * @param answers outputs of the network by name, the first axis as long as {@code examples}
     * @param examples numbers of the examples
     * @param real how many of them count: the rest is padding
     * @return sum over these examples of what the mean of is like the {@link Evaluation#primary primary score} (1 for each right
     *     answer); NaN where no such number exists for a single example
     */
    double add(Map<String, Values> answers, int[] examples, int real);

    /**
     * Takes what another judge of the same targets has found, on other examples: where parts are answered apart from each other.
     * The other one is of no use afterwards.
     *
     * @return this judge
     * @throws IllegalArgumentException where it is no judge of the same targets
     */
    Judge merge(Judge other);

    /** Names of the outputs that are read; empty where that is not known. */
    default Set<String> reads() {
        return Set.of();
    }

    /** Whether {@link #add} gives a number for the steps of training; where it does not, they need not ask. */
    default boolean scoresSteps() {
        return true;
    }

    /** What was found on all examples together. */
    Evaluation done();
}
