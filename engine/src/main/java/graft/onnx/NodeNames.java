package graft.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of nodes that occur once in their graph: ONNX Runtime insists on it, some exporters do not. */
final class NodeNames {
    private NodeNames() {}

    /** The graph itself where the names are so already; nodes without a name stay without. */
    static Graph distinct(Graph graph) {
        Map<String, Integer> count = new HashMap<>();
        graph.nodes().forEach(node -> count.merge(node.name(), 1, Integer::sum));
        count.remove("");
        boolean fine = count.values().stream().allMatch(n -> n == 1);
        if (fine && Bodies.none(graph)) {
            return graph;
        }
        Set<String> taken = new HashSet<>(count.keySet());
        Map<String, Integer> seen = new HashMap<>();
        GraphEditor editor = graph.edit();
        editor.replaceNodes(node -> named(withBodies(node), seen, taken));
        return same(editor.nodes(), graph.nodes()) ? graph : editor.build();
    }

    private static boolean same(List<Node> a, List<Node> b) {
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static Node withBodies(Node node) {
        Node out = node;
        for (Map.Entry<String, Graph> body : node.graphs().entrySet()) {
            Graph named = distinct(body.getValue());
            out = named == body.getValue() ? out : out.with(body.getKey(), named);
        }
        return out;
    }

    /** The first keeps its name, the others are numbered. */
    private static Node named(Node node, Map<String, Integer> seen, Set<String> taken) {
        int number = node.name().isEmpty() ? 1 : seen.merge(node.name(), 1, Integer::sum);
        if (number == 1) {
            return node;
        }
        String name = node.name() + "_" + number;
        while (!taken.add(name)) {
            name = node.name() + "_" + seen.merge(node.name(), 1, Integer::sum);
        }
        return node.named(name);
    }
}
