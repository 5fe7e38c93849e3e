package graft.ops;

import graft.onnx.Node;
import java.util.Map;

/**
 * One call of an operator while a program runs; values are known by the numbers of their places.
 *
 * @param inputs −1 where an optional input is absent
 * @param outer what the sub-graphs of the node read from the graph around them
 * @param free places whose values nobody reads after this step
 */
record Step(Node node, Op op, int[] inputs, int[] outputs, Map<String, Integer> outer, int[] free) {
    boolean is(String opType) {
        return node.domain().isEmpty() && node.opType().equals(opType);
    }

    int output() {
        return outputs[0];
    }
}
