package graft.rewrite;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rewrites a quantized network as one of fp32: weights become the numbers that their integers stand for, and what rounds
 * activations goes. Reads the three spellings: pairs of QuantizeLinear and DequantizeLinear, QLinear operators, and the
 * Integer operators after DynamicQuantizeLinear.
 */
final class QuantizedToFloat {
    /** What gives numbers of any sign, so that a range which begins at zero cuts. */
    private static final Set<String> CUTTING = Set.of(
            "Conv",
            "ConvTranspose",
            "Gemm",
            "MatMul",
            "Einsum",
            "Add",
            "Sub",
            "Sum",
            "Mul",
            "Div",
            "BatchNormalization",
            "InstanceNormalization",
            "LayerNormalization",
            "GroupNormalization",
            "LeakyRelu",
            "PRelu");

    private final Graph graph;
    private final long opset;
    private final GraphEditor editor;
    private final Map<String, Node> producers;
    private final Map<String, List<Node>> readers;
    /** The float tensor that each quantized tensor stands for. */
    private final Map<String, String> floats = new HashMap<>();

    /** Names of tensors that are no longer computed, and what is read in their place. */
    private final Map<String, String> instead = new LinkedHashMap<>();

    /** For the results of Integer products: the weight that has to be multiplied in by hand. */
    private final Map<String, Node> integers = new HashMap<>();

    private final List<Node> nodes = new ArrayList<>();
    private int removed;
    private int clips;

    private QuantizedToFloat(Graph graph, long opset) {
        this.graph = graph;
        this.opset = opset;
        this.editor = graph.edit();
        this.producers = graph.producers();
        this.readers = graph.readers();
    }

    /**
     * @param removed nodes that rounded
     * @param clips activations that the quantizer had merged into a range, and that are written out again
     */
    record Result(Model model, int removed, int clips) {}

    static Result convert(Model model) {
        QuantizedToFloat conversion = new QuantizedToFloat(model.graph(), model.opset(""));
        for (Node node : model.graph().nodes()) {
            conversion.convert(node);
        }
        return new Result(conversion.build(model), conversion.removed, conversion.clips);
    }

    private Model build(Model model) {
        editor.forgetInnerShapes();
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        for (String output : graph.outputNames()) {
            if (instead.containsKey(output)) {
                editor.nodes()
                        .add(Node.of("Identity", output + "_float", List.of(instead.get(output)), List.of(output)));
            }
        }
        return model.withGraph(editor.prune().build());
    }

    private void convert(Node node) {
        switch (node.opType()) {
            case "QuantizeLinear" -> {
                if (isConstant(node.input(0))) {
                    nodes.add(node);
                    return;
                }
                floats.put(node.output(0), withinRange(node));
                removed++;
            }
            case "DynamicQuantizeLinear" -> {
                floats.put(node.output(0), read(node.input(0)));
                removed++;
            }
            case "DequantizeLinear" -> {
                if (floats.containsKey(node.input(0))) {
                    instead.put(node.output(0), floats.get(node.input(0)));
                    removed++;
                } else {
                    nodes.add(node); // a constant: opening the file computes it
                }
            }
            case "QLinearConv" -> product(node, "Conv", weight(node, 3, 4, 5, 0), bias(node, 8));
            case "QLinearMatMul" -> product(node, "MatMul", second(node), List.of());
            case "QGemm" ->
                product(node, "Gemm", weight(node, 3, 4, 5, node.attribute("transB", 0) == 1 ? 0 : -1), bias(node, 6));
            case "QLinearAdd", "QLinearMul" -> {
                String op = node.opType().substring("QLinear".length());
                put(
                        Node.of(op, node.name(), List.of(value(node, 0, 1, 2), value(node, 3, 4, 5)), node.outputs()),
                        node);
            }
            case "QLinearGlobalAveragePool",
                    "QLinearAveragePool",
                    "QLinearSigmoid",
                    "QLinearLeakyRelu",
                    "QLinearSoftmax" ->
                put(
                        node.as(node.opType().substring("QLinear".length())).withInputs(List.of(value(node, 0, 1, 2))),
                        node);
            case "ConvInteger", "MatMulInteger" -> integers.put(node.output(0), node);
            case "Cast" -> {
                if (integers.containsKey(node.input(0))) {
                    integers.put(node.output(0), integers.get(node.input(0)));
                } else {
                    plain(node);
                }
            }
            case "Mul" -> multiply(node);
            default -> {
                if (NumberFormat.isQuantized(node)) {
                    throw new Refusal(
                            node + " cannot be converted to fp32. Take the network from before it was quantized.");
                }
                plain(node);
            }
        }
    }

