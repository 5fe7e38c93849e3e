package graft.network;

import graft.onnx.Node;
import java.util.List;
import java.util.Set;

/**
 * A node that holds weights, with the bias, batch norm and activation that follow it; or attention or an activation that
 * stands alone, which hold none.
 *
 * @param op operator of the first node, or the operator that does what its nodes write out, as ONNX names it
 * @param kind what it is in the field's words: "convolution", "linear", "embedding", …
 * @param nodes first the one that names the layer, in graph order
 * @param weights names of its weights
 * @param state names of its running statistics
 * @param parameters elements of its weights
 * @param output the tensor it hands on
 * @param activation of a layer with weights: the operator that follows, written out or not, as ONNX names it; "" if none
 */
public record Layer(
        String name,
        String op,
        String kind,
        List<Node> nodes,
        Set<String> weights,
        Set<String> state,
        long parameters,
        String output,
        String activation) {

    /** Whether {@code last:N} counts it. */
    public boolean isCounted() {
        return !weights.isEmpty();
    }
}
