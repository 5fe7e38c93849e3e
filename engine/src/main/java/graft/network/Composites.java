package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.ops.Weights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds normalisation, attention and activations that were written out as simpler nodes. */
final class Composites {
    private static final Set<String> NORM_PARTS =
            Set.of("ReduceMean", "Sub", "Pow", "Mul", "Add", "Sqrt", "Div", "Reciprocal", "Neg", "Cast", "Identity");
    private static final Set<String> PRODUCTS = Set.of("MatMul", "Einsum");
    private static final Set<String> BESIDE_SOFTMAX = Set.of(
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Where",
            "Cast",
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "Max",
            "Clip",
            "Tanh",
            "Transpose",
            "Expand",
            "Slice",
            "Identity",
            "Dropout",
            "IsNaN");
    /** Nodes of the longest known spelling of a normalisation, with room. */
    private static final int NORM_LENGTH = 20;

    private static final int STEPS_TO_SOFTMAX = 8;

    private final Graph graph;
    private final Weights weights;
    private final Map<String, Node> producers;
    private final Map<String, List<Node>> readers;
    private final Map<Node, Integer> position = new IdentityHashMap<>();
    private final Map<Node, Composite> found = new IdentityHashMap<>();

    private Composites(Graph graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
        this.producers = graph.producers();
        this.readers = graph.readers();
        graph.nodes().forEach(node -> position.put(node, position.size()));
    }

    /** The composite that each node belongs to; no node belongs to two. */
    static Map<Node, Composite> find(Graph graph, Weights weights) {
        Composites composites = new Composites(graph, weights);
        WrittenOutActivations activations =
                new WrittenOutActivations(weights, composites.producers, composites.readers);
        for (Node node : graph.nodes()) {
            if (composites.found.containsKey(node) || weights.isConstantNode(node)) {
                continue;
            }
            Optional<Composite> match =
                    switch (node.opType()) {
                        case "ReduceMean" -> composites.normalization(node);
                        case "Softmax" -> composites.attention(node);
                        default -> activations.around(node);
                    };
            match.ifPresent(composites::add);
        }
        return composites.found;
    }

    private void add(Composite composite) {
        List<Node> nodes = new ArrayList<>(composite.nodes());
        nodes.sort(Comparator.comparing(position::get));
        if (nodes.stream().noneMatch(found::containsKey)) {
            Composite sorted = new Composite(composite.op(), composite.input(), List.copyOf(nodes), composite.output());
            nodes.forEach(node -> found.put(node, sorted));
        }
    }

    /** Grows forward from the mean over nodes that see nothing but {@code x}, until one tensor alone leaves them. */
    private Optional<Composite> normalization(Node mean) {
        String x = mean.input(0);
        int from = position.get(mean);
        Node square = producers.get(x);
        if (square != null && isSquare(square) && readers.get(x).size() == 1) {
            x = square.input(0);
            from = position.get(square);
        }
        Set<String> seen = new HashSet<>(Set.of(x));
        List<Node> nodes = new ArrayList<>();
        int end = Math.min(graph.nodes().size(), from + 3 * NORM_LENGTH);
        for (Node node : graph.nodes().subList(from, end)) {
            List<String> fed = weights.fedInputs(node);
            if (!NORM_PARTS.contains(node.opType())
                    || fed.isEmpty()
                    || !seen.containsAll(fed)
                    || nodes.size() > NORM_LENGTH) {
                continue;
            }
            nodes.add(node);
            seen.add(node.output(0));
            if (isNormalized(nodes) && exits(nodes).equals(Set.of(node.output(0)))) {
                String output = withScaleAndShift(nodes, node.output(0));
                long means = nodes.stream()
                        .filter(n -> n.opType().equals("ReduceMean"))
                        .count();
                String op = means > 1 ? "LayerNormalization" : "RMSNormalization";
                return Optional.of(new Composite(op, x, nodes, output));
            }
        }
        return Optional.empty();
    }

