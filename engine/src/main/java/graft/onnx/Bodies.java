package graft.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The graphs inside of If, Loop and Scan nodes: their tensors get names that occur once in the whole model, and their
 * constants are brought into the graph around them, where everything finds them, and back again.
 */
public final class Bodies {
    /** One step down: the sub-graph {@code attribute} of the node whose first output is {@code output}. */
    public record Place(String output, String attribute) {}

    /**
     * @param homes of each constant that was brought out: the way down to the body it stood in
     */
    public record Lifted(Model model, Map<String, List<Place>> homes) {}

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final Map<String, List<Place>> homes = new LinkedHashMap<>();
    private final List<Node> hoisted = new ArrayList<>();
    /** Constants of the outermost graph, and what is made of them there. */
    private final Set<String> outside = new HashSet<>();

    private Bodies() {}

    static boolean none(Graph graph) {
        return graph.nodes().stream().allMatch(node -> node.graphs().isEmpty());
    }

    /**
     * Brings the constants of real numbers, and what integers stand for, out of the bodies.
     *
     * @param reserved names that no tensor inside may have
     * @return the model itself where it has no bodies
     */
    public static Lifted lift(Model model, Set<String> reserved) {
        Graph graph = model.graph();
        if (none(graph)) {
            return new Lifted(model, Map.of());
        }
        Bodies bodies = new Bodies();
        bodies.taken.addAll(reserved);
        bodies.taken.addAll(graph.initializers().keySet());
        graph.inputs().forEach(input -> bodies.taken.add(input.name()));
        graph.nodes().forEach(node -> bodies.taken.addAll(node.outputs()));
        bodies.outside.addAll(graph.initializers().keySet());
        GraphEditor editor = graph.edit();
        editor.replaceNodes(node -> bodies.lifted(node, Map.of(), List.of()));
        bodies.constants.values().forEach(editor::put);
        editor.nodes().addAll(0, bodies.hoisted);
        return new Lifted(model.withGraph(editor.build()), bodies.homes);
    }

    private Node lifted(Node node, Map<String, String> names, List<Place> path) {
        Node out = node.withInputs(node.inputs().stream()
                .map(name -> names.getOrDefault(name, name))
                .toList());
        out = out.withOutputs(node.outputs().stream()
                .map(name -> names.getOrDefault(name, name))
                .toList());
        for (Map.Entry<String, Graph> body : node.graphs().entrySet()) {
            List<Place> below = new ArrayList<>(path);
            below.add(new Place(out.output(0), body.getKey()));
            String prefix = (node.name().isEmpty() ? out.output(0) : node.name()) + "/" + body.getKey() + "/";
            out = out.with(body.getKey(), lifted(body.getValue(), names, List.copyOf(below), prefix));
        }
        return out;
    }

    private Graph lifted(Graph body, Map<String, String> around, List<Place> path, String prefix) {
        Map<String, String> names = new HashMap<>(around);
        body.proto().getInputList().forEach(input -> define(input.getName(), prefix, names));
        body.initializers().keySet().forEach(name -> define(name, prefix, names));
        body.nodes().forEach(node -> node.outputs().forEach(name -> define(name, prefix, names)));
        GraphEditor editor = body.edit().forgetInnerShapes();
        editor.inputs(body.inputs().stream()
                .map(input -> input.named(names.getOrDefault(input.name(), input.name())))
                .toList());
        editor.outputs(body.outputs().stream()
                .map(output -> output.named(names.getOrDefault(output.name(), output.name())))
                .toList());
        Set<String> dequantized = new HashSet<>();
        body.nodes().stream()
                .filter(node -> node.opType().equals("DequantizeLinear"))
                .forEach(node -> dequantized.addAll(node.inputs()));
        editor.initializers().clear();
        // What a body answers must be its own.
        Set<String> results = Set.copyOf(body.outputNames());
        body.initializers().forEach((name, tensor) -> {
            Tensor own = tensor.named(names.getOrDefault(name, name));
            if ((tensor.type().isFloat() || dequantized.contains(name)) && !results.contains(name)) {
                bringOut(own, path);
            } else {
                editor.put(own);
            }
        });
        editor.nodes().clear();
        for (Node node : body.nodes()) {
            Node renamed = lifted(node, names, path);
            if (results.contains(node.output(0))) {
                editor.nodes().add(renamed);
            } else if (isWeightNode(node)) {
                bringOut(constant(renamed), path);
            } else if (unfolds(renamed) && outside.containsAll(renamed.needs())) {
                hoisted.add(renamed);
                outside.add(renamed.output(0));
            } else {
                editor.nodes().add(renamed);
            }
        }
        return editor.build();
    }

