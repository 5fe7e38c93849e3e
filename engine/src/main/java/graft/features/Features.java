package graft.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.inference.Lanes;
import graft.onnx.Model;
import graft.onnx.Values;
import java.util.List;
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

    /** How many threads may ask at a time. */
    default Lanes lanes() {
        return Lanes.SINGLE;
    }

    /**
     * Examples cut into calls of {@link #of}.
     *
     * @param fixedBatch examples that the network insists on; 0 = any number
     * @param usual examples of a call where nothing speaks for another number
     */
    default List<MicroBatch> passes(int[] examples, int fixedBatch, int usual) {
        return MicroBatch.of(examples, fixedBatch > 0 ? fixedBatch : usual, fixedBatch > 0);
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

    /**
     * What a file computes from these features.
     *
     * @return a model from what crosses the frontier to the file's outputs; empty where the features are not kept, or where the file
     *     would compute others, be it by one node or one bit of a tensor
     */
    default Optional<Model> above(Model file) {
        return Optional.empty();
    }

    @Override
    void close();
}
