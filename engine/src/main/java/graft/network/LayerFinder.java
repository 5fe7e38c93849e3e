package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a graph as layers, in graph order. */
final class LayerFinder {
    private static final Set<String> PRODUCTS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");
    private static final Set<String> NORMS =
            Set.of("BatchNormalization", "InstanceNormalization", "GroupNormalization", "LayerNormalization");
    private static final Set<String> ACTIVATIONS = Set.of(
            "Relu",
            "Clip",
            "LeakyRelu",
            "PRelu",
            "Sigmoid",
            "HardSigmoid",
            "HardSwish",
            "Swish",
            "Mish",
            "Gelu",
            "Tanh",
            "Elu",
            "Selu",
            "Celu",
            "Softplus",
            "Softsign",
            "ThresholdedRelu");

    private final Graph graph;
    private final Weights weights;
    private final Map<String, List<Node>> readers;
    private final Map<String, List<Node>> open = new LinkedHashMap<>();
    private final List<List<Node>> found = new ArrayList<>();

    private LayerFinder(Graph graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
        this.readers = graph.readers();
    }

    static List<Layer> find(Graph graph, Weights weights) {
        return new LayerFinder(graph, weights).layers();
    }

    private List<Layer> layers() {
        for (Node node : graph.nodes()) {
            if (weights.isConstantNode(node)) {
                continue;
            }
            List<Node> before = preceding(node);
            if (before != null && continues(before, node)) {
                before.add(node);
                open.put(node.output(0), before);
            } else if (!weights.weightsOf(node).isEmpty()) {
                List<Node> layer = new ArrayList<>(List.of(node));
                found.add(layer);
                open.put(node.output(0), layer);
            }
        }
        return named();
    }

    /** The layer whose result is all that {@code node} takes, and which nobody else reads. */
    private List<Node> preceding(Node node) {
        List<String> fed = weights.fedInputs(node);
        if (fed.isEmpty() || !open.containsKey(fed.get(0))) {
            return null;
        }
        List<Node> layer = open.get(fed.get(0));
        if (fed.size() == 1 && readers.get(fed.get(0)).size() == 1) {
            return layer;
        }
        return isGate(node, fed) ? layer : null;
    }

    /** x · sigmoid(x), written as two nodes: both read the layer's result. */
    private boolean isGate(Node node, List<String> fed) {
        if (fed.size() == 1) {
            List<Node> both = readers.get(fed.get(0));
            return both.size() == 2
                    && (node.opType().equals("Sigmoid") || node.opType().equals("HardSigmoid"))
                    && both.stream()
                            .anyMatch(other -> other.opType().equals("Mul")
                                    && other.inputs().contains(node.output(0)));
        }
        return fed.size() == 2 && node.opType().equals("Mul") && open.get(fed.get(0)) == open.get(fed.get(1));
    }

    private boolean continues(List<Node> layer, Node node) {
        String first = layer.get(0).opType();
        boolean activated = layer.stream().anyMatch(n -> ACTIVATIONS.contains(n.opType()));
        if (ACTIVATIONS.contains(node.opType())) {
            return true;
        }
        if (node.opType().equals("Mul") && activated) {
            return weights.fedInputs(node).size() == 2; // the second half of a written-out swish
        }
        if (activated) {
            return false;
        }
        boolean normed = layer.stream().anyMatch(n -> NORMS.contains(n.opType()));
        if (NORMS.contains(node.opType())) {
            return PRODUCTS.contains(first) && !normed;
        }
        boolean withWeights = !weights.weightsOf(node).isEmpty();
        if (node.opType().equals("Add")) {
            return withWeights && (PRODUCTS.contains(first) || normed);
        }
        // Frameworks that keep scale and shift apart from the normalisation write Mul and Add after it.
        return node.opType().equals("Mul") && withWeights && normed;
    }

    private List<Layer> named() {
        Map<String, Integer> taken = new HashMap<>();
        List<Layer> out = new ArrayList<>();
        for (List<Node> nodes : found) {
            Set<String> read = new LinkedHashSet<>();
            Set<String> state = new LinkedHashSet<>();
            for (Node node : nodes) {
                read.addAll(weights.weightsOf(node));
                state.addAll(weights.stateOf(node));
            }
            Node first = nodes.get(0);
            String name =
                    LayerNames.of(first, weights.weightsOf(first).iterator().next());
            int count = taken.merge(name, 1, Integer::sum);
            long parameters = read.stream()
                    .map(graph.initializers()::get)
                    .mapToLong(Tensor::size)
                    .sum();
            out.add(new Layer(
                    count == 1 ? name : name + "#" + count,
                    first.opType(),
                    kind(first),
                    List.copyOf(nodes),
                    read,
                    state,
                    parameters,
                    nodes.get(nodes.size() - 1).output(0)));
        }
        return out;
    }

    private String kind(Node node) {
        return switch (node.opType()) {
            case "Conv" -> isDepthwise(node) ? "depthwise convolution" : "convolution";
            case "ConvTranspose" -> "transposed convolution";
            case "Gemm", "MatMul" -> "linear";
            case "BatchNormalization" -> "batch norm";
            case "InstanceNormalization" -> "instance norm";
            case "LayerNormalization" -> "layer norm";
            case "GroupNormalization" -> "group norm";
            case "RMSNormalization" -> "RMS norm";
            case "Gather" -> "embedding";
            case "LSTM", "GRU", "RNN" -> node.opType();
            case "Add", "Sub" -> "shift";
            case "Mul", "Div" -> "scale";
            default -> node.opType();
        };
    }

    private boolean isDepthwise(Node node) {
        long group = node.attribute("group", 1L);
        Tensor weight = graph.initializers().get(node.input(1));
        return group > 1 && weight != null && weight.shape()[1] == 1;
    }
}
