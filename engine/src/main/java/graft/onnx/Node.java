package graft.onnx;

import com.google.protobuf.ByteString;
import graft.Refusal;
import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.AttributeProto.AttributeType;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One operator of a graph. Attributes are asked for by the name of the ONNX specification, with its default at the call:
 * {@code node.attribute("alpha", 0.01f)}. Immutable.
 */
public final class Node {
    private final NodeProto proto;
    private final Path folder;
    private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    private Map<String, Graph> graphs;
    private Set<String> needs;

    Node(NodeProto proto, Path folder) {
        this.proto = proto;
        this.folder = folder;
        proto.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
    }

    /** A node of the default domain, without attributes. */
    public static Node of(String opType, String name, List<String> inputs, List<String> outputs) {
        return new Node(
                NodeProto.newBuilder()
                        .setOpType(opType)
                        .setName(name)
                        .addAllInput(inputs)
                        .addAllOutput(outputs)
                        .build(),
                null);
    }

    /** May be empty: names of nodes are optional in ONNX. */
    public String name() {
        return proto.getName();
    }

    public String opType() {
        return proto.getOpType();
    }

    /** Empty for the default domain {@code ai.onnx}. */
    public String domain() {
        return Model.canonicalDomain(proto.getDomain());
    }

    /** Inputs in the order of the specification; an optional input that is absent is "". */
    public List<String> inputs() {
        return proto.getInputList();
    }

    public List<String> outputs() {
        return proto.getOutputList();
    }

    /** The input at {@code index}, or "" where there is none. */
    public String input(int index) {
        return index < proto.getInputCount() ? proto.getInput(index) : "";
    }

    public String output(int index) {
        return index < proto.getOutputCount() ? proto.getOutput(index) : "";
    }

    public Set<String> attributeNames() {
        return attributes.keySet();
    }

    /** All attributes by name, each in a line to be read by people; in the order of the file. */
    public Map<String, String> attributeWords() {
        Map<String, String> out = new LinkedHashMap<>();
        attributes.forEach((name, value) -> out.put(
                name,
                switch (value.getType()) {
                    case INT -> Long.toString(value.getI());
                    case FLOAT -> Float.toString(value.getF());
                    case STRING -> value.getS().toStringUtf8();
                    case INTS -> joined(value.getIntsList());
                    case FLOATS -> joined(value.getFloatsList());
                    default -> value.getType().name().toLowerCase(Locale.ROOT);
                }));
        return out;
    }

    private static String joined(List<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(", "));
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    public float attribute(String name, float absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null ? absent : attribute.getF();
    }

    public long attribute(String name, long absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null ? absent : attribute.getI();
    }

    public int attribute(String name, int absent) {
        long value = attribute(name, (long) absent);
        if (value != (int) value) {
            throw new Refusal(this + ": " + name + " of " + value
                    + " is beyond anything that can be computed. The file is damaged: export or download it again.");
        }
        return (int) value;
    }

    public String attribute(String name, String absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null ? absent : attribute.getS().toStringUtf8();
    }

