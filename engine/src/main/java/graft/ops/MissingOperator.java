package graft.ops;

/**
 * An operator that the executor cannot compute.
 *
 * @param domain "" for ai.onnx
 * @param opset version of the domain's operator set that the file imports; 0 where it imports none
 * @param node name of the node, or of its first output where it has none
 */
public record MissingOperator(String op, String domain, long opset, String node) {
    /** {@code GridSample (opset 16) at "warp_3"}. */
    @Override
    public String toString() {
        return (domain.isEmpty() ? "" : domain + "::") + op + " (opset " + opset + ") at \"" + node + "\"";
    }
}
