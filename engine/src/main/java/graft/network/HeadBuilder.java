package graft.network;

import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Puts a {@link Head} together; names are chosen so that none of the body is taken again. */
public final class HeadBuilder {
    private static final long AXES_ARE_INPUTS = 13;

    private final Model model;
    private final List<String> on;
    private final GraphEditor names;
    private final List<Node> nodes = new java.util.ArrayList<>();
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();

    /** @param on the tensors of the body that the head stands on */
    public HeadBuilder(Network body, List<String> on) {
        this.model = body.model();
        this.on = on;
        this.names = Head.bodyBelow(model, on);
    }

    /**
     * Adds a node with one result.
     *
     * @param name of the node, and {@code result} of what it gives, where they are free
     * @return the name of the result
     */
    public String node(String opType, String name, List<String> inputs, String result, UnaryOperator<Node> attributes) {
        String given = names.freshName(result);
        Node node = attributes.apply(Node.of(opType, names.freshName(name), inputs, List.of(given)));
        names.nodes().add(node);
        nodes.add(node);
        return given;
    }

    public String node(String opType, String name, List<String> inputs, String result) {
        return node(opType, name, inputs, result, node -> node);
    }

    /** A node that reduces one axis and keeps it with a length of one or drops it, as the network's operator set writes it. */
    public String sum(String tensor, long axis, boolean keep, String result) {
        if (model.opset("") < AXES_ARE_INPUTS) {
            return node(
                    "ReduceSum", result + ".sum", List.of(tensor), result, node -> node.with("axes", new long[] {axis})
                            .with("keepdims", keep ? 1L : 0L));
        }
        String axes = constant("head.axis", Tensor.ofLongs("", new long[] {1}, axis));
        return node(
                "ReduceSum",
                result + ".sum",
                List.of(tensor, axes),
                result,
                node -> node.with("keepdims", keep ? 1L : 0L));
    }

    /** A constant under {@code wish}, if that is free; its name. */
    public String constant(String wish, Tensor value) {
        String name = names.freshName(wish);
        Tensor named = value.named(name);
        names.put(named);
        constants.put(name, named);
        return name;
    }

    /** A tensor that learns. */
    public String weight(String wish, long[] shape, float[] values) {
        String name = names.freshName(wish);
        Tensor tensor = Tensor.ofFloats(name, shape, values);
        names.put(tensor);
        weights.put(name, tensor);
        return name;
    }

    /** The network's version of ONNX's own operators. */
    long opset() {
        return model.opset("");
    }

    /**
     * A linear layer on the way to the end, which begins as PyTorch's Linear.
     *
     * @return the name of its result, {@code [N, outputs]}
     */
    String hidden(String name, String rows, int width, int outputs, long seed) {
        float[] weightValues = new float[Math.multiplyExact(outputs, width)];
        float[] biasValues = new float[outputs];
        fill(width, seed, weightValues, biasValues);
        String weight = weight(name + ".weight", new long[] {outputs, width}, weightValues);
        String bias = weight(name + ".bias", new long[] {outputs}, biasValues);
        return node("Gemm", name, List.of(rows, weight, bias), name + ".rows", node -> node.with("transB", 1L));
    }

    /** The same on each token, {@code [N, tokens, outputs]}. */
    String hiddenOfTokens(String name, String tokens, int width, int outputs, long seed) {
        float[] weightValues = new float[Math.multiplyExact(outputs, width)];
        float[] biasValues = new float[outputs];
        fill(width, seed, weightValues, biasValues);
        String weight = weight(name + ".weight", new long[] {width, outputs}, turned(weightValues, outputs));
        String bias = weight(name + ".bias", new long[] {outputs}, biasValues);
        String product = node("MatMul", name, List.of(tokens, weight), name + ".product");
        return node("Add", name + ".add", List.of(product, bias), name + ".rows");
    }

