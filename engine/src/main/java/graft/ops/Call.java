package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import graft.Refusal;
import graft.onnx.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One execution of one node: its inputs, its attributes, and where results go. */
final class Call {
    /** PyTorch's number for the type; DJL cannot hold arrays of it. */
    private static final int BFLOAT16 = 15;

    /** Last argument of a function that makes an array: PyTorch would make it for the processor. */
    static final String WHERE_A_IS = ", device=ops.prim.device(a)";

    private final Program program;
    private final Node node;
    private final NDArray[] inputs;
    private final NDManager manager;
    private final Mode mode;
    private final Map<String, NDArray> outer;
    private final long limit;

    /**
     * @param limit elements that one result may have
     */
    Call(
            Program program,
            Node node,
            NDArray[] inputs,
            Map<String, NDArray> outer,
            NDManager manager,
            Mode mode,
            long limit) {
        this.program = program;
        this.node = node;
        this.inputs = inputs;
        this.outer = outer;
        this.manager = manager;
        this.mode = mode;
        this.limit = limit;
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
    static double number(NDArray array) {
        return array.toArray()[0].doubleValue();
    }

    TorchScript torchScript() {
        return program.torchScript();
    }

    /** Where new arrays belong; closed by whoever asked for the run. */
    NDManager manager() {
        return manager;
    }

    /** A new array. */
    NDArray create(long[] values, Shape shape) {
        return own(manager.create(values, shape));
    }

    NDArray create(float[] values, Shape shape) {
        return own(manager.create(values, shape));
    }

    NDArray create(long... values) {
        return create(values, new Shape(values.length));
    }

    NDArray create(float... values) {
        return create(values, new Shape(values.length));
    }

    NDArray scalar(long value) {
        return create(new long[] {value}, new Shape());
    }

    NDArray scalar(float value) {
        return create(new float[] {value}, new Shape());
    }

    NDArray scalar(boolean value) {
        return own(manager.create(value));
    }

    /** DJL shares the memory of the Java buffer, which may be collected while views of the array are still in use. */
    private static NDArray own(NDArray shared) {
        try (shared) {
            return shared.duplicate();
        }
    }

    /** Whether the input at {@code index} is a constant that does not learn; its value may go into TorchScript text. */
    boolean isFixed(int index) {
        return program.isFixed(node.input(index));
    }

    /** Whether the input at {@code index} is one of the graph's initializers; {@link Program} lays out kernels among them. */
    boolean isInitializer(int index) {
        return program.tensors().containsKey(node.input(index));
    }

    /** Whether dropout acts. */
    boolean dropout() {
        return mode.dropout();
    }

    /** Whether this node, a batch norm, is to normalise by its batch and to learn its statistics. */
    boolean batchStatistics() {
        return mode.batchStatistics().contains(node.output(0));
    }

    /** Whether this is computed a second time, and must change nothing beside its results. */
    boolean again() {
        return mode.again();
    }

    /**
     * An expression in TorchScript over the arrays {@code a}, {@code b}, {@code c}, … with one tensor as its result;
     * attributes go in as literals. Differentiable.
     */
    NDArray torch(String expression, NDArray... arrays) {
        return torch(expression, 1, arrays).head();
    }

    /** {@link #torch} for a product of its arrays: its factors are rounded where the mode asks for less precision. */
    NDArray product(String expression, NDArray... arrays) {
        boolean rounded = mode.precision() == Precision.BF16;
        StringBuilder statements = new StringBuilder();
        for (int i = 0; i < arrays.length; i++) {
            rounded &= arrays[i].getDataType() == DataType.FLOAT32;
            char name = (char) ('a' + i);
            statements.append(name + " = torch.to(" + name + ", " + BFLOAT16 + ")\n");
        }
        return rounded
                ? script(
                                statements + "return torch.to(" + expression + ", " + Types.code(DataType.FLOAT32)
                                        + ")",
                                1,
                                arrays)
                        .head()
                : torch(expression, arrays);
    }

    /** Whether factors are rounded, so that a product must be written for {@link #product}. */
    boolean rounds() {
        return mode.precision() != Precision.FP32;
    }

    /** An expression whose result is a tuple of {@code results} tensors. */
    NDList torch(String expression, int results, NDArray... arrays) {
        return script("return " + expression, results, arrays);
    }

    /** Statements in TorchScript over the arrays {@code a}, {@code b}, {@code c}, …, the last one a {@code return}. */
    NDList script(String statements, int results, NDArray... arrays) {
        return program.torchScript().call(manager, statements, results, arrays);
    }

    /** Whether the graph uses the output at {@code index}. */
    boolean wants(int index) {
        return !node.output(index).isEmpty();
    }

    /** The position of an axis attribute of this node, counted from the front. */
    int axis(int absent, int rank) {
        return ShapeOps.axis(node.attribute("axis", absent), rank);
    }

    /** The error for a form of this operator that the executor does not compute. */
    Unsupported unsupported(String what) {
        return new Unsupported(
                node + ": " + what + " is not something Graft can train through. Keep it in the frozen" + " part.");
    }

    /**
     * Refuses results that no machine holds, before they are allocated: a few bytes in a file can ask for them.
     *
     * @throws TooLarge where this is a constant that is better computed when it is needed
     */
    void checkSize(long... shape) {
        double size = 1;
        for (long extent : shape) {
            size *= extent;
        }
        if (size > limit) {
            throw new TooLarge(node + " would make a tensor of shape " + java.util.Arrays.toString(shape)
                    + ". The file is damaged or meant for a larger machine.");
        }
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
