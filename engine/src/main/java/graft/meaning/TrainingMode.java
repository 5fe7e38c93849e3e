package graft.meaning;

import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Networks that were exported while they were learning: their batch norms use the statistics of the batch, so that an
 * answer depends on what else is asked at the same time, and their dropout acts. Both are switched to what they do after
 * training.
 */
public final class TrainingMode {
    /** Until then a batch norm with more than one output learnt. */
    private static final long FIRST_WITH_ATTRIBUTE = 14;
    /** Until then, {@code is_test} said so. */
    private static final long FIRST_BY_OUTPUTS = 7;

    private TrainingMode() {}

    /** The model in inference mode, bodies too; the model itself where it is. What was done is added to {@code lines}. */
    public static Model off(Model model, List<String> lines) {
        Switching switching = new Switching(model);
        Graph graph = switching.off(model.graph());
        lines.addAll(switching.lines());
        return graph == model.graph() ? model : model.withGraph(graph);
    }

    private static boolean learns(Node node, Model model) {
        long opset = model.opset("");
        if (opset >= FIRST_WITH_ATTRIBUTE) {
            return node.attribute("training_mode", 0) != 0;
        }
        boolean more = node.outputs().stream().skip(1).anyMatch(name -> !name.isEmpty());
        return more && (opset >= FIRST_BY_OUTPUTS || node.attribute("is_test", 0) == 0);
    }

    private static Node switched(Node node) {
        Node one = node.withOutputs(List.of(node.output(0))).without("training_mode");
        return node.has("is_test") ? one.with("is_test", 1L) : one;
    }

    /** What read the statistics of the batch gets the stored ones. */
    private static void keepStatistics(Node node, Graph graph, List<Node> nodes) {
        Set<String> read = new HashSet<>(graph.outputNames());
        graph.nodes().forEach(other -> read.addAll(other.needs()));
        for (int i = 1; i < node.outputs().size(); i++) {
            String statistic = node.output(i);
            if (!statistic.isEmpty() && read.contains(statistic)) {
                String stored = node.input(i % 2 == 1 ? 3 : 4); // mean, variance; in old files twice
                nodes.add(Node.of("Identity", statistic + ".stored", List.of(stored), List.of(statistic)));
            }
        }
    }

    /** One pass over a model. */
    private static final class Switching {
        private final Model model;
        private int norms;
        private int dropouts;

        Switching(Model model) {
            this.model = model;
        }

        private Graph off(Graph graph) {
            List<Node> nodes = new ArrayList<>();
            int before = norms + dropouts;
            for (Node node : graph.nodes()) {
                boolean own = node.domain().isEmpty();
                if (own && node.opType().equals("BatchNormalization") && learns(node, model)) {
                    norms++;
                    nodes.add(switched(node));
                    keepStatistics(node, graph, nodes);
                } else if (own && node.opType().equals("Dropout") && acts(node, graph)) {
                    dropouts++;
                    nodes.add(node.withInputs(List.of(node.input(0))));
                } else {
                    nodes.add(withBodiesOff(node));
                }
            }
            if (norms + dropouts == before) {
                return graph;
            }
            GraphEditor editor = graph.edit();
            editor.nodes().clear();
            editor.nodes().addAll(nodes);
            return editor.build();
        }

        private Node withBodiesOff(Node node) {
            Node out = node;
            for (Map.Entry<String, Graph> body : node.graphs().entrySet()) {
                Graph changed = off(body.getValue());
                out = changed == body.getValue() ? out : out.with(body.getKey(), changed);
            }
            return out;
        }

        private boolean acts(Node dropout, Graph graph) {
            String mode = dropout.input(2);
            return !mode.isEmpty() && !Fixed.isFalse(graph, mode) && !Fixed.isFalse(model.graph(), mode);
        }

        private List<String> lines() {
            List<String> out = new ArrayList<>();
            if (norms > 0) {
                out.add("The network was exported in training mode: " + norms
                        + (norms == 1 ? " batch norm uses" : " batch norms use")
                        + " the statistics of the batch, so that an answer would depend on the pictures that are asked"
                        + " about together. They were switched to the stored statistics (inference mode).");
            }
            if (dropouts > 0) {
                out.add("The network was exported in training mode: " + dropouts
                        + (dropouts == 1 ? " dropout acts" : " dropouts act")
                        + " in every answer; switched off.");
            }
            return out;
        }
    }
}
