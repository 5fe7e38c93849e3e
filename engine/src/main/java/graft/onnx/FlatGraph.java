package graft.onnx;

import graft.onnx.proto.OnnxProto.GraphProto;
import java.util.ArrayList;
import java.util.List;

/**
 * A graph as it is looked at: what stands in the bodies of If, Loop and Scan stands in the graph itself, before the node it
 * belonged to. Not to be run. Needs names that are given once in all bodies together ({@link Bodies}).
 */
public final class FlatGraph {
    /** Domain of the nodes that stand for the ways into a body and out of it; named by the control-flow operator. */
    public static final String DOMAIN = "graft.flat";

    private final List<Node> nodes = new ArrayList<>();
    private final GraphProto.Builder proto;
    private final Graph graph;

    private FlatGraph(Graph graph) {
        this.graph = graph;
        this.proto = graph.proto().toBuilder().clearNode();
    }

    /** The graph itself where it has no bodies; nodes that stand outside of bodies are those of {@code graph}. */
    public static Graph of(Graph graph) {
        if (graph.nodes().stream().allMatch(node -> node.graphs().isEmpty())) {
            return graph;
        }
        FlatGraph flat = new FlatGraph(graph);
        graph.nodes().forEach(flat::add);
        flat.nodes.forEach(node -> flat.proto.addNode(node.proto()));
        return new Graph(flat.proto.build(), graph.folder(), flat.nodes);
    }

    private void add(Node node) {
        if (node.graphs().isEmpty()) {
            nodes.add(node);
            return;
        }
        for (Graph body : node.graphs().values()) {
            List<String> given = body.proto().getInputList().stream()
                    .map(input -> input.getName())
                    .filter(name -> !body.initializers().containsKey(name))
                    .toList();
            for (int i = 0; i < given.size(); i++) {
                String source = node.input(i + node.inputs().size() - given.size());
                // The iteration's number and condition come from nowhere.
                if (node.opType().equals("Loop") ? i >= 2 && !source.isEmpty() : !source.isEmpty()) {
                    way(node, List.of(source), given.get(i));
                }
            }
            body.initializers().values().forEach(tensor -> proto.addInitializer(tensor.proto()));
            body.nodes().forEach(this::add);
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.output(i).isEmpty()) {
                way(node, results(node, i), node.output(i));
            }
        }
    }

    /** What a result may come from; of what goes round, anything may come to be in anything. */
    private static List<String> results(Node node, int index) {
        List<String> out = new ArrayList<>();
        for (Graph body : node.graphs().values()) {
            List<String> made = body.outputNames();
            if (!node.opType().equals("If")) {
                out.addAll(made.subList(node.opType().equals("Loop") ? Math.min(1, made.size()) : 0, made.size()));
            } else if (index < made.size()) {
                out.add(made.get(index));
            }
        }
        return out;
    }

    private void way(Node node, List<String> from, String to) {
        Node made = Node.of(node.opType(), node.name(), from, List.of(to));
        nodes.add(new Node(made.proto().toBuilder().setDomain(DOMAIN).build(), graph.folder()));
    }
}
