package graft.onnx;

import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes a graph. What is not touched is built again from the messages it was read from. Nodes must be left in an order
 * in which they can be computed.
 */
public final class GraphEditor {
    private final Graph source;
    private final List<Node> nodes;
    private final Map<String, Tensor> initializers;
    private String name;
    private List<ValueInfo> inputs;
    private List<ValueInfo> outputs;
    private boolean innerShapesKept = true;
    private boolean initializersListed = true;

    GraphEditor(Graph source) {
        this.source = source;
        this.nodes = new ArrayList<>(source.nodes());
        this.initializers = new LinkedHashMap<>(source.initializers());
        this.name = source.name();
        this.inputs = source.inputs();
        this.outputs = source.outputs();
    }

    /** The nodes, to be changed in place. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The initializers, to be changed in place; each key must be its tensor's name. */
    public Map<String, Tensor> initializers() {
        return initializers;
    }

    public GraphEditor put(Tensor initializer) {
        initializers.put(initializer.name(), initializer);
        return this;
    }

    /** Names the graph itself; a sub-graph must have a name. */
    public GraphEditor named(String name) {
        this.name = name;
        return this;
    }

    public GraphEditor inputs(List<ValueInfo> inputs) {
        this.inputs = List.copyOf(inputs);
        return this;
    }

    public GraphEditor outputs(List<ValueInfo> outputs) {
        this.outputs = List.copyOf(outputs);
        return this;
    }

    /** Forgets what the file says of inner tensors' shapes: needed when an edit makes them untrue. */
    public GraphEditor forgetInnerShapes() {
        innerShapesKept = false;
        return this;
    }

    /** Lists no initializer among the inputs: old files do, and then nothing may take a tensor for a constant. */
    public GraphEditor fixInitializers() {
        initializersListed = false;
        return this;
    }

    /** Lets every node that reads {@code from} read {@code to}. */
    public GraphEditor redirect(String from, String to) {
        return replaceNodes(node -> node.needs().contains(from) ? node.reading(from, to) : node);
    }

    public GraphEditor replaceNodes(UnaryOperator<Node> change) {
        nodes.replaceAll(change);
        return this;
    }

    /** Drops nodes whose results nobody needs, and initializers that nobody reads. */
    public GraphEditor prune() {
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.add(output.name()));
        List<Node> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.needs());
                kept.add(node);
            }
        }
        Collections.reverse(kept);
        nodes.clear();
        nodes.addAll(kept);
        initializers.keySet().retainAll(needed);
        return this;
    }

    /** A name that no tensor and no node of the graph has: {@code wish}, or {@code wish_1}, {@code wish_2}, … */
    public String freshName(String wish) {
        Set<String> taken = new HashSet<>(initializers.keySet());
        inputs.forEach(input -> taken.add(input.name()));
        nodes.forEach(node -> take(node, taken));
        String name = wish;
        for (int i = 1; taken.contains(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    private static void take(Node node, Set<String> taken) {
        taken.add(node.name());
        taken.addAll(node.outputs());
        node.graphs().values().forEach(body -> {
            taken.addAll(body.initializers().keySet());
            body.inputs().forEach(input -> taken.add(input.name()));
            body.nodes().forEach(inner -> take(inner, taken));
        });
    }

    public Graph build() {
        GraphProto.Builder builder = source.proto().toBuilder()
                .clearNode()
                .clearInitializer()
                .clearInput()
                .clearOutput();
        if (!name.equals(source.name())) {
            builder.setName(name);
        }
        nodes.forEach(node -> builder.addNode(node.proto()));
        initializers.values().forEach(tensor -> builder.addInitializer(tensor.proto()));
        addInputs(builder);
        outputs.forEach(output -> builder.addOutput(keep(source.proto().getOutputList(), output)));
        if (!innerShapesKept) {
            builder.clearValueInfo();
        } else {
            Set<String> made = new HashSet<>(initializers.keySet());
            nodes.forEach(node -> made.addAll(node.outputs()));
            builder.clearValueInfo();
            source.proto().getValueInfoList().stream()
                    .filter(info -> made.contains(info.getName()))
                    .forEach(builder::addValueInfo);
        }
        return new Graph(builder.build(), source.folder());
    }

    private void addInputs(GraphProto.Builder builder) {
        boolean listAll = initializersListed && source.listsInitializersAsInputs();
        Set<String> written = new LinkedHashSet<>();
        Map<String, ValueInfo> wanted = new LinkedHashMap<>();
        inputs.forEach(input -> wanted.put(input.name(), input));
        for (ValueInfoProto info : source.proto().getInputList()) {
            if (wanted.containsKey(info.getName())) {
                builder.addInput(keep(source.proto().getInputList(), wanted.get(info.getName())));
                written.add(info.getName());
            } else if (initializersListed && initializers.containsKey(info.getName())) {
                builder.addInput(info);
                written.add(info.getName());
            }
        }
        wanted.values().stream()
                .filter(input -> written.add(input.name()))
                .forEach(input -> builder.addInput(input.toProto()));
        if (listAll) {
            for (Tensor tensor : initializers.values()) {
                if (written.add(tensor.name())) {
                    builder.addInput(declaration(tensor).toProto());
                }
            }
        }
    }

    private static ValueInfo declaration(Tensor tensor) {
        long[] shape = tensor.shape();
        ValueInfo.Dim[] dims = new ValueInfo.Dim[shape.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = ValueInfo.Dim.of(shape[i]);
        }
        return ValueInfo.of(tensor.name(), tensor.type(), dims);
    }

    /** The message of the file where it says the same, with its notes. */
    private static ValueInfoProto keep(List<ValueInfoProto> had, ValueInfo wanted) {
        ValueInfoProto plain = wanted.toProto();
        for (ValueInfoProto info : had) {
            // As messages: the first comparison of records has Java write code for it, which takes a hundredth of a
            // second.
            if (info.getName().equals(wanted.name())
                    && ValueInfo.of(info).toProto().equals(plain)) {
                return info;
            }
        }
        return plain;
    }
}