    /** {@code [outputs, width]} as {@code [width, outputs]}. */
    private static float[] turned(float[] values, int outputs) {
        int width = values.length / outputs;
        float[] out = new float[values.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < width; i++) {
                out[i * outputs + o] = values[o * width + i];
            }
        }
        return out;
    }

    private static void fill(int width, long seed, float[] weightValues, float[] biasValues) {
        double bound = 1 / Math.sqrt(width);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < weightValues.length; i++) {
            weightValues[i] = (float) random.nextDouble(-bound, bound);
        }
        for (int i = 0; i < biasValues.length; i++) {
            biasValues[i] = (float) random.nextDouble(-bound, bound);
        }
    }

    /**
     * Ends the head with a linear layer.
     *
     * @param rows a tensor {@code [N, width]}
     * @param output name of the network's new output {@code [N, outputs]}
     * @param seed of the first numbers
     */
    public Head linear(String rows, int width, int outputs, String output, Head.Init init, long seed) {
        float[][] first = first(width, outputs, init, seed);
        String weight = weight("head.weight", new long[] {outputs, width}, first[0]);
        String bias = weight("head.bias", new long[] {outputs}, first[1]);
        return answering(
                Node.of("Gemm", "head", List.of(rows, weight, bias), List.of(output))
                        .with("transB", 1L),
                outputs);
    }

    /**
     * Ends the head with a linear layer on each token.
     *
     * @param tokens a tensor {@code [N, tokens, width]}
     * @param output name of the network's new output {@code [N, tokens, outputs]}
     * @param seed of the first numbers
     */
    public Head linearOfTokens(String tokens, int width, int outputs, String output, Head.Init init, long seed) {
        float[][] first = first(width, outputs, init, seed);
        String weight = weight("head.weight", new long[] {width, outputs}, turned(first[0], outputs));
        String bias = weight("head.bias", new long[] {outputs}, first[1]);
        String product = node("MatMul", "head", List.of(tokens, weight), "head.product");
        nodes.add(Node.of("Add", names.freshName("head.add"), List.of(product, bias), List.of(output)));
        ValueInfo answer = ValueInfo.of(
                output, ElementType.FLOAT, batchAxis(), ValueInfo.Dim.free("tokens"), ValueInfo.Dim.of(outputs));
        return new Head(on, List.copyOf(nodes), weights, constants, List.of(answer));
    }

    /**
     * Ends the head with a score for each token of a vocabulary: how much a place resembles the token's row in the table that the
     * body looks tokens up in, which stays one tensor, and a bias.
     *
     * @param tokens a tensor {@code [N, tokens, width]}
     * @param table a tensor of the body, {@code [vocabulary, width]}
     * @param output name of the network's new output {@code [N, tokens, vocabulary]}
     */
    public Head tied(String tokens, String table, int vocabulary, String output) {
        String bias = weight("head.bias", new long[] {vocabulary}, new float[vocabulary]);
        String turned = node(
                "Transpose", "head.table", List.of(table), "head.table", node -> node.with("perm", new long[] {1, 0}));
        String product = node("MatMul", "head", List.of(tokens, turned), "head.product");
        nodes.add(Node.of("Add", names.freshName("head.add"), List.of(product, bias), List.of(output)));
        ValueInfo answer = ValueInfo.of(
                output, ElementType.FLOAT, batchAxis(), ValueInfo.Dim.free("tokens"), ValueInfo.Dim.of(vocabulary));
        return new Head(on, List.copyOf(nodes), weights, constants, List.of(answer));
    }

    /** Weight {@code [outputs, width]} and bias of a layer before it learns. */
    private static float[][] first(int width, int outputs, Head.Init init, long seed) {
        float[] weightValues = new float[Math.multiplyExact(outputs, width)];
        float[] biasValues = new float[outputs];
        if (init == Head.Init.DEFAULT) {
            fill(width, seed, weightValues, biasValues);
        }
        return new float[][] {weightValues, biasValues};
    }

    /**
     * Ends the head with a node whose only result is the network's new output {@code [N, outputs]}.
     *
     * @param last its name is changed where it is taken
     */
    public Head answering(Node last, int outputs) {
        nodes.add(last.named(names.freshName(last.name())));
        String output = last.outputs().get(0);
        ValueInfo answer = ValueInfo.of(output, ElementType.FLOAT, batchAxis(), ValueInfo.Dim.of(outputs));
        return new Head(on, List.copyOf(nodes), weights, constants, List.of(answer));
    }

    private ValueInfo.Dim batchAxis() {
        return model.graph().inputs().stream()
                .flatMap(input -> input.shape().stream())
                .filter(shape -> !shape.isEmpty())
                .map(shape -> shape.get(0))
                .findFirst()
                .orElse(ValueInfo.Dim.free("N"));
    }
}