    /** A node that passes quantized numbers on, such as MaxPool, passes the floats on. */
    private void plain(Node node) {
        boolean passes = node.inputs().stream().anyMatch(floats::containsKey);
        nodes.add(node.withInputs(node.inputs().stream().map(this::read).toList()));
        if (passes) {
            node.outputs().forEach(output -> floats.put(output, output));
        }
    }

    private String read(String name) {
        return instead.getOrDefault(name, floats.getOrDefault(name, name));
    }

    /** The product of the two scales is not computed any more; the scaled product of integers becomes that of floats. */
    private void multiply(Node node) {
        Node integer = integers.getOrDefault(node.input(0), integers.get(node.input(1)));
        if (integer != null) {
            String scales = node.input(integers.containsKey(node.input(0)) ? 1 : 0);
            Node product = producers.get(scales);
            String scale = product == null ? scales : constantOf(product);
            String weight = dequantized(
                    integer.input(1), scale, integer.input(3), integer.opType().equals("ConvInteger") ? 0 : -1);
            String op = integer.opType().equals("ConvInteger") ? "Conv" : "MatMul";
            nodes.add(integer.as(op)
                    .withInputs(List.of(read(integer.input(0)), weight))
                    .withOutputs(node.outputs()));
            removed++;
        } else if (readers.getOrDefault(node.output(0), List.of()).stream().noneMatch(this::scalesIntegers)) {
            plain(node);
        }
    }

    private boolean scalesIntegers(Node reader) {
        return reader.opType().equals("Mul") && reader.inputs().stream().anyMatch(integers::containsKey);
    }

    private String constantOf(Node product) {
        return product.inputs().stream()
                .filter(this::isConstant)
                .findFirst()
                .orElseThrow(() -> new Refusal(product + " scales integers by no constant, which Graft cannot convert."
                        + " Take the network from before it was quantized."));
    }

    private boolean isConstant(String name) {
        return graph.initializers().containsKey(name);
    }

    private void product(Node node, String op, String weight, List<String> bias) {
        List<String> inputs = new ArrayList<>(List.of(value(node, 0, 1, 2), weight));
        inputs.addAll(bias);
        Node made = node.as(op).withInputs(inputs);
        put(made, node);
    }

    private void put(Node made, Node from) {
        Node plain = inDefaultDomain(made);
        nodes.add(plain);
        String result = from.output(0);
        int last = from.inputs().size()
                - (from.opType().equals("QLinearConv") && from.inputs().size() == 9 ? 2 : 1);
        boolean ranged = CUTTING.contains(plain.opType()) && last >= 6;
        IntegerRange range = IntegerRange.of(graph.initializers().get(from.input(last)), ElementType.UINT8);
        floats.put(result, ranged ? clipped(result, from.input(last - 1), range) : result);
        removed++;
    }

    /** Quantizers merge a Relu into the range that they cut results to: there, the range is kept as a Clip. */
    private String withinRange(Node quantize) {
        String value = read(quantize.input(0));
        Node maker = producers.get(quantize.input(0));
        return maker != null && CUTTING.contains(maker.opType())
                ? clipped(value, quantize.input(1), IntegerRange.of(quantize, graph))
                : value;
    }

