package graft.rewrite;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.ops.Weights;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether every operator of a graph treats each example of a batch by itself, by the words of the ONNX specification: then
 * any number of them can go together, and nothing needs to be run to know it.
 */
final class PerExample {
    private static final Set<String> ALWAYS = Set.of(
            "Conv",
            "ConvTranspose",
            "MaxPool",
            "AveragePool",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "LRN",
            "BatchNormalization",
            "InstanceNormalization",
            "Relu",
            "LeakyRelu",
            "Elu",
            "Sigmoid",
            "HardSigmoid",
            "Tanh",
            "Clip",
            "Dropout",
            "Identity");
    private static final Set<String> ARITHMETIC = Set.of("Add", "Sub", "Mul", "Div", "Sum", "Max", "Min", "PRelu");

    private final Weights weights;
    private final Map<String, Tensor> constants;

    private PerExample(Graph graph) {
        this.weights = new Weights(graph);
        this.constants = new HashMap<>(graph.initializers());
        graph.nodes().stream().filter(node -> node.opType().equals("Constant")).forEach(node -> node.tensor("value")
                .ifPresent(value -> constants.put(node.output(0), value)));
    }

    /** False where it is not so or cannot be told. The first axis of every input is the batch. */
    static boolean holds(Graph graph) {
        PerExample reasons = new PerExample(graph);
        return graph.nodes().stream()
                .filter(node -> !reasons.weights.isConstantNode(node))
                .allMatch(node -> node.domain().isEmpty() && reasons.treatsExamplesAlone(node));
    }

    private boolean treatsExamplesAlone(Node node) {
        String op = node.opType();
        if (ALWAYS.contains(op)) {
            return weights.fedInputs(node).size() == 1;
        }
        if (ARITHMETIC.contains(op)) {
            return node.inputs().stream().allMatch(this::isFedOrSpread);
        }
        return switch (op) {
            case "Gemm" ->
                weights.fedInputs(node).size() == 1
                        && node.attribute("transA", 0) == 0
                        && !weights.isConstant(node.input(0))
                        && (node.input(2).isEmpty() || isFedOrSpread(node.input(2)));
            case "MatMul" -> !weights.isConstant(node.input(0)) && weights.isConstant(node.input(1));
            case "Concat" ->
                node.attribute("axis", 0) >= 1 && node.inputs().stream().noneMatch(weights::isConstant);
            case "Split" -> node.attribute("axis", 0) >= 1;
            case "Flatten" -> node.attribute("axis", 1) == 1;
            case "Softmax", "LogSoftmax" -> {
                int axis = node.attribute("axis", 1);
                yield axis == -1 || axis >= 1;
            }
            case "Transpose" -> {
                long[] perm = node.attribute("perm", new long[0]);
                yield perm.length > 0 && perm[0] == 0;
            }
            case "Reshape" -> {
                Tensor shape = constants.get(node.input(1));
                yield shape != null
                        && node.attribute("allowzero", 0) == 0
                        && shape.size() > 1
                        && shape.toLongs()[0] == 0;
            }
            default -> false;
        };
    }

    /** A constant that is the same for every example of a batch of any size. */
    private boolean isFedOrSpread(String input) {
        if (!weights.isConstant(input)) {
            return true;
        }
        Tensor constant = constants.get(input);
        if (constant == null) {
            return false;
        }
        long[] shape = constant.shape();
        boolean perChannel = shape.length == 3 && shape[1] == 1 && shape[2] == 1;
        return shape.length <= 1 || shape[0] == 1 || perChannel;
    }
}
