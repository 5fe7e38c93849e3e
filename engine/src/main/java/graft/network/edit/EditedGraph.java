package graft.network.edit;

import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.inference.ShapeProbe;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.ops.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes one change to a graph, or says why it cannot be made. */
final class EditedGraph {
    private final Path file;
    private final Network network;
    private final Model model;
    private final Graph graph;

    /** @param file the network's, for what is said to the user */
    EditedGraph(Path file, Network network) {
        this.file = file;
        this.network = network;
        this.model = network.model();
        this.graph = model.graph();
    }

    Model after(Edit edit) {
        Layer layer = layer(edit.layer());
        return switch (edit.kind()) {
            case INSERT -> insert(edit, layer);
            case DELETE -> delete(layer);
            case CUT -> cut(layer);
        };
    }

    /** One of the layers, or an operator between them by its name or by the tensor that it gives. */
    private Layer layer(String name) {
        return network.shownLayers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .or(() -> network.dataPath().stream()
                        .filter(node ->
                                node.name().equals(name) || node.output(0).equals(name))
                        .findFirst()
                        .map(EditedGraph::alone))
                .orElseThrow(() -> new Refusal(
                        file + " has no layer named " + name + ". `graft layers " + file + "` lists them."));
    }

    private static Layer alone(Node node) {
        String name = node.name().isEmpty() ? node.output(0) : node.name();
        return new Layer(name, node.opType(), node.opType(), List.of(node), Set.of(), Set.of(), 0, node.output(0), "");
    }

    // --- insert

    /** What is inserted gives what the layer gave; the layer gives it under another name. So nobody else need be changed. */
    private Model insert(Edit edit, Layer layer) {
        String tensor = layer.output();
        int at = producer(layer);
        long[] shape = shape(tensor)
                .orElseThrow(() -> new Refusal("Nothing can be inserted behind " + layer.name() + " in " + file
                        + ": the shape of what it gives is not known."));
        GraphEditor editor = graph.edit();
        String before = editor.freshName(tensor + ".before");
        Node producer = graph.nodes().get(at);
        editor.nodes()
                .set(
                        at,
                        producer.withOutputs(producer.outputs().stream()
                                .map(name -> name.equals(tensor) ? before : name)
                                .toList()));
        Insertion insertion = new Insertion(model, editor, edit, layer.name(), shape);
        List<Node> nodes = insertion.nodes(before, tensor);
        if (insertion.width() != shape[shape.length - 1]) {
            refuseReaders(edit, layer, shape, insertion.width());
            editor.forgetInnerShapes();
            editor.outputs(graph.outputs().stream()
                    .map(output -> output.name().equals(tensor) ? declared(tensor, insertion.shape()) : output)
                    .toList());
        }
        editor.nodes().addAll(at + 1, nodes);
        return model.withGraph(editor.build());
    }

    private void refuseReaders(Edit edit, Layer layer, long[] shape, long width) {
        List<Node> readers = graph.readers().getOrDefault(layer.output(), List.of());
        if (!readers.isEmpty()) {
            throw new Refusal("Inserting " + edit.what() + " behind " + layer.name() + " in " + file + " gives " + width
                    + " values where " + named(readers.get(0)) + ", which reads them, takes "
                    + shape[shape.length - 1] + ". Insert linear:" + shape[shape.length - 1]
                    + ", or cut the network at " + layer.name() + " first.");
        }
    }

    private int producer(Layer layer) {
        for (int i = 0; i < graph.nodes().size(); i++) {
            if (graph.nodes().get(i).outputs().contains(layer.output())) {
                return i;
            }
        }
        throw new Refusal("The layer " + layer.name() + " of " + file
                + " stands inside of a control-flow node, where nothing can be changed. Choose a layer outside of it.");
    }

    // --- delete

