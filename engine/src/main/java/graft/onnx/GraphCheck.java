package graft.onnx;

import graft.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses graphs that cannot be followed, and puts nodes into an order in which they can be computed. */
final class GraphCheck {
    private GraphCheck() {}

    static Model inOrder(Model read) {
        Graph graph = NodeNames.distinct(read.graph());
        Model model = graph == read.graph() ? read : read.withGraph(graph);
        graph.initializers().values().forEach(Tensor::checkLength);
        Set<String> defined = new HashSet<>(graph.initializers().keySet());
        graph.inputs().forEach(input -> defined.add(input.name()));
        Set<String> given = Set.copyOf(defined);
        boolean ordered = true;
        for (Node node : graph.nodes()) {
            ordered &= defined.containsAll(node.needs());
            for (String output : node.outputs()) {
                if (!output.isEmpty() && !defined.add(output)) {
                    throw new Refusal("Two nodes compute the tensor " + output + " (the second is " + node
                            + "). The file is damaged: export it again.");
                }
            }
        }
        for (Node node : graph.nodes()) {
            for (String name : node.needs()) {
                if (!defined.contains(name)) {
                    throw new Refusal(node + " reads the tensor " + name
                            + ", which nothing in the file provides. Export or download it again.");
                }
            }
        }
        for (String output : graph.outputNames()) {
            if (!defined.contains(output)) {
                throw new Refusal(
                        "The output " + output + " is computed by no node of the file. Export or download it again.");
            }
        }
        return ordered ? model : model.withGraph(sorted(graph, given));
    }

    private static Graph sorted(Graph graph, Set<String> given) {
        Map<String, List<Node>> waiting = new HashMap<>();
        Map<Node, Integer> missing = new LinkedHashMap<>();
        Deque<Node> ready = new ArrayDeque<>();
        for (Node node : graph.nodes()) {
            Set<String> open = new HashSet<>(node.needs());
            open.removeAll(given);
            missing.put(node, open.size());
            open.forEach(name ->
                    waiting.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
            if (open.isEmpty()) {
                ready.add(node);
            }
        }
        List<Node> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            Node node = ready.poll();
            order.add(node);
            missing.remove(node);
            for (String output : node.outputs()) {
                for (Node reader : waiting.getOrDefault(output, List.of())) {
                    if (missing.merge(reader, -1, Integer::sum) == 0) {
                        ready.add(reader);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new Refusal("The nodes of the graph form a cycle through "
                    + missing.keySet().iterator().next() + ". The file is damaged: export it again.");
        }
        GraphEditor editor = graph.edit();
        editor.nodes().clear();
        editor.nodes().addAll(order);
        return editor.build();
    }
}
