package graft.meaning;

import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    /** The model in inference mode; the model itself where it is. What was done is added to {@code lines}. */
    public static Model off(Model model, List<String> lines) {
        Set<String> outputs = new HashSet<>(model.graph().outputNames());
        GraphEditor editor = model.graph().edit();
        List<Node> nodes = new ArrayList<>();
        int norms = 0;
        int dropouts = 0;
        for (Node node : model.graph().nodes()) {
            if (node.domain().isEmpty() && node.opType().equals("BatchNormalization") && learns(node, model)) {
                norms++;
                nodes.add(switched(node));
                keepStatistics(node, model, outputs, nodes);
            } else if (node.domain().isEmpty()
                    && node.opType().equals("Dropout")
                    && !node.input(2).isEmpty()) {
                boolean acts = !Fixed.isFalse(model.graph(), node.input(2));
                dropouts += acts ? 1 : 0;
                nodes.add(acts ? node.withInputs(List.of(node.input(0))) : node);
            } else {
                nodes.add(node);
            }
        }
        if (norms + dropouts == 0) {
            return model;
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        if (norms > 0) {
            lines.add("The network was exported in training mode: " + norms
                    + (norms == 1 ? " batch norm uses" : " batch norms use")
                    + " the statistics of the batch, so that an answer would depend on the pictures that are asked about"
                    + " together. They were switched to the stored statistics (inference mode).");
        }
        if (dropouts > 0) {
            lines.add("The network was exported in training mode: " + dropouts
                    + (dropouts == 1 ? " dropout acts" : " dropouts act")
                    + " in every answer; switched off.");
        }
        return model.withGraph(editor.build());
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
    private static void keepStatistics(Node node, Model model, Set<String> outputs, List<Node> nodes) {
        Set<String> read = new HashSet<>(outputs);
        model.graph().nodes().forEach(other -> read.addAll(other.needs()));
        for (int i = 1; i < node.outputs().size(); i++) {
            String statistic = node.output(i);
            if (!statistic.isEmpty() && read.contains(statistic)) {
                String stored = node.input(i % 2 == 1 ? 3 : 4); // mean, variance; in old files twice
                nodes.add(Node.of("Identity", statistic + ".stored", List.of(stored), List.of(statistic)));
            }
        }
    }
}
