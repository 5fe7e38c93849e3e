package graft.network;

import graft.onnx.Node;
import java.util.List;

/**
 * Nodes that a person calls by one name, though an exporter wrote them out.
 *
 * @param op the ONNX operator that would do the same: LayerNormalization, RMSNormalization, Gelu, Swish, HardSwish, Mish,
 *     Attention
 * @param input the tensor it works on; for attention the queries
 * @param nodes in graph order
 * @param output the one tensor that leaves it
 */
record Composite(String op, String input, List<Node> nodes, String output) {
    boolean isActivation() {
        return !op.endsWith("Normalization") && !op.equals("Attention");
    }
}
