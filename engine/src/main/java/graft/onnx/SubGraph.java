package graft.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Cuts a part out of a model as a model of its own. */
public final class SubGraph {
    private SubGraph() {}

    /**
     * The part of {@code model} that computes {@code outputs} and stops at {@code inputs}.
     *
     * @param inputs tensors to be fed instead of computed; graph inputs that the part needs are added to them
     * @param types element types of inner tensors, where they are not FLOAT
     * @return a model with names, opsets and notes of the original; inputs of unknown shape carry their type alone
     */
    public static Model cut(Model model, Set<String> inputs, List<String> outputs, Map<String, ElementType> types) {
        Graph graph = model.graph();
        Set<String> needed = new HashSet<>(outputs);
        List<Node> nodes = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.outputs().stream().anyMatch(name -> needed.contains(name) && !inputs.contains(name))) {
                needed.addAll(node.needs());
                nodes.add(node);
            }
        }
        Collections.reverse(nodes);
        List<ValueInfo> fed = new ArrayList<>();
        for (ValueInfo input : graph.inputs()) {
            if (needed.contains(input.name())) {
                fed.add(input);
            }
        }
        for (String name : new TreeSet<>(inputs)) {
            boolean graphInput = graph.inputs().stream().anyMatch(i -> i.name().equals(name));
            if (needed.contains(name) && !graphInput) {
                fed.add(ValueInfo.ofType(name, types.getOrDefault(name, ElementType.FLOAT)));
            }
        }
        GraphEditor editor = graph.edit();
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        editor.initializers().keySet().retainAll(needed);
        inputs.forEach(editor.initializers()::remove);
        editor.inputs(fed);
        editor.outputs(outputs.stream()
                .map(name -> graph.outputs().stream()
                        .filter(o -> o.name().equals(name))
                        .findFirst()
                        .orElse(ValueInfo.ofName(name)))
                .toList());
        return model.withGraph(editor.build());
    }
}
