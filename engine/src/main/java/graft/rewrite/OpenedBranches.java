package graft.rewrite;

import graft.meaning.FixedInputs;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the branch of an If in its place where an input that was fixed chooses it. Exporters merge a network that writes texts with and without
 * a past into one file, whose input {@code use_cache_branch} chooses: to learn, there is no past.
 */
public final class OpenedBranches {
    /** The input of such files. */
    public static final String MERGED = "use_cache_branch";

    private OpenedBranches() {}

    /**
     * The model with such an input fixed at "no past", unless the user gave it a value, and with the branch that it chooses opened;
     * itself where there is no such input.
     *
     * @param given inputs that the user gave a value
     */
    public static Model open(Path file, Model model, Set<String> given, List<String> lines) {
        boolean merged = !given.contains(MERGED)
                && model.graph().inputs().size() > 1
                && model.graph().inputs().stream()
                        .anyMatch(input -> input.name().equals(MERGED)
                                && input.type()
                                        .filter(type -> type == ElementType.BOOL)
                                        .isPresent());
        if (!merged && !given.contains(MERGED)) {
            return model; // what a constant of the file itself chooses goes back into the file where it was
        }
        Model fixed = merged ? FixedInputs.apply(file, model, Map.of(MERGED, "false"), new ArrayList<>()) : model;
        Model out = opened(fixed);
        if (merged) {
            out = withoutIdle(out);
            lines.add("The file holds two graphs, with and without a past, of which " + MERGED
                    + " chooses one: that without a past was opened. What is written from it has no cache; --input "
                    + MERGED
                    + "=true opens the other.");
        }
        return out;
    }

    private static Model opened(Model model) {
        Graph graph = model.graph();
        boolean any = graph.nodes().stream().anyMatch(node -> isChosen(node, graph.initializers()));
        if (!any) {
            return model;
        }
        GraphEditor editor = graph.edit();
        List<Node> nodes = new ArrayList<>();
        Set<String> taken = new HashSet<>(graph.initializers().keySet());
        graph.inputs().forEach(input -> taken.add(input.name()));
        graph.nodes().forEach(node -> taken.addAll(node.outputs()));
        for (Node node : graph.nodes()) {
            if (isChosen(node, graph.initializers())) {
                boolean truth = graph.initializers().get(node.input(0)).bytes().get(0) != 0;
                inline(node, node.graph(truth ? "then_branch" : "else_branch"), editor, nodes, taken);
            } else {
                nodes.add(node);
            }
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        // A branch may hold further choices.
        return opened(model.withGraph(editor.build()));
    }

    private static boolean isChosen(Node node, Map<String, Tensor> constants) {
        return node.opType().equals("If")
                && node.domain().isEmpty()
                && constants.containsKey(node.input(0))
                && constants.get(node.input(0)).type() == ElementType.BOOL
                && constants.get(node.input(0)).size() == 1;
    }

    private static void inline(Node choice, Graph branch, GraphEditor editor, List<Node> nodes, Set<String> taken) {
        Map<String, String> names = new HashMap<>();
        Set<String> own = new HashSet<>(branch.initializers().keySet());
        branch.nodes().forEach(node -> own.addAll(node.outputs()));
        own.remove("");
        for (String name : own) {
            String free = name;
            for (int i = 1; !taken.add(free); i++) {
                free = name + "_" + i;
            }
            names.put(name, free);
        }
        branch.initializers().values().forEach(tensor -> editor.put(tensor.named(names.get(tensor.name()))));
        for (Node node : branch.nodes()) {
            Node renamed = node;
            for (String name : node.needs()) {
                String to = names.getOrDefault(name, name);
                renamed = to.equals(name) ? renamed : renamed.reading(name, to);
            }
            nodes.add(renamed.withOutputs(node.outputs().stream()
                    .map(name -> names.getOrDefault(name, name))
                    .toList()));
        }
        for (int i = 0; i < choice.outputs().size(); i++) {
            String result = choice.output(i);
            String from = branch.outputNames().get(i);
            if (!result.isEmpty()) {
                nodes.add(Node.of("Identity", result, List.of(names.getOrDefault(from, from)), List.of(result)));
            }
        }
    }

    /** Without inputs that nothing reads any more: those of the branch that was not taken. */
    private static Model withoutIdle(Model model) {
        Graph graph = model.graph();
        Set<String> read = new HashSet<>(graph.outputNames());
        graph.nodes().forEach(node -> read.addAll(node.needs()));
        List<ValueInfo> inputs = graph.inputs().stream()
                .filter(input -> read.contains(input.name()))
                .toList();
        return model.withGraph(graph.edit().inputs(inputs).prune().build());
    }
}