    public long[] attribute(String name, long[] absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null
                ? absent
                : attribute.getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    public float[] attribute(String name, float[] absent) {
        AttributeProto attribute = attributes.get(name);
        if (attribute == null) {
            return absent;
        }
        float[] out = new float[attribute.getFloatsCount()];
        for (int i = 0; i < out.length; i++) {
            out[i] = attribute.getFloats(i);
        }
        return out;
    }

    public List<String> attribute(String name, List<String> absent) {
        AttributeProto attribute = attributes.get(name);
        return attribute == null
                ? absent
                : attribute.getStringsList().stream()
                        .map(ByteString::toStringUtf8)
                        .toList();
    }

    public Optional<Tensor> tensor(String name) {
        return Optional.ofNullable(attributes.get(name)).map(attribute -> new Tensor(attribute.getT(), folder));
    }

    /** The sub-graph of an {@code If}, {@code Loop} or {@code Scan}. */
    public Graph graph(String name) {
        Graph graph = graphs().get(name);
        if (graph == null) {
            throw new Refusal(this + " has no sub-graph " + name + ". The file is damaged: export it again.");
        }
        return graph;
    }

    /** All sub-graphs, by attribute name. */
    public Map<String, Graph> graphs() {
        if (graphs == null) {
            Map<String, Graph> out = new LinkedHashMap<>();
            attributes.forEach((name, attribute) -> {
                if (attribute.hasG()) {
                    out.put(name, new Graph(attribute.getG(), folder));
                }
            });
            graphs = Collections.unmodifiableMap(out);
        }
        return graphs;
    }

    /** Inputs that are present, and what the sub-graphs take from the graph around them: all that must exist first. */
    public Set<String> needs() {
        if (needs == null) {
            Set<String> out = new LinkedHashSet<>(proto.getInputList());
            out.remove("");
            graphs().values().forEach(graph -> out.addAll(graph.outerNames()));
            needs = Collections.unmodifiableSet(out);
        }
        return needs;
    }

    public Node named(String name) {
        return new Node(proto.toBuilder().setName(name).build(), folder);
    }

    /** The same node without what its exporter noted on it (stack traces, often longer than the weights). */
    public Node withoutNotes() {
        return new Node(proto.toBuilder().clearDocString().clearMetadataProps().build(), folder);
    }

    /** The same node as another operator; inputs, outputs and attributes stay. */
    public Node as(String opType) {
        return new Node(proto.toBuilder().setOpType(opType).build(), folder);
    }

    /** The same node as an operator of another domain. */
    public Node in(String domain) {
        return new Node(proto.toBuilder().setDomain(domain).build(), folder);
    }

    public Node withInputs(List<String> inputs) {
        return new Node(proto.toBuilder().clearInput().addAllInput(inputs).build(), folder);
    }

    /** The same node reading {@code to} wherever it read {@code from}, in its sub-graphs too. */
    public Node reading(String from, String to) {
        NodeProto.Builder builder = proto.toBuilder();
        List<String> inputs = new ArrayList<>(proto.getInputList());
        inputs.replaceAll(name -> name.equals(from) ? to : name);
        builder.clearInput().addAllInput(inputs);
        for (int i = 0; i < builder.getAttributeCount(); i++) {
            if (builder.getAttribute(i).hasG()) {
                Graph graph = graph(builder.getAttribute(i).getName());
                if (graph.outerNames().contains(from)) {
                    builder.getAttributeBuilder(i).setG(reading(graph, from, to));
                }
            }
        }
        return new Node(builder.build(), folder);
    }

    /** A sub-graph's result may be a tensor of the graph around it. */
    private static GraphProto reading(Graph graph, String from, String to) {
        GraphProto.Builder builder = graph.proto().toBuilder().clearNode();
        graph.nodes().forEach(node -> builder.addNode(node.reading(from, to).proto));
        builder.getOutputBuilderList().stream()
                .filter(output -> output.getName().equals(from))
                .forEach(output -> output.setName(to));
        return builder.build();
    }

    public Node withOutputs(List<String> outputs) {
        return new Node(proto.toBuilder().clearOutput().addAllOutput(outputs).build(), folder);
    }

    public Node with(String attribute, long value) {
        return with(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.INT)
                .setI(value));
    }

    public Node with(String attribute, float value) {
        return with(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.FLOAT)
                .setF(value));
    }

    public Node with(String attribute, String value) {
        return with(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)));
    }

    public Node with(String attribute, long... values) {
        AttributeProto.Builder builder =
                AttributeProto.newBuilder().setName(attribute).setType(AttributeType.INTS);
        for (long value : values) {
            builder.addInts(value);
        }
        return with(builder);
    }

    public Node with(String attribute, Tensor value) {
        return with(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.TENSOR)
                .setT(value.selfContained()));
    }

    /** The same node with another sub-graph. */
    public Node with(String attribute, Graph value) {
        return with(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.GRAPH)
                .setG(value.proto()));
    }

    private Node with(AttributeProto.Builder attribute) {
        NodeProto.Builder builder = proto.toBuilder();
        for (int i = 0; i < builder.getAttributeCount(); i++) {
            if (builder.getAttribute(i).getName().equals(attribute.getName())) {
                return new Node(builder.setAttribute(i, attribute).build(), folder);
            }
        }
        return new Node(builder.addAttribute(attribute).build(), folder);
    }

    public Node without(String attribute) {
        NodeProto.Builder builder = proto.toBuilder().clearAttribute();
        proto.getAttributeList().stream()
                .filter(a -> !a.getName().equals(attribute))
                .forEach(builder::addAttribute);
        return new Node(builder.build(), folder);
    }

    NodeProto proto() {
        return proto;
    }

    /** For messages: {@code Conv "conv1"}; nodes without a name are called by their first output. */
    @Override
    public String toString() {
        String called = name().isEmpty() ? output(0) : name();
        return (domain().isEmpty() ? "" : domain() + "::") + opType() + " \"" + called + "\"";
    }
}
