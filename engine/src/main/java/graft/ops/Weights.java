package graft.ops;

import graft.onnx.ElementType;
import graft.onnx.FlatGraph;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.RandomNumbers;
import graft.onnx.Tensor;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which initializers of a graph are weights. A weight is a float tensor (of half precision too, or the integers of a
 * quantized layer: these are shown, and learn after a conversion to fp32) with more than one element, or of any size in a
 * weight, scale or bias slot, from which a gradient path leads to an output. Running statistics are state. Bounds, exponents,
 * epsilons, scales and pads are settings. What stands in the bodies of If, Loop and Scan counts as if it stood outside.
 */
public final class Weights {
    /** What a reader takes an input for. */
    private enum Slot {
        WEIGHT,
        INTEGER_WEIGHT,
        STATE,
        SETTING,
        ANY
    }

    private final Graph graph;
    private final Set<Node> constantNodes = Collections.newSetFromMap(new IdentityHashMap<>());
    /**
     * For each tensor that depends on nothing fed: the float tensors its gradient would go to. Those are initializers, or
     * results of constant nodes that no gradient passes (a filled shape, dequantised integers).
     */
    private final Map<String, Set<String>> sources = new HashMap<>();

    private final Map<String, EnumSet<Slot>> slots = new HashMap<>();
    private final Set<String> computed = new LinkedHashSet<>();
    private final Set<String> weights = new LinkedHashSet<>();
    private final Set<String> state = new LinkedHashSet<>();
    private final Set<String> reached;

    public Weights(Graph model) {
        this.graph = FlatGraph.of(model);
        this.reached = GradientPaths.of(graph);
        graph.initializers()
                .forEach((name, tensor) -> sources.put(name, isNumber(tensor.type()) ? Set.of(name) : Set.of()));
        for (Node node : graph.nodes()) {
            if (isConstant(node)) {
                constantNodes.add(node);
                followConstant(node);
            } else {
                noteSlots(node);
            }
        }
        model.initializers().values().forEach(this::sort);
        computed.removeIf(name -> !slots.containsKey(name));
    }

    private static boolean canLearn(ElementType type) {
        return type == ElementType.FLOAT || type == ElementType.DOUBLE;
    }

    private static boolean isHalf(ElementType type) {
        return type == ElementType.FLOAT16 || type == ElementType.BFLOAT16;
    }

    private static boolean isInt8(ElementType type) {
        return type == ElementType.INT8 || type == ElementType.UINT8;
    }

    private static boolean isNumber(ElementType type) {
        return canLearn(type) || isHalf(type) || isInt8(type);
    }

    /** A gradient that comes to a half-precision tensor through a Cast stays at the Cast: its result is the weight. */
    private boolean widens(Node node) {
        return node.opType().equals("Cast")
                && makesFloats(node)
                && sources.get(node.input(0)).stream()
                        .map(graph.initializers()::get)
                        .anyMatch(tensor -> tensor != null && !canLearn(tensor.type()));
    }

    private boolean isConstant(Node node) {
        // ONNX Runtime's own form of it knew 16 bits first.
        boolean known = node.domain().isEmpty() || node.opType().equals("DequantizeLinear");
        return !RandomNumbers.draws(node)
                && known
                && node.graphs().isEmpty()
                && sources.keySet().containsAll(node.needs());
    }

    private void followConstant(Node node) {
        Set<String> from = new LinkedHashSet<>();
        if (!node.opType().equals("DequantizeLinear") && !widens(node)) {
            node.needs().forEach(name -> from.addAll(sources.get(name)));
        }
        boolean startsHere = from.isEmpty() && makesFloats(node);
        for (String output : node.outputs()) {
            sources.put(output, startsHere ? Set.of(output) : from);
            if (startsHere) {
                computed.add(output);
            }
        }
    }

    private static boolean makesFloats(Node node) {
        return switch (node.opType()) {
            case "Constant" -> node.tensor("value").map(t -> canLearn(t.type())).orElse(node.has("value_floats"));
            case "ConstantOfShape" ->
                node.tensor("value").map(t -> canLearn(t.type())).orElse(true);
            case "Cast" -> canLearn(ElementType.of(node.attribute("to", ElementType.FLOAT.code())));
            case "DequantizeLinear" -> true;
            default -> false;
        };
    }

