package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The nodes that work on what is fed and what is learnt. What is left out computes sizes, masks of a fixed form and other
 * constants: exporters write those down node by node, often more of them than there are layers, and nobody wants to read them.
 */
final class DataPath {
    /** They tell of their input nothing but its shape. */
    private static final Set<String> SHAPES = Set.of("Shape", "Size");

    private DataPath() {}

    /** In graph order. */
    static List<Node> of(Graph graph, List<Layer> layers) {
        Set<Node> learnt = Collections.newSetFromMap(new IdentityHashMap<>());
        layers.forEach(layer -> learnt.addAll(layer.nodes()));
        Set<String> carried = new HashSet<>();
        graph.inputs().forEach(input -> carried.add(input.name()));
        List<Node> out = new ArrayList<>();
        for (Node node : graph.nodes()) {
            boolean tellsValues = !SHAPES.contains(node.opType());
            if (learnt.contains(node) || tellsValues && node.needs().stream().anyMatch(carried::contains)) {
                carried.addAll(node.outputs());
                out.add(node);
            }
        }
        return Collections.unmodifiableList(out);
    }
}
