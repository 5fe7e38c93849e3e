package graft.quantize;

import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.quantize.QuantizationReport.Left;
import graft.rewrite.InnerTensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which operators of a network compute with int8, and which tensors between them therefore do. Chosen so that ONNX
 * Runtime finds each operator between DequantizeLinear and QuantizeLinear and replaces the three by its integer form
 * (QLinearConv, QGemm, QLinearAdd, …); what it would compute in float anyway gets no pair, which would cost time and
 * digits for nothing.
 */
final class Int8Layout {
    /** Operators with an integer form that take activations only. */
    private static final Set<String> BETWEEN =
            Set.of("Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool", "LeakyRelu", "Sigmoid", "Relu", "Clip");

    /** Operators that hand numbers on as they are: scale and zero point of their input hold for their output too. */
    private static final Set<String> PASSING = Set.of(
            "MaxPool",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Transpose",
            "Slice",
            "Gather",
            "Identity",
            "Expand",
            "Tile");

    private final Graph graph;
    private final InnerTensors tensors;
    private final Map<String, List<Node>> readers;
    private final Set<String> outputs;
    private final Int8Layers layers;

    /** Layers with weights whose inputs are int8. */
    private final List<Node> weighted = new ArrayList<>();
    /** Layers of which only the weights are int8. */
    private final List<Node> weightsOnly = new ArrayList<>();

    private final Set<Node> between = new LinkedHashSet<>();
    private final Set<String> activations = new LinkedHashSet<>();
    /** Output of an operator that hands numbers on, and its input. */
    private final Map<String, String> sameAs = new LinkedHashMap<>();

    private final List<Left> left = new ArrayList<>();

    private Int8Layout(Model model) {
        this.graph = model.graph();
        this.tensors = InnerTensors.of(model);
        this.readers = graph.readers();
        this.outputs = new HashSet<>(graph.outputNames());
        this.layers = new Int8Layers(graph, tensors);
    }

    static Int8Layout of(Model model) {
        Int8Layout layout = new Int8Layout(model);
        layout.chooseWeighted();
        Set<String> wanted = layout.wanted();
        layout.chooseFinal(wanted);
        layout.chooseBetween(layout.wanted());
        layout.activations.removeIf(name -> !layout.tensors.isFloat(name));
        return layout;
    }

    private void chooseWeighted() {
        for (Node node : graph.nodes()) {
            if (!Int8Layers.hasWeight(node)) {
                continue;
            }
            Optional<String> reason = layers.reasonAgainst(node);
            if (reason.isPresent()) {
                left.add(new Left(Int8Layers.name(node), node.opType(), reason.get()));
            } else if (Int8Layers.hasIntegerForm(node)) {
                weighted.add(node);
            } else {
                weightsOnly.add(node);
            }
        }
    }

    /** What the layers with weights read, and what operators between them must read for that. */
    private Set<String> wanted() {
        Set<String> wanted = new HashSet<>();
        weighted.forEach(node -> wanted.add(node.input(0)));
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (isBetween(node) && wanted.contains(result(node))) {
                wanted.addAll(activationInputs(node));
            }
        }
        return wanted;
    }

    /**
     * The last layer answers in float. ONNX Runtime's Gemm and MatMul take int8 and give float; its Conv does not, so a
     * Conv whose result leaves the network directly keeps float inputs too.
     */
    private void chooseFinal(Set<String> wanted) {
        for (Node node : List.copyOf(weighted)) {
            boolean leaves = outputs.contains(result(node)) && !wanted.contains(result(node));
            if (node.opType().equals("Conv") && leaves) {
                weighted.remove(node);
                weightsOnly.add(node);
            }
        }
    }

    private void chooseBetween(Set<String> wanted) {
        Set<Node> isWeighted = Set.copyOf(weighted);
        weighted.forEach(node -> activations.add(node.input(0)));
        for (Node node : graph.nodes()) {
            String result = result(node);
            if (isWeighted.contains(node)) {
                if (node.opType().equals("Conv") || wanted.contains(result)) {
                    activations.add(result);
                }
            } else if (isBetween(node) && wanted.contains(result) && activations.containsAll(activationInputs(node))) {
                between.add(node);
                activations.add(result);
                if (PASSING.contains(node.opType()) && result.equals(node.output(0))) {
                    sameAs.put(result, node.input(0));
                }
            }
        }
    }

    private boolean isBetween(Node node) {
        if (!node.domain().isEmpty() || node.outputs().stream().skip(1).anyMatch(name -> !name.isEmpty())) {
            return false;
        }
        if (PASSING.contains(node.opType())) {
            return !isConstant(node.input(0)) && tensors.isFloat(node.input(0));
        }
        return BETWEEN.contains(node.opType())
                && activationInputs(node).stream().noneMatch(this::isConstant)
                && (!isBounded(node) || Int8Layers.bounds(node, graph).isPresent());
    }

    private static boolean isBounded(Node node) {
        return node.opType().equals("Relu") || node.opType().equals("Clip");
    }

    private boolean isConstant(String tensor) {
        return graph.initializers().containsKey(tensor);
    }

    private static List<String> activationInputs(Node node) {
        boolean all = Set.of("Add", "Mul", "Concat").contains(node.opType());
        return all ? node.inputs() : List.of(node.input(0));
    }

    /** What a layer gives once the Relu or Clip that alone reads it has bounded it: the two are one in ONNX Runtime. */
    private String result(Node node) {
        String output = node.output(0);
        List<Node> reading = readers.getOrDefault(output, List.of());
        boolean takesBounds = Set.of("Conv", "Gemm", "MatMul", "Add", "Mul").contains(node.opType());
        if (!takesBounds || reading.size() != 1 || outputs.contains(output)) {
            return output;
        }
        Node next = reading.get(0);
        return isBounded(next) && Int8Layers.bounds(next, graph).isPresent() ? next.output(0) : output;
    }

    List<Node> weighted() {
        return weighted;
    }

    List<Node> weightsOnly() {
        return weightsOnly;
    }

    /** Operators that compute with int8, without weights. */
    Set<Node> between() {
        return between;
    }

    /** Tensors that get a scale and a zero point. */
    Set<String> activations() {
        return activations;
    }

    /** The tensor whose scale and zero point {@code activation} takes: itself, or the input of what hands it on. */
    String rangeOf(String activation) {
        String at = activation;
        while (sameAs.containsKey(at) && activations.contains(sameAs.get(at))) {
            at = sameAs.get(at);
        }
        return at;
    }

    List<Left> left() {
        return left;
    }
}
