package graft.onnx;

import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.TensorProto;
import graft.onnx.proto.OnnxProto.ValueInfoProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes in an order in which they can be computed, the named constants they read, inputs and outputs. Immutable. */
public final class Graph {
    private final GraphProto proto;
    private final Path folder;
    private final List<Node> nodes;
    private final Map<String, Tensor> initializers;
    private Map<String, ValueInfoProto> valueInfos;
    private Set<String> outerNames;

    Graph(GraphProto proto, Path folder) {
        this(
                proto,
                folder,
                proto.getNodeList().stream().map(node -> new Node(node, folder)).toList());
    }

    /**
     * @param nodes those of {@code proto}
     */
    Graph(GraphProto proto, Path folder, List<Node> nodes) {
        this.proto = proto;
        this.folder = folder;
        this.nodes = List.copyOf(nodes);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorProto tensor : proto.getInitializerList()) {
            tensors.put(tensor.getName(), new Tensor(tensor, folder));
        }
        this.initializers = Collections.unmodifiableMap(tensors);
    }

    public String name() {
        return proto.getName();
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Named constants in the order of the file. */
    public Map<String, Tensor> initializers() {
        return initializers;
    }

    /** What must be fed: initializers that old files (IR 3) list among the inputs are left out. */
    public List<ValueInfo> inputs() {
        List<ValueInfo> out = new ArrayList<>();
        for (ValueInfoProto input : proto.getInputList()) {
            if (!initializers.containsKey(input.getName())) {
                out.add(ValueInfo.of(input));
            }
        }
        return out;
    }

    public List<ValueInfo> outputs() {
        return proto.getOutputList().stream().map(ValueInfo::of).toList();
    }

    public List<String> outputNames() {
        return proto.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /** What the file says of an input, output or inner tensor; most files say nothing of inner tensors. */
    public Optional<ValueInfo> valueInfo(String tensor) {
        if (valueInfos == null) {
            valueInfos = new HashMap<>();
            for (List<ValueInfoProto> list :
                    List.of(proto.getInputList(), proto.getOutputList(), proto.getValueInfoList())) {
                list.forEach(info -> valueInfos.putIfAbsent(info.getName(), info));
            }
        }
        return Optional.ofNullable(valueInfos.get(tensor)).map(ValueInfo::of);
    }

    /** The node that computes each tensor. */
    public Map<String, Node> producers() {
        Map<String, Node> out = new LinkedHashMap<>();
        for (Node node : nodes) {
            node.outputs().stream().filter(name -> !name.isEmpty()).forEach(name -> out.put(name, node));
        }
        return out;
    }

    /** The nodes that read each tensor, in graph order. */
    public Map<String, List<Node>> readers() {
        Map<String, List<Node>> out = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (String name : node.needs()) {
                out.computeIfAbsent(name, n -> new ArrayList<>()).add(node);
            }
        }
        return out;
    }

    /** Names this graph reads but does not define: a sub-graph takes them from the graph around it. */
    public Set<String> outerNames() {
        if (outerNames == null) {
            Set<String> defined = new HashSet<>(initializers.keySet());
            proto.getInputList().forEach(input -> defined.add(input.getName()));
            Set<String> outer = new LinkedHashSet<>();
            for (Node node : nodes) {
                node.needs().stream().filter(name -> !defined.contains(name)).forEach(outer::add);
                defined.addAll(node.outputs());
            }
            outputNames().stream().filter(name -> !defined.contains(name)).forEach(outer::add);
            outerNames = Collections.unmodifiableSet(outer);
        }
        return outerNames;
    }

    /** A copy that can be changed. */
    public GraphEditor edit() {
        return new GraphEditor(this);
    }

    /** True for files (IR 3) that list every initializer among the inputs. */
    boolean listsInitializersAsInputs() {
        Set<String> inputs = new HashSet<>();
        proto.getInputList().forEach(input -> inputs.add(input.getName()));
        return !initializers.isEmpty() && inputs.containsAll(initializers.keySet());
    }

    GraphProto proto() {
        return proto;
    }

    Path folder() {
        return folder;
    }
}
