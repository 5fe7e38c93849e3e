package graft.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.Values;
import java.util.Map;
import java.util.Optional;

/** The tensors that cross the frontier, for any examples. */
public interface Features extends AutoCloseable {
    /**
     * @param examples numbers of the examples, in the order wanted
     * @param view 0 = as validation sees them, from 1 on = augmented
     * @return by tensor name, the first axis as long as {@code examples}
     */
    Map<String, Values> of(int[] examples, long view);

    /** Says for what {@link #of} will be called next, so that it may be made meanwhile. */
    default void expect(int[] examples, long view) {
        // where there is nothing to be gained
    }

    /** Whether {@link #of} can answer for an example in a view. */
    default boolean has(int example, long view) {
        return true;
    }

    /**
     * All features of a view as {@code [examples, width]}, where they lie in memory so; shared with it, not copied. Belongs to
     * {@code owner}, which is closed before these features are.
     */
    default Optional<NDArray> matrix(NDManager owner, long view) {
        return Optional.empty();
    }

    @Override
    void close();
}
