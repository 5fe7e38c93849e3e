package graft.network;

import graft.onnx.Node;
import graft.ops.Weights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Activations of the form x · f(x), which exporters write as several nodes: GELU, swish, hard swish, mish. */
final class WrittenOutActivations {
    private static final Set<String> CURVES = Set.of("Erf", "Tanh", "Sigmoid", "HardSigmoid", "Clip", "Softplus");
    private static final Set<String> ARITHMETIC =
            Set.of("Add", "Sub", "Mul", "Div", "Pow", "Neg", "Cast", "Exp", "Log", "Softplus");
    private static final int STEPS = 4;
    private static final int DEPTH = 8;

    private final Weights weights;
    private final Map<String, Node> producers;
    private final Map<String, List<Node>> readers;

    WrittenOutActivations(Weights weights, Map<String, Node> producers, Map<String, List<Node>> readers) {
        this.weights = weights;
        this.producers = producers;
        this.readers = readers;
    }

    /** The activation whose curve {@code curve} is, if it is one. */
    Optional<Composite> around(Node curve) {
        if (!CURVES.contains(curve.opType())) {
            return Optional.empty();
        }
        Set<Node> nodes = new HashSet<>(Set.of(curve));
        Node at = curve;
        for (int i = 0; i < STEPS; i++) {
            List<Node> by = readers.getOrDefault(at.output(0), List.of());
            if (by.size() != 1 || !ARITHMETIC.contains(by.get(0).opType())) {
                return Optional.empty();
            }
            String inner = at.output(0);
            at = by.get(0);
            nodes.add(at);
            List<String> fed = weights.fedInputs(at);
            if (fed.size() == 2) {
                String factor = fed.get(fed.get(0).equals(inner) ? 1 : 0);
                return at.opType().equals("Mul") ? from(factor, curve, at, nodes) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** {@code factor} is x, or x times a constant. */
    private Optional<Composite> from(String factor, Node curve, Node product, Set<Node> nodes) {
        String x = factor;
        Set<Node> scaling = new HashSet<>();
        for (int i = 0; i <= 1; i++) {
            Set<Node> inner = new HashSet<>(scaling);
            if (reaches(curve.input(0), x, inner, DEPTH)) {
                nodes.addAll(inner);
                return named(x, curve, product, nodes);
            }
            Node scale = producers.get(x);
            if (scale == null
                    || !ARITHMETIC.contains(scale.opType())
                    || weights.fedInputs(scale).size() != 1) {
                return Optional.empty();
            }
            scaling.add(scale);
            x = weights.fedInputs(scale).get(0);
        }
        return Optional.empty();
    }

    private boolean reaches(String tensor, String x, Set<Node> through, int depth) {
        if (tensor.equals(x)) {
            return true;
        }
        Node node = producers.get(tensor);
        if (node == null
                || depth == 0
                || !ARITHMETIC.contains(node.opType())
                || !weights.weightsOf(node).isEmpty()) {
            return false;
        }
        through.add(node);
        return weights.fedInputs(node).stream().allMatch(input -> reaches(input, x, through, depth - 1));
    }

    private Optional<Composite> named(String x, Node curve, Node product, Set<Node> nodes) {
        Set<String> ops = new HashSet<>();
        nodes.forEach(node -> ops.add(node.opType()));
        String op =
                switch (curve.opType()) {
                    case "Erf" -> "Gelu";
                    case "Tanh" -> ops.contains("Softplus") ? "Mish" : ops.contains("Add") ? "Gelu" : "";
                    case "Sigmoid" -> "Swish";
                    case "HardSigmoid" -> "HardSwish";
                    case "Clip" -> ops.contains("Add") ? "HardSwish" : "";
                    default -> "";
                };
        if (op.isEmpty()) {
            return Optional.empty();
        }
        Node last = product;
        List<Node> by = readers.getOrDefault(product.output(0), List.of());
        boolean halvedAfter = op.equals("Gelu") || op.equals("HardSwish");
        if (halvedAfter
                && by.size() == 1
                && Set.of("Mul", "Div").contains(by.get(0).opType())
                && weights.fedInputs(by.get(0)).size() == 1
                && weights.weightsOf(by.get(0)).isEmpty()) {
            last = by.get(0);
            nodes.add(last);
        }
        for (Node node : nodes) {
            if (node != last && !nodes.containsAll(readers.getOrDefault(node.output(0), List.of()))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Composite(op, x, new ArrayList<>(nodes), last.output(0)));
    }
}
