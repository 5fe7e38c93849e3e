package graft.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Operators that draw numbers, so that a network answers otherwise each time it is asked. */
public final class RandomNumbers {
    private static final Set<String> OPERATORS = Set.of(
            "RandomNormal", "RandomUniform", "RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial");
    private static final int NAMED = 3;

    private RandomNumbers() {}

    public static boolean draws(Node node) {
        return node.domain().isEmpty() && OPERATORS.contains(node.opType());
    }

    /** Those on which an output depends, in bodies too: "RandomNormal "noise", Bernoulli "mask""; empty where there are none. */
    public static Optional<String> in(Graph graph) {
        Graph flat = FlatGraph.of(graph);
        Set<String> needed = new HashSet<>(flat.outputNames());
        List<Node> nodes = flat.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (nodes.get(i).outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(nodes.get(i).needs());
            }
        }
        List<String> found = nodes.stream()
                .filter(node -> draws(node) && node.outputs().stream().anyMatch(needed::contains))
                .map(node -> node.opType() + " \"" + (node.name().isEmpty() ? node.output(0) : node.name()) + '"')
                .toList();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (found.size() > NAMED ? " and " + (found.size() - NAMED) + " more" : ""));
    }

    /** For those who only ask the network. */
    public static Optional<String> remark(Graph graph) {
        return in(graph)
                .map(which -> "The network draws random numbers (" + which
                        + "): it answers otherwise each time it is asked, and every figure is that of one draw.");
    }
}
