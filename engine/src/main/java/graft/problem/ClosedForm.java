package graft.problem;

import graft.onnx.Tensor;
import graft.onnx.Values;
import java.util.Map;
import java.util.Optional;

/** Weights that follow from one look at each example, without a step. */
public interface ClosedForm {
    /** Begins to look; what came of an earlier look plays no part. */
    Looking begin();

    /** The tensor that it looks at; empty: what crosses the frontier. */
    default Optional<String> looksAt() {
        return Optional.empty();
    }

    /** What the file of a network says of weights that were found so. */
    default Map<String, String> notes() {
        return Map.of();
    }

    /** Looks at the examples, each once, in any order. */
    interface Looking {
        /**
         * @param features what it looks at, by name, the first axis as long as {@code examples}
         * @param real how many of the examples count: the rest is padding
         */
        void see(Map<String, Values> features, int[] examples, int real);

        /** The weights that learn, by name, once all examples were seen. */
        Map<String, Tensor> weights();
    }
}
