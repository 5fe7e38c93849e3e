package graft.meaning;

import graft.onnx.Graph;
import graft.onnx.Node;
import java.util.HashSet;
import java.util.Set;

/** The tensors of a graph that depend on what it is fed; all others are the same for every example. */
final class Fed {
    private Fed() {}

    static Set<String> tensors(Graph graph) {
        Set<String> fed = new HashSet<>();
        graph.inputs().forEach(input -> fed.add(input.name()));
        for (Node node : graph.nodes()) {
            if (node.needs().stream().anyMatch(fed::contains)) {
                fed.addAll(node.outputs());
            }
        }
        fed.remove("");
        return fed;
    }
}