    private static boolean isSquare(Node node) {
        return node.opType().equals("Pow")
                || node.opType().equals("Mul") && node.input(0).equals(node.input(1));
    }

    /** A division by, or product with, something that a root was taken of. */
    private static boolean isNormalized(List<Node> nodes) {
        Node last = nodes.get(nodes.size() - 1);
        boolean rooted = nodes.stream().anyMatch(n -> n.opType().equals("Sqrt"));
        return rooted && Set.of("Div", "Mul", "Add", "Sub").contains(last.opType()) && nodes.size() >= 4;
    }

    /** Tensors made by these nodes that others read. */
    private Set<String> exits(Collection<Node> nodes) {
        Set<String> out = new HashSet<>();
        for (Node node : nodes) {
            for (String output : node.outputs()) {
                List<Node> by = readers.getOrDefault(output, List.of());
                if (by.isEmpty() || !nodes.containsAll(by)) {
                    out.add(output);
                }
            }
        }
        return out;
    }

    private String withScaleAndShift(List<Node> nodes, String output) {
        String end = output;
        for (String op : List.of("Mul", "Add")) {
            List<Node> by = readers.getOrDefault(end, List.of());
            if (by.size() == 1
                    && by.get(0).opType().equals(op)
                    && !weights.weightsOf(by.get(0)).isEmpty()
                    && weights.fedInputs(by.get(0)).size() == 1) {
                nodes.add(by.get(0));
                end = by.get(0).output(0);
            }
        }
        return end;
    }

    /** softmax(q kᵀ · scale + mask) v, from the first product to the second, with the scales of q and k before it. */
    private Optional<Composite> attention(Node softmax) {
        Optional<Node> scores = nearest(softmax, true);
        Optional<Node> mixed = nearest(softmax, false);
        if (scores.isEmpty() || mixed.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Node> made = new HashMap<>();
        int from = position.get(scores.get());
        int to = position.get(mixed.get());
        for (Node node : graph.nodes().subList(from, to + 1)) {
            if (node == scores.get() || node.needs().stream().anyMatch(made::containsKey)) {
                node.outputs().forEach(output -> made.put(output, node));
            }
        }
        Set<Node> nodes = new HashSet<>();
        collect(mixed.get(), made, nodes);
        String query = scores.get().input(0);
        for (String input : scores.get().inputs()) {
            Node scale = producers.get(input);
            if (scale != null
                    && readers.get(input).size() == 1
                    && Set.of("Mul", "Div").contains(scale.opType())
                    && weights.weightsOf(scale).isEmpty()) {
                nodes.add(scale);
                query = input.equals(query) ? scale.input(0) : query;
            }
        }
        return Optional.of(new Composite(
                "Attention", query, List.copyOf(nodes), mixed.get().output(0)));
    }

    private static void collect(Node node, Map<String, Node> made, Set<Node> nodes) {
        if (nodes.add(node)) {
            node.needs().stream().filter(made::containsKey).forEach(name -> collect(made.get(name), made, nodes));
        }
    }

    /** The nearest product of two fed tensors, before ({@code up}) or after a softmax. */
    private Optional<Node> nearest(Node softmax, boolean up) {
        List<Node> reached = List.of(softmax);
        for (int i = 0; i < STEPS_TO_SOFTMAX; i++) {
            List<Node> next = new ArrayList<>();
            for (Node node : reached) {
                for (Node neighbour : up ? before(node) : after(node)) {
                    if (PRODUCTS.contains(neighbour.opType())) {
                        if (weights.fedInputs(neighbour).size() == 2) {
                            return Optional.of(neighbour);
                        }
                    } else if (BESIDE_SOFTMAX.contains(neighbour.opType())) {
                        next.add(neighbour);
                    }
                }
            }
            reached = next;
        }
        return Optional.empty();
    }

    private List<Node> before(Node node) {
        return weights.fedInputs(node).stream()
                .filter(producers::containsKey)
                .map(producers::get)
                .toList();
    }

    private List<Node> after(Node node) {
        return readers.getOrDefault(node.output(0), List.of());
    }
}
