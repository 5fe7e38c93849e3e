package graft.network;

import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What takes the place of a network's old end: a piece of graph on some of its tensors. Made by a {@link HeadBuilder}.
 *
 * @param on the tensors it stands on: inner ones, or inputs of the network
 * @param weights what learns, by name, with its first values
 * @param constants what else its nodes compute with
 * @param outputs the network's new outputs
 * @param whole the graph of a network whose own end this is: what else it answers stands in the file again
 */
public record Head(
        List<String> on,
        List<Node> nodes,
        Map<String, Tensor> weights,
        Map<String, Tensor> constants,
        List<ValueInfo> outputs,
        Optional<Graph> whole) {

    /** A new one. */
    public Head(
            List<String> on,
            List<Node> nodes,
            Map<String, Tensor> weights,
            Map<String, Tensor> constants,
            List<ValueInfo> outputs) {
        this(on, nodes, weights, constants, outputs, Optional.empty());
    }

    /** How a new head's numbers begin. */
    public enum Init {
        /** As PyTorch's Linear: uniform in ±1/√width, weight and bias. */
        DEFAULT,
        ZEROS,
        /** Those of the last layer that the network comes with, class by class: {@link OwnWeights}. */
        OWN
    }

    /** The same with other first values of what learns. */
    public Head beginningWith(Map<String, Tensor> values) {
        return new Head(on, nodes, values, constants, outputs, whole);
    }

    /** Name of the output of a head that gives a number per class. */
    public static final String LOGITS = "logits";

    /** Names of what learns. */
    public Set<String> learning() {
        return weights.keySet();
    }

    /** What its dropouts give. */
    Set<String> dropping() {
        return nodes.stream()
                .filter(node -> node.opType().equals("Dropout"))
                .map(node -> node.output(0))
                .collect(Collectors.toSet());
    }

    /** {@code model} cut above what this stands on, with this on it. */
    Model graftOn(Model model) {
        GraphEditor editor = bodyBelow(model, on);
        List<Node> mine = nodes;
        for (ValueInfo output : outputs) {
            String name = output.name();
            if (!editor.freshName(name).equals(name)) {
                String old = editor.freshName(name + ".body");
                rename(editor, name, old);
                mine = mine.stream().map(node -> node.reading(name, old)).toList();
            }
        }
        weights.values().forEach(editor::put);
        constants.values().forEach(editor::put);
        editor.nodes().addAll(mine);
        editor.outputs(outputs);
        return model.withGraph(editor.build());
    }

    /** A model with this as its end as its file is to have it: of a network's own end with all that the network answers. */
    Model asFile(Model model) {
        if (whole.isEmpty()) {
            return model;
        }
        GraphEditor editor = model.graph().edit();
        Set<String> made = model.graph().producers().keySet();
        whole.get().nodes().stream()
                .filter(node -> node.outputs().stream().noneMatch(made::contains))
                .forEach(node -> {
                    editor.nodes().add(node);
                    node.needs().stream()
                            .map(whole.get().initializers()::get)
                            .filter(tensor ->
                                    tensor != null && !editor.initializers().containsKey(tensor.name()))
                            .forEach(editor::put);
                });
        List<ValueInfo> all = new ArrayList<>(whole.get().outputs());
        // What learnt may be an inner tensor that the network's answers are made of: it is there to be proved by.
        outputs.stream()
                .filter(mine -> all.stream().noneMatch(each -> each.name().equals(mine.name())))
                .forEach(all::add);
        editor.outputs(all);
        return model.withGraph(editor.build());
    }

    /** What is left of the network when everything above {@code tensors} is cut off. */
    static GraphEditor bodyBelow(Model model, List<String> tensors) {
        return model.graph()
                .edit()
                .outputs(tensors.stream().map(ValueInfo::ofName).toList())
                .prune();
    }

    /** An inner tensor of the old network that has the name a new output needs. */
    private static void rename(GraphEditor editor, String from, String to) {
        editor.redirect(from, to);
        editor.replaceNodes(node -> node.outputs().contains(from)
                ? node.withOutputs(node.outputs().stream()
                        .map(name -> name.equals(from) ? to : name)
                        .toList())
                : node);
    }
}