    private void noteSlots(Node node) {
        List<String> inputs = node.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            Slot slot = slot(node.opType(), i);
            note(inputs.get(i), slot);
            for (String source : sources.getOrDefault(inputs.get(i), Set.of())) {
                note(source, slot);
            }
        }
    }

    private void note(String tensor, Slot slot) {
        slots.computeIfAbsent(tensor, n -> EnumSet.noneOf(Slot.class)).add(slot);
    }

    private void sort(Tensor tensor) {
        if (isWeight(tensor.name(), tensor.type(), tensor.size())) {
            weights.add(tensor.name());
        } else if (isState(tensor.name())) {
            state.add(tensor.name());
        }
    }

    /** Whether a constant tensor would be a weight if it were an initializer of this type and size. */
    public boolean isWeight(String name, ElementType type, long size) {
        EnumSet<Slot> read = slots.getOrDefault(name, EnumSet.noneOf(Slot.class));
        if (!reached.contains(name)) {
            return false;
        }
        if (isInt8(type)) {
            return size > 1 && read.contains(Slot.INTEGER_WEIGHT);
        }
        return (canLearn(type) || isHalf(type)) && (read.contains(Slot.WEIGHT) || size > 1 && read.contains(Slot.ANY));
    }

    private static Slot slot(String op, int index) {
        return switch (op) {
            case "Conv", "ConvTranspose" -> index >= 1 ? Slot.WEIGHT : Slot.ANY;
            case "ConvInteger", "MatMulInteger" -> index == 1 ? Slot.INTEGER_WEIGHT : Slot.SETTING;
            case "QLinearConv", "QLinearMatMul", "QGemm" -> index == 3 ? Slot.INTEGER_WEIGHT : Slot.SETTING;
            case "DynamicQuantizeLinear",
                    "QLinearAdd",
                    "QLinearMul",
                    "QLinearGlobalAveragePool",
                    "QLinearAveragePool",
                    "QLinearConcat",
                    "QLinearSigmoid",
                    "QLinearLeakyRelu",
                    "QLinearSoftmax" -> Slot.SETTING;
            case "Gemm", "MatMul" -> Slot.WEIGHT;
            case "BatchNormalization" ->
                index == 1 || index == 2 ? Slot.WEIGHT : index == 3 || index == 4 ? Slot.STATE : Slot.ANY;
            case "InstanceNormalization",
                    "LayerNormalization",
                    "GroupNormalization",
                    "RMSNormalization",
                    "SimplifiedLayerNormalization" -> index >= 1 ? Slot.WEIGHT : Slot.ANY;
            case "LSTM", "GRU", "RNN" -> (index >= 1 && index <= 3) || index == 7 ? Slot.WEIGHT : Slot.ANY;
            case "Clip",
                    "Pow",
                    "Pad",
                    "Resize",
                    "Upsample",
                    "Dropout",
                    "OneHot",
                    "Range",
                    "NonMaxSuppression",
                    "RoiAlign" -> index >= 1 ? Slot.SETTING : Slot.ANY;
            case "QuantizeLinear", "DequantizeLinear" -> Slot.SETTING;
            // A constant that only says what to compare with, or what to choose, has no gradient worth following.
            case "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual" -> Slot.SETTING;
            default -> Slot.ANY;
        };
    }

    /** What was looked at: the graph, with its bodies opened. */
    public Graph graph() {
        return graph;
    }

    /** Names of the weights, in the order of the file. */
    public Set<String> weights() {
        return weights;
    }

    /** Names of running means and variances, in the order of the file. */
    public Set<String> state() {
        return state;
    }

    /** Nodes whose results depend on nothing that is fed. */
    public boolean isConstantNode(Node node) {
        return constantNodes.contains(node);
    }

    public boolean isConstant(String tensor) {
        return sources.containsKey(tensor);
    }

    /** The weights a node reads, directly or through nodes that compute only with constants, in input order. */
    public Set<String> weightsOf(Node node) {
        Set<String> out = new LinkedHashSet<>();
        for (String input : node.needs()) {
            for (String source : sources.getOrDefault(input, Set.of())) {
                if (weights.contains(source)) {
                    out.add(source);
                }
            }
        }
        return out;
    }

    /** The running statistics a node reads. */
    public Set<String> stateOf(Node node) {
        Set<String> out = new LinkedHashSet<>();
        for (String input : node.needs()) {
            for (String source : sources.getOrDefault(input, Set.of())) {
                if (state.contains(source)) {
                    out.add(source);
                }
            }
        }
        return out;
    }

    /** Inputs of a node that depend on what is fed. */
    public List<String> fedInputs(Node node) {
        return node.needs().stream().filter(name -> !isConstant(name)).toList();
    }

    /** Results of constant nodes that would be weights or statistics if they were initializers large enough. */
    public Set<String> computed() {
        return computed;
    }

    /** Whether a tensor is read as running statistics. */
    public boolean isState(String tensor) {
        return slots.getOrDefault(tensor, EnumSet.noneOf(Slot.class)).contains(Slot.STATE);
    }
}
