package graft.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a tensor that is split into a sequence, whose parts are then taken out one by one at fixed places, as a Split with
 * one output per part: PyTorch's exporter leaves such pairs where it does not optimise.
 */
final class SplitSequences {
    private final Graph graph;
    private final Map<String, Node> producers;

    private SplitSequences(Graph graph) {
        this.graph = graph;
        this.producers = graph.producers();
    }

    /** The graph itself where it holds no such pair. Inner sub-graphs are left alone. */
    static Graph flattened(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> node.opType().equals("SplitToSequence"))
                ? new SplitSequences(graph).flattened()
                : graph;
    }

    private Graph flattened() {
        Map<String, List<Node>> readers = graph.readers();
        Map<String, List<String>> parts = new HashMap<>();
        for (Node node : graph.nodes()) {
            List<Node> taking = readers.getOrDefault(node.output(0), List.of());
            if (node.opType().equals("SplitToSequence")
                    && node.attribute("keepdims", 1) == 1
                    && !graph.outputNames().contains(node.output(0))
                    && taking.stream().allMatch(reader -> index(reader).isPresent())) {
                constant(node.input(1))
                        .filter(sizes -> sizes.shape().length == 1)
                        .ifPresent(sizes -> parts.put(node.output(0), names(node, (int) sizes.size())));
            }
        }
        GraphEditor editor = graph.edit();
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            List<String> split = parts.get(node.output(0));
            List<String> taken = parts.get(node.input(0));
            if (split != null) {
                nodes.add(node.as("Split").without("keepdims").withOutputs(split));
            } else if (taken != null) {
                long index = index(node).orElseThrow();
                String part = taken.get((int) (index < 0 ? index + taken.size() : index));
                nodes.add(node.as("Identity").withInputs(List.of(part)));
            } else {
                nodes.add(node);
            }
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return editor.build();
    }

    private static List<String> names(Node node, int count) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(node.output(0) + "/" + i);
        }
        return out;
    }

    /** The fixed place that a SequenceAt takes. */
    private Optional<Long> index(Node reader) {
        return reader.opType().equals("SequenceAt")
                ? constant(reader.input(1)).map(place -> place.toLongs()[0])
                : Optional.empty();
    }

    private Optional<Tensor> constant(String name) {
        Tensor initializer = graph.initializers().get(name);
        Node producer = producers.get(name);
        return initializer != null || producer == null || !producer.opType().equals("Constant")
                ? Optional.ofNullable(initializer)
                : producer.tensor("value");
    }
}