    private void define(String name, String prefix, Map<String, String> names) {
        if (name.isEmpty() || taken.add(name)) {
            names.remove(name);
            return;
        }
        String fresh = prefix + name;
        for (int i = 1; !taken.add(fresh); i++) {
            fresh = prefix + name + "_" + i;
        }
        names.put(name, fresh);
    }

    private void bringOut(Tensor tensor, List<Place> path) {
        constants.put(tensor.name(), tensor);
        outside.add(tensor.name());
        homes.put(tensor.name(), path);
    }

    /** A Constant that may be a weight; of one element, it is a setting of the operator that reads it. */
    private static boolean isWeightNode(Node node) {
        return node.opType().equals("Constant")
                && node.domain().isEmpty()
                && (node.attribute("value_floats", new float[0]).length > 1
                        || node.has("value")
                                && node.tensor("value")
                                        .filter(value -> value.type().isFloat() && value.size() > 1)
                                        .isPresent());
    }

    private static Tensor constant(Node node) {
        float[] values = node.attribute("value_floats", new float[0]);
        return values.length > 0
                ? Tensor.ofFloats(node.output(0), new long[] {values.length}, values)
                : node.tensor("value").orElseThrow().named(node.output(0));
    }

    /** Makes a weight of a constant that is stored in another form. */
    private static boolean unfolds(Node node) {
        return node.domain().isEmpty()
                && (node.opType().equals("DequantizeLinear") || node.opType().equals("Cast"));
    }

    /** Brings constants back to where they stood; those whose body is gone stay out. */
    public static Model sink(Model model, Map<String, List<Place>> homes) {
        Map<String, List<Place>> there = new LinkedHashMap<>(homes);
        there.keySet().retainAll(model.graph().initializers().keySet());
        there.keySet()
                .removeAll(model.graph().nodes().stream()
                        .flatMap(node -> node.inputs().stream())
                        .toList());
        there.keySet().removeAll(model.graph().outputNames());
        if (there.isEmpty()) {
            return model;
        }
        GraphEditor editor = model.graph().edit();
        Set<String> sunk = new HashSet<>();
        sink(editor, there, 0, model.graph().initializers(), sunk);
        editor.initializers().keySet().removeAll(sunk);
        return model.withGraph(editor.build());
    }

    private static void sink(
            GraphEditor editor,
            Map<String, List<Place>> homes,
            int depth,
            Map<String, Tensor> tensors,
            Set<String> sunk) {
        Map<Place, Map<String, List<Place>>> below = new LinkedHashMap<>();
        homes.forEach((name, path) -> below.computeIfAbsent(path.get(depth), place -> new LinkedHashMap<>())
                .put(name, path));
        editor.replaceNodes(node -> {
            Node out = node;
            for (Map.Entry<String, Graph> body : node.graphs().entrySet()) {
                Map<String, List<Place>> inside = below.get(new Place(node.output(0), body.getKey()));
                if (inside == null) {
                    continue;
                }
                GraphEditor inner = body.getValue().edit();
                Map<String, List<Place>> deeper = new LinkedHashMap<>();
                inside.forEach((name, path) -> {
                    if (path.size() == depth + 1) {
                        inner.put(tensors.get(name));
                        sunk.add(name);
                    } else {
                        deeper.put(name, path);
                    }
                });
                sink(inner, deeper, depth + 1, tensors, sunk);
                out = out.with(body.getKey(), inner.build());
            }
            return out;
        });
    }
}
