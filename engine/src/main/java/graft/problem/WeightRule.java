package graft.problem;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.Tensor;
import java.util.Map;

/** Acts on gradients or weights at each step, beside the optimizer. It begins anew with each stage. */
public interface WeightRule {
    /** Stands before the names of its state in checkpoints; no two rules of a problem have the same. */
    String name();

    /**
     * Begins, or goes on.
     *
     * @param learnt arrays of what the stage changes, weights and running statistics, by name
     * @param stored its state in a checkpoint; empty at the start
     * @param held owns what is kept
     */
    Acting begin(Map<String, NDArray> learnt, Map<String, Tensor> stored, NDManager held);

    /** A rule at work. */
    interface Acting {
        /**
         * Changes the gradients of a step in place, or puts others in their place.
         *
         * @param gradients by name; those of weights that nothing reached are missing
         * @param step owns what is made on the way
         */
        default void change(Map<String, NDArray> gradients, NDManager step) {}

        /** After the optimizer changed the weights; {@code steps} counts from 1 in the stage. */
        default void afterStep(long steps, NDManager step) {}

        /** What a checkpoint must hold beside weights and the optimizer's state. */
        default Map<String, NDArray> state() {
            return Map.of();
        }

        /** What is judged and kept in the place of weights; empty where that is the weights themselves. */
        default Map<String, NDArray> judged() {
            return Map.of();
        }

        /** Whether statistics of batch norms are to be taken anew for what is judged. */
        default boolean needsFreshStatistics() {
            return false;
        }
    }
}
