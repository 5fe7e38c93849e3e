package graft.rewrite;

import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Exporters merge initializers that happen to be equal, such as the fresh scales of several batch norms, and put Identity
 * nodes in their place. Trained like that, several layers would share one tensor. Every other shared initializer is
 * meant to be shared and stays so.
 */
public final class BatchNormTies {
    private BatchNormTies() {}

    /** Gives each batch norm its own tensors; adds one line to {@code report} if any were shared. */
    public static Model untie(Model model, List<String> report) {
        GraphEditor editor = model.graph().edit();
        Map<String, String> identities = new HashMap<>();
        for (Node node : model.graph().nodes()) {
            if (node.opType().equals("Identity") && node.domain().isEmpty()) {
                String origin = identities.getOrDefault(node.input(0), node.input(0));
                if (model.graph().initializers().containsKey(origin)) {
                    identities.put(node.output(0), origin);
                }
            }
        }
        Map<String, Integer> readers = new HashMap<>();
        int untied = 0;
        List<Node> nodes = new ArrayList<>();
        for (Node node : model.graph().nodes()) {
            if (!node.opType().equals("BatchNormalization")) {
                nodes.add(node);
                continue;
            }
            List<String> inputs = new ArrayList<>(node.inputs());
            for (int i = 1; i < Math.min(5, inputs.size()); i++) {
                String origin = identities.getOrDefault(inputs.get(i), inputs.get(i));
                Tensor tensor = model.graph().initializers().get(origin);
                if (tensor == null || readers.merge(origin, 1, Integer::sum) == 1 && origin.equals(inputs.get(i))) {
                    continue;
                }
                // The Identity's result often has the name that the framework gave the tensor.
                String own = identities.containsKey(inputs.get(i))
                                && !editor.initializers().containsKey(inputs.get(i))
                        ? inputs.get(i)
                        : editor.freshName(origin + "_" + readers.get(origin));
                editor.put(tensor.named(own));
                inputs.set(i, own);
                untied++;
            }
            nodes.add(node.withInputs(inputs));
        }
        if (untied == 0) {
            return model;
        }
        nodes.removeIf(node ->
                node.opType().equals("Identity") && editor.initializers().containsKey(node.output(0)));
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        report.add(untied + " batch norm tensors that the exporter had merged because they were equal became tensors of"
                + " their own.");
        return model.withGraph(editor.prune().build());
    }
}
