package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.ops.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a graph as layers, in graph order: those with weights, and attention and activations that stand alone. */
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

    /** Shown as layers of their own even where they hold no weights and follow no layer. */
    private static final Set<String> SHOWN =
            Set.of("Attention", "MultiHeadAttention", "Gelu", "HardSwish", "Swish", "Mish");

    private final Graph graph;
    private final Weights weights;
    private final Map<String, List<Node>> readers;
    private final Map<Node, Composite> composites;
    private final Map<String, List<Node>> open = new LinkedHashMap<>();
    private final List<List<Node>> found = new ArrayList<>();
    /** How many layers read each weight. */
    private final Map<String, Integer> layersOf = new HashMap<>();

    private LayerFinder(Weights weights) {
        this.graph = weights.graph();
        this.weights = weights;
        this.readers = graph.readers();
        this.composites = Composites.find(graph, weights);
    }

    /** Layers in the bodies of control-flow nodes stand where the node stands. */
    static List<Layer> find(Weights weights) {
        return new LayerFinder(weights).layers();
    }

    private List<Layer> layers() {
        for (Node node : graph.nodes()) {
            if (weights.isConstantNode(node)) {
                continue;
            }
            Composite composite = composites.get(node);
            if (composite != null) {
                List<Node> nodes = composite.nodes();
                if (node == nodes.get(nodes.size() - 1)) {
                    add(composite);
                }
                continue;
            }
            List<Node> before = preceding(node);
            if (before != null && continues(before, node)) {
                before.add(node);
                open.put(node.output(0), before);
            } else if (!weights.weightsOf(node).isEmpty() || SHOWN.contains(node.opType())) {
                start(new ArrayList<>(List.of(node)), node.output(0));
            }
        }
        return named();
    }

    /** An activation belongs to the layer before it, if that has none yet; any other composite is a layer. */
    private void add(Composite composite) {
        List<Node> before = open.get(composite.input());
        if (before != null
                && composite.isActivation()
                && !isActivated(before)
                && composite.nodes().containsAll(readers.get(composite.input()))) {
            before.addAll(composite.nodes());
            open.put(composite.output(), before);
        } else {
            start(new ArrayList<>(composite.nodes()), composite.output());
        }
    }

    private void start(List<Node> nodes, String output) {
        found.add(nodes);
        open.put(output, nodes);
    }

    /** The layer whose result is all that {@code node} takes, and which nobody else reads. */
    private List<Node> preceding(Node node) {
        List<String> fed = weights.fedInputs(node);
        return fed.size() == 1 && readers.get(fed.get(0)).size() == 1 ? open.get(fed.get(0)) : null;
    }

    private boolean isActivated(List<Node> layer) {
        return layer.stream()
                .anyMatch(node -> ACTIVATIONS.contains(node.opType())
                        || composites.containsKey(node) && composites.get(node).isActivation());
    }

    private boolean continues(List<Node> layer, Node node) {
        String first = layer.get(0).opType();
        if (composites.containsKey(layer.get(0))
                && !composites.get(layer.get(0)).op().endsWith("Normalization")) {
            return false;
        }
        if (ACTIVATIONS.contains(node.opType())) {
            return true;
        }
        if (isActivated(layer)) {
            return false;
        }
        boolean normed = layer.stream().anyMatch(n -> NORMS.contains(n.opType()) || composites.containsKey(n));
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
        found.forEach(this::countLayers);
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
            Node naming = nodes.stream()
                    .filter(node -> !weights.weightsOf(node).isEmpty())
                    .findFirst()
                    .orElse(first);
            String name = LayerNames.of(naming, telling(naming, nodes));
            int count = taken.merge(name, 1, Integer::sum);
            long parameters = read.stream()
                    .map(graph.initializers()::get)
                    .mapToLong(Tensor::size)
                    .sum();
            String op = composites.containsKey(first) ? composites.get(first).op() : first.opType();
            out.add(new Layer(
                    count == 1 ? name : name + "#" + count,
                    op,
                    kind(first, op),
                    List.copyOf(nodes),
                    read,
                    state,
                    parameters,
                    lastOutput(nodes),
                    activation(nodes)));
        }
        return out;
    }

    /**
     * The weight whose name tells the module. That of a weight which several modules share, or which an exporter merged,
     * says nothing; where it computed the weight anew, the bias often keeps its name.
     */
    private Optional<String> telling(Node naming, List<Node> nodes) {
        Optional<String> own = weights.weightsOf(naming).stream().findFirst();
        if (LayerNames.isPath(naming)) {
            return own.filter(weight -> !isShared(weight));
        }
        return own.filter(weight -> !LayerNames.isNumbered(weight))
                .or(() -> nodes.stream()
                        .flatMap(node -> weights.weightsOf(node).stream())
                        .filter(LayerNames::isBias)
                        .findFirst())
                .or(() -> own);
    }

    private boolean isShared(String weight) {
        return layersOf.getOrDefault(weight, 0) > 1;
    }

    private void countLayers(List<Node> nodes) {
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(weights.weightsOf(node)));
        read.forEach(weight -> layersOf.merge(weight, 1, Integer::sum));
    }

    private String activation(List<Node> nodes) {
        return nodes.stream()
                .skip(1)
                .filter(node -> composites.get(node) != composites.get(nodes.get(0)) || !composites.containsKey(node))
                .map(node -> composites.containsKey(node) ? composites.get(node).op() : node.opType())
                .filter(op -> ACTIVATIONS.contains(op))
                .findFirst()
                .orElse("");
    }

    private String lastOutput(List<Node> nodes) {
        Node last = nodes.get(nodes.size() - 1);
        return composites.containsKey(last) ? composites.get(last).output() : last.output(0);
    }

    private String kind(Node node, String op) {
        return switch (op) {
            case "Conv" -> isDepthwise(node) ? "depthwise convolution" : "convolution";
            case "ConvTranspose" -> "transposed convolution";
            case "ConvInteger", "QLinearConv" -> "convolution, int8";
            case "MatMulInteger", "QLinearMatMul", "QGemm" -> "linear, int8";
            case "Gemm", "MatMul" -> "linear";
            case "BatchNormalization" -> "batch norm";
            case "InstanceNormalization" -> "instance norm";
            case "LayerNormalization" -> "layer norm";
            case "GroupNormalization" -> "group norm";
            case "RMSNormalization" -> "RMS norm";
            case "Attention", "MultiHeadAttention" -> "attention";
            case "Gelu", "BiasGelu", "FastGelu" -> "GELU";
            case "Swish" -> "swish";
            case "HardSwish" -> "hard swish";
            case "Mish" -> "mish";
            case "Gather" -> "embedding";
            case "LSTM", "GRU", "RNN" -> op;
            case "Add", "Sub" -> "shift";
            case "Mul", "Div" -> "scale";
            default -> op;
        };
    }

    private boolean isDepthwise(Node node) {
        long group = node.attribute("group", 1L);
        Tensor weight = graph.initializers().get(node.input(1));
        return group > 1 && weight != null && weight.shape()[1] == 1;
    }
}
