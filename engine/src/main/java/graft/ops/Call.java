package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import graft.Refusal;
import graft.onnx.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One execution of one node: its inputs, its attributes, and where results go. */
final class Call {
    private final Program program;
    private final Node node;
    private final NDArray[] inputs;
    private final NDManager manager;
    private final Mode mode;
    private final Map<String, NDArray> outer;

    Call(Program program, Node node, NDArray[] inputs, Map<String, NDArray> outer, NDManager manager, Mode mode) {
        this.program = program;
        this.node = node;
        this.inputs = inputs;
        this.outer = outer;
        this.manager = manager;
        this.mode = mode;
    }

    Node node() {
        return node;
    }

    /** Version of the node's operator set. */
    long opset() {
        return program.opset(node);
    }

    int size() {
        return inputs.length;
    }

    /** A required input. */
    NDArray get(int index) {
        return optional(index)
                .orElseThrow(() -> new Refusal(node + " lacks its input " + index
                        + ". The file is damaged or needs a newer Graft: export it again."));
    }

    /** An input that may be absent. */
    Optional<NDArray> optional(int index) {
        return index < inputs.length ? Optional.ofNullable(inputs[index]) : Optional.empty();
    }

    /** All inputs, for operators that take any number. */
    NDArray[] all() {
        return inputs.clone();
    }

    /** An integer input (a shape, axes, …) read as numbers. */
    long[] longs(int index) {
        return longs(get(index));
    }

    static long[] longs(NDArray array) {
        if (array.getDataType() == DataType.INT64) {
            return array.toLongArray();
        }
        try (NDArray wide = array.toType(DataType.INT64, false)) {
            return wide.toLongArray();
        }
    }

    /** A float input with one element read as a number. */
    static double scalar(NDArray array) {
        return array.toArray()[0].doubleValue();
    }

    /** Where new arrays belong; closed by whoever asked for the run. */
    NDManager manager() {
        return manager;
    }

    /** Whether dropout acts. */
    boolean dropout() {
        return mode.dropout();
    }

    /** Whether this node, a batch norm, is to normalise by its batch and to learn its statistics. */
    boolean batchStatistics() {
        return mode.batchStatistics().contains(node.output(0));
    }

    /**
     * An expression in TorchScript over the arrays {@code a}, {@code b}, {@code c}, … with one tensor as its result;
     * attributes go in as literals. Differentiable.
     */
    NDArray torch(String expression, NDArray... arrays) {
        return program.torchScript().call(manager, expression, 1, arrays).head();
    }

    /** An expression whose result is a tuple of {@code results} tensors. */
    NDList torch(String expression, int results, NDArray... arrays) {
        return program.torchScript().call(manager, expression, results, arrays);
    }

    /** Runs a sub-graph of this node on {@code given}, in the order of the sub-graph's inputs. */
    NDList run(String subGraph, List<NDArray> given) {
        Program body = program.body(node, subGraph);
        Map<String, NDArray> feed = new HashMap<>(outer);
        for (int i = 0; i < given.size(); i++) {
            feed.put(body.inputNames().get(i), given.get(i));
        }
        return body.run(manager, feed, mode);
    }

    /** A literal list for {@link #torch}. */
    static String list(long... values) {
        return java.util.Arrays.toString(values);
    }
}
