package graft.network.edit;

import graft.Refusal;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is inserted behind a layer, as nodes. Where it can, it begins by passing on what it gets: a linear layer as wide as its input is
 * the identity, a batch norm has the statistics of what needs no norming, so that the network answers as before until it learns.
 */
final class Insertion {
    private static final float EPSILON = 1e-5f;
    private static final long RATIO_IS_INPUT = 12;
    private static final long HARD_SWISH_SINCE = 14;
    /** Of the numbers that a linear layer of another width begins with. */
    private static final long SEED = 7;

    private static final Map<String, String> ACTIVATIONS = Map.of(
            "relu", "Relu",
            "leakyrelu", "LeakyRelu",
            "elu", "Elu",
            "sigmoid", "Sigmoid",
            "tanh", "Tanh",
            "softplus", "Softplus",
            "hardswish", "HardSwish");

    private final Model model;
    private final GraphEditor editor;
    private final Edit edit;
    private final String layer;
    private final long[] shape;
    private final long width;

    /** @param shape of what it gets for one example, batch axis first */
    Insertion(Model model, GraphEditor editor, Edit edit, String layer, long[] shape) {
        this.model = model;
        this.editor = editor;
        this.edit = edit;
        this.layer = layer;
        this.shape = shape;
        this.width =
                edit.name().equals("linear") ? (long) edit.number(shape[shape.length - 1]) : shape[shape.length - 1];
    }

    /** Length of the last axis of what it gives. */
    long width() {
        return width;
    }

    /** Of what it gives for one example. */
    long[] shape() {
        long[] out = shape.clone();
        out[out.length - 1] = width;
        return out;
    }

    /** @throws Refusal where it cannot be inserted here */
    List<Node> nodes(String input, String output) {
        return switch (edit.name()) {
            case "dropout" -> dropout(input, output);
            case "linear" -> linear(input, output);
            case "batchnorm" -> batchNorm(input, output);
            default -> activation(input, output);
        };
    }

    private String fresh(String part) {
        return editor.freshName(layer + "." + part);
    }

    private List<Node> dropout(String input, String output) {
        double rate = edit.number(0.5);
        if (!(rate >= 0 && rate < 1)) {
            throw new Refusal(
                    "A dropout of " + edit.what().substring(edit.what().indexOf(':') + 1)
                            + " cannot be inserted: the rate is a share from 0 to below 1, such as 0.2.");
        }
        Node node = Node.of("Dropout", fresh("dropout"), List.of(input), List.of(output));
        if (model.opset("") < RATIO_IS_INPUT) {
            return List.of(node.with("ratio", (float) rate));
        }
        Tensor ratio = Tensor.ofFloats(fresh("dropout.ratio"), new long[0], (float) rate);
        editor.put(ratio);
        return List.of(node.withInputs(List.of(input, ratio.name())));
    }

    private List<Node> activation(String input, String output) {
        String op = ACTIVATIONS.get(edit.what());
        if (op == null) {
            throw new Refusal("\"" + edit.what() + "\" cannot be inserted. What can be is "
                    + String.join(", ", Edit.INSERTS) + ".");
        }
        if (op.equals("HardSwish") && model.opset("") < HARD_SWISH_SINCE) {
            throw new Refusal("hardswish cannot be inserted behind " + layer + ": the network's operator set is "
                    + model.opset("") + ", and HardSwish came with 14. Insert relu instead.");
        }
        return List.of(Node.of(op, fresh(edit.what()), List.of(input), List.of(output)));
    }

    private List<Node> batchNorm(String input, String output) {
        if (shape.length != 2 && shape.length != 4 && shape.length != 5) {
            throw new Refusal(
                    "batchnorm cannot be inserted behind " + layer
                            + ": what that gives has no axis of channels (batch norm takes rows or maps). Insert it elsewhere.");
        }
        int channels = (int) shape[1];
        String name = fresh("batchnorm");
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        float[] variance = new float[channels];
        Arrays.fill(variance, 1 - EPSILON);
        List<String> inputs = List.of(
                input,
                put(name + ".weight", ones, channels),
                put(name + ".bias", new float[channels], channels),
                put(name + ".running_mean", new float[channels], channels),
                put(name + ".running_var", variance, channels));
        return List.of(
                Node.of("BatchNormalization", name, inputs, List.of(output)).with("epsilon", EPSILON));
    }

    private List<Node> linear(String input, String output) {
        long in = shape[shape.length - 1];
        double typed = edit.number(in);
        if (typed < 1 || typed != Math.rint(typed) || typed > 1 << 20) {
            throw new Refusal(
                    "\"" + edit.what() + "\" has no width: write a whole number from 1 on, such as linear:256.");
        }
        if (shape.length > 3) {
            throw new Refusal(
                    "linear cannot be inserted behind " + layer + ": that gives maps, and a linear layer takes rows."
                            + " Insert it behind the layer that pools or flattens them.");
        }
        int rows = (int) width;
        int columns = (int) in;
        String name = fresh("linear");
        // As Gemm takes it, transposed; MatMul takes the same numbers the other way round.
        boolean matrix = shape.length == 2;
        float[] values = new float[Math.multiplyExact(rows, columns)];
        if (rows == columns) {
            for (int i = 0; i < rows; i++) {
                values[i * columns + i] = 1;
            }
        } else {
            double bound = 1 / Math.sqrt(columns);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
            }
        }
        String weight =
                matrix ? put(name + ".weight", values, rows, columns) : put(name + ".weight", values, columns, rows);
        String bias = put(name + ".bias", new float[rows], rows);
        if (matrix) {
            return List.of(Node.of("Gemm", name, List.of(input, weight, bias), List.of(output))
                    .with("transB", 1L));
        }
        String product = editor.freshName(output + ".product");
        return List.of(
                Node.of("MatMul", name, List.of(input, weight), List.of(product)),
                Node.of("Add", name + ".add", List.of(product, bias), List.of(output)));
    }

    private String put(String wish, float[] values, long... dims) {
        String name = editor.freshName(wish);
        editor.put(Tensor.ofFloats(name, dims, values));
        return name;
    }
}