    private Model delete(Layer layer) {
        producer(layer);
        Set<Node> gone = new HashSet<>(layer.nodes());
        String output = layer.output();
        String input = onlyInput(layer, gone);
        refuseInnerReaders(layer, gone);
        long[] given = shape(output).orElse(null);
        long[] taken = shape(input).orElse(null);
        List<Node> readers = graph.readers().getOrDefault(output, List.of()).stream()
                .filter(node -> !gone.contains(node))
                .toList();
        boolean fits = given != null && taken != null && Arrays.equals(given, taken);
        if (!fits && !readers.isEmpty()) {
            throw new Refusal("Without " + layer.name() + ", " + named(readers.get(0)) + " in " + file + " would get "
                    + words(taken) + " where it takes " + words(given)
                    + ". Delete only what gives as much as it takes, or cut the network at a layer below.");
        }
        GraphEditor editor = graph.edit();
        editor.nodes().removeIf(gone::contains);
        if (graph.outputNames().contains(output)) {
            editor.nodes()
                    .add(Node.of("Identity", editor.freshName(output + ".kept"), List.of(input), List.of(output)));
            if (!fits) {
                editor.outputs(graph.outputs().stream()
                        .map(out -> out.name().equals(output) && taken != null ? declared(output, taken) : out)
                        .toList());
            }
        } else {
            editor.redirect(output, input);
        }
        return model.withGraph(editor.forgetInnerShapes().prune().build());
    }

    private String onlyInput(Layer layer, Set<Node> gone) {
        Set<String> inside = new HashSet<>();
        gone.forEach(node -> inside.addAll(node.outputs()));
        Weights weights = new Weights(graph);
        Set<String> fed = new LinkedHashSet<>();
        for (Node node : layer.nodes()) {
            weights.fedInputs(node).stream()
                    .filter(name -> !inside.contains(name))
                    .forEach(fed::add);
        }
        if (fed.size() != 1) {
            throw new Refusal(layer.name() + " of " + file + " joins " + fed.size() + " tensors ("
                    + String.join(", ", fed) + "): which of them its readers should get instead is not clear. "
                    + "Delete the layers on one of its sides, or cut the network below it.");
        }
        return fed.iterator().next();
    }

    private void refuseInnerReaders(Layer layer, Set<Node> gone) {
        for (Node node : graph.nodes()) {
            if (!gone.contains(node)) {
                for (Node inner : gone) {
                    inner.outputs().stream()
                            .filter(name ->
                                    !name.equals(layer.output()) && node.needs().contains(name))
                            .findFirst()
                            .ifPresent(name -> {
                                throw new Refusal(layer.name() + " of " + file + " cannot be taken out: " + named(node)
                                        + " reads what is computed in the middle of it (" + name + ").");
                            });
                }
            }
        }
    }

    // --- cut

    private Model cut(Layer layer) {
        producer(layer);
        long[] shape = shape(layer.output())
                .orElseThrow(() -> new Refusal("The network " + file + " cannot be cut at " + layer.name()
                        + ": the shape of what it gives is not known."));
        return model.withGraph(graph.edit()
                .outputs(List.of(declared(layer.output(), shape)))
                .prune()
                .build());
    }

    // --- shapes

    /** For one example, batch axis first. */
    private Optional<long[]> shape(String tensor) {
        if (graph.producers().containsKey(tensor)) {
            return Optional.ofNullable(ShapeProbe.shapes(model, List.of(tensor)).get(tensor));
        }
        return Optional.ofNullable(ExampleInputs.random(graph, 1, 1).get(tensor))
                .map(values -> values.shape());
    }

    /** Axes besides the last may follow the input where one of the input's axes is free. */
    private ValueInfo declared(String tensor, long[] shape) {
        boolean free = graph.inputs().stream()
                .flatMap(input -> input.shape().stream())
                .anyMatch(dims -> dims.stream().skip(1).anyMatch(dim -> dim.size() < 0));
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.length; axis++) {
            boolean fixed = axis > 0 && (!free || axis == shape.length - 1);
            dims.add(axis == 0 ? batch() : fixed ? Dim.of(shape[axis]) : Dim.free("d" + axis));
        }
        return ValueInfo.ofType(tensor, ElementType.FLOAT).withShape(dims);
    }

    /** As the inputs call it. */
    private Dim batch() {
        return graph.inputs().stream()
                .flatMap(input -> input.shape().stream())
                .filter(dims -> !dims.isEmpty())
                .map(dims -> dims.get(0))
                .findFirst()
                .orElse(Dim.free("N"));
    }

    private static String named(Node node) {
        return node.name().isEmpty() ? node.opType() + " \"" + node.output(0) + "\"" : node.name();
    }

    private static String words(long[] shape) {
        return shape == null
                ? "a shape that is not known"
                : Arrays.stream(shape).skip(1).mapToObj(Long::toString).collect(Collectors.joining("×"));
    }
}
