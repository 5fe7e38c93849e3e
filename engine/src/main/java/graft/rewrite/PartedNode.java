package graft.rewrite;

import graft.onnx.GraphEditor;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The nodes that one fused node was made of, in order: the last one answers under the fused node's name. */
final class PartedNode {
    private final Node fused;
    private final GraphEditor editor;
    private final long opset;
    private final List<Node> nodes = new ArrayList<>();
    private int tensors;

    PartedNode(Node fused, GraphEditor editor, long opset) {
        this.fused = fused;
        this.editor = editor;
        this.opset = opset;
    }

    Node fused() {
        return fused;
    }

    /** Version of ONNX's own operator set. */
    long opset() {
        return opset;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Length of a tensor's shape; -1 where the file does not say. */
    int rank(String tensor) {
        Tensor constant = editor.initializers().get(tensor);
        return constant == null ? -1 : constant.shape().length;
    }

    /** Adds a node of one output, whose name is the answer. */
    String step(String op, String... inputs) {
        return step(op, node -> node, inputs);
    }

    String step(String op, UnaryOperator<Node> attributes, String... inputs) {
        return add(op, attributes, editor.freshName(fused.output(0) + "/" + op + "_" + tensors++), inputs);
    }

    /** The node that gives what output {@code index} of the fused one gave. */
    void answer(int index, String op, UnaryOperator<Node> attributes, String... inputs) {
        add(op, attributes, fused.output(index), inputs);
    }

    void answer(String op, String... inputs) {
        answer(0, op, node -> node, inputs);
    }

    private String add(String op, UnaryOperator<Node> attributes, String to, String... inputs) {
        String name = fused.name().isEmpty() ? "" : fused.name() + "/" + op + (nodes.isEmpty() ? "" : nodes.size());
        nodes.add(attributes.apply(Node.of(op, name, List.of(inputs), List.of(to))));
        return to;
    }

    /** As exporters write it: no weight, for it is no initializer. */
    String scalar(double value) {
        String name = editor.freshName(fused.output(0) + "/constant_" + tensors++);
        nodes.add(Node.of("Constant", "", List.of(), List.of(name))
                .with("value", Tensor.ofFloats("", new long[0], (float) value)));
        return name;
    }

    String whole(long value) {
        String name = editor.freshName(fused.output(0) + "/constant_" + tensors++);
        nodes.add(Node.of("Constant", "", List.of(), List.of(name))
                .with("value", Tensor.ofLongs("", new long[] {1}, value)));
        return name;
    }
}