    private String clipped(String value, String scaleName, IntegerRange range) {
        Tensor scale = graph.initializers().get(scaleName);
        if (scale == null || scale.size() != 1 || !range.beginsAtZero()) {
            return value;
        }
        String name = value + "_clipped";
        if (!editor.initializers().containsKey(name + "_max")) {
            clips++;
            float most = (float) range.most(scale.toFloats()[0]);
            editor.put(Tensor.ofFloats(name + "_min", new long[0], 0f));
            editor.put(Tensor.ofFloats(name + "_max", new long[0], most));
            // Bounds were attributes until opset 10, which has quantization already.
            nodes.add(
                    opset < 11
                            ? Node.of("Clip", name, List.of(value), List.of(name))
                                    .with("min", 0f)
                                    .with("max", most)
                            : Node.of("Clip", name, List.of(value, name + "_min", name + "_max"), List.of(name)));
        }
        return name;
    }

    private static Node inDefaultDomain(Node node) {
        Node out = Node.of(node.opType(), node.name(), node.inputs(), node.outputs());
        for (String attribute : List.of("strides", "pads", "dilations", "kernel_shape")) {
            out = node.has(attribute) ? out.with(attribute, node.attribute(attribute, new long[0])) : out;
        }
        for (String attribute : List.of("group", "ceil_mode", "count_include_pad", "axis", "transA", "transB")) {
            out = node.has(attribute) ? out.with(attribute, node.attribute(attribute, 0L)) : out;
        }
        out = node.has("auto_pad") ? out.with("auto_pad", node.attribute("auto_pad", "")) : out;
        return node.has("alpha") ? out.with("alpha", node.attribute("alpha", 0f)) : out;
    }

    private String second(Node node) {
        return isConstant(node.input(3)) ? weight(node, 3, 4, 5, -1) : read(node.input(3));
    }

    private String value(Node node, int x, int scale, int zero) {
        return isConstant(node.input(x)) ? weight(node, x, scale, zero, -1) : read(node.input(x));
    }

    private String weight(Node node, int x, int scale, int zero, int axis) {
        return dequantized(node.input(x), node.input(scale), node.input(zero), axis);
    }

    /** int32, in units of the scales of input and weight. */
    private List<String> bias(Node node, int index) {
        if (node.input(index).isEmpty()) {
            return List.of();
        }
        Tensor bias = graph.initializers().get(node.input(index));
        float input = graph.initializers().get(node.input(1)).toFloats()[0];
        float[] scales = graph.initializers().get(node.input(4)).toFloats();
        float[] values = new float[Math.toIntExact(bias.size())];
        long[] integersOfBias = bias.toLongs();
        for (int i = 0; i < values.length; i++) {
            values[i] = integersOfBias[i] * input * scales[scales.length == 1 ? 0 : i];
        }
        return List.of(put(bias.name(), bias.shape(), values));
    }

    /** x = (q − zero) · scale; {@code axis} is that of several scales, −1 the last. */
    private String dequantized(String name, String scaleName, String zeroName, int axis) {
        Tensor weight = graph.initializers().get(name);
        Tensor scale = graph.initializers().get(scaleName);
        if (weight == null || scale == null) {
            throw new Refusal(
                    "The weight " + name + " of a quantized layer, or its scale, is computed in the graph, which"
                            + " Graft cannot convert. Take the network from before it was quantized.");
        }
        float[] scales = scale.toFloats();
        Tensor zeroTensor = graph.initializers().get(zeroName);
        long[] zeros = zeroTensor == null ? new long[] {0} : zeroTensor.toLongs();
        long[] shape = weight.shape();
        int along = axis < 0 ? shape.length - 1 : axis;
        long inner = 1;
        for (int i = along + 1; i < shape.length; i++) {
            inner *= shape[i];
        }
        long[] integersOfWeight = weight.toLongs();
        float[] values = new float[integersOfWeight.length];
        for (int i = 0; i < values.length; i++) {
            int channel = shape.length == 0 ? 0 : (int) (i / inner % shape[along]);
            values[i] = (integersOfWeight[i] - zeros[zeros.length == 1 ? 0 : channel])
                    * scales[scales.length == 1 ? 0 : channel];
        }
        return put(name, shape, values);
    }

    private String put(String name, long[] shape, float[] values) {
        String wish = name.replaceFirst("_quantized$", "");
        Tensor there = editor.initializers().get(wish);
        if (there == null || there.type() != ElementType.FLOAT) {
            editor.put(Tensor.ofFloats(wish, shape, values));
        }
        return wish;
    }
}
