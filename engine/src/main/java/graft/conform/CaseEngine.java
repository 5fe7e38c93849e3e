package graft.conform;

import graft.onnx.Model;
import graft.onnx.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What runs the model of a case. Closed by whoever made it. */
interface CaseEngine extends AutoCloseable {
    /** A model made ready. Closed by the caller. */
    interface Prepared extends AutoCloseable {
        /**
         * @param cotangent where given, gradients of sum(first output · cotangent) are computed too
         */
        Answer run(Map<String, Tensor> inputs, Optional<Tensor> cotangent);

        @Override
        void close();
    }

    /**
     * @param outputs in the order of the graph; an optional output that was not computed is null
     * @param gradients by name; a tensor that received none is absent
     */
    record Answer(List<Tensor> outputs, Map<String, Tensor> gradients) {}

    /**
     * @param learning names whose gradients will be asked for; names that the graph does not have are ignored
     * @throws graft.Refusal where the model cannot be run
     */
    Prepared prepare(Model model, Set<String> learning);

    /** Whether this engine computes gradients at all. */
    boolean hasGradients();

    @Override
    void close();
}
