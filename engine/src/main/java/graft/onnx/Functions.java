package graft.onnx;

import graft.onnx.proto.OnnxProto.AttributeProto;
import graft.onnx.proto.OnnxProto.FunctionProto;
import graft.onnx.proto.OnnxProto.GraphProto;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.NodeProto;
import graft.onnx.proto.OnnxProto.OperatorSetIdProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The functions that a file brings along: operators given as graphs of others. What {@link FunctionCheck} refuses must not
 * come here.
 */
final class Functions {
    private final ModelProto model;
    private final Map<String, FunctionProto> byName;
    private int calls;

    Functions(ModelProto model) {
        this.model = model;
        this.byName = byName(model);
    }

    static Map<String, FunctionProto> byName(ModelProto model) {
        Map<String, FunctionProto> out = new HashMap<>();
        for (FunctionProto function : model.getFunctionsList()) {
            out.put(key(function.getDomain(), function.getName(), function.getOverload()), function);
        }
        return out;
    }

    /** What a node calls, if there is a function of that name. */
    static String key(NodeProto node) {
        return key(node.getDomain(), node.getOpType(), node.getOverload());
    }

    private static String key(String domain, String name, String overload) {
        return Model.canonicalDomain(domain) + "::" + name + "::" + overload;
    }

    Model inline(Model source) {
        ModelProto.Builder builder = model.toBuilder().clearFunctions();
        builder.setGraph(inline(model.getGraph()));
        // What the functions are written in may not be what the graph itself is written in.
        Map<String, Long> known = source.opsets();
        for (FunctionProto function : model.getFunctionsList()) {
            for (OperatorSetIdProto opset : function.getOpsetImportList()) {
                if (known.putIfAbsent(Model.canonicalDomain(opset.getDomain()), opset.getVersion()) == null) {
                    builder.addOpsetImport(opset);
                }
            }
        }
        return new Model(builder.build(), source.folder());
    }

    private GraphProto inline(GraphProto graph) {
        GraphProto.Builder builder = graph.toBuilder().clearNode();
        Deque<Iterator<NodeProto>> open = new ArrayDeque<>();
        open.push(graph.getNodeList().iterator());
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
                continue;
            }
            NodeProto node = open.peek().next();
            FunctionProto function = byName.get(key(node));
            if (function == null) {
                builder.addNode(withSubGraphs(node, this::inline));
            } else {
                open.push(body(function, node).iterator());
            }
        }
        return builder.build();
    }

    /** The function's nodes with the names and attributes of this call. */
    private List<NodeProto> body(FunctionProto function, NodeProto call) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < function.getInputCount(); i++) {
            names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
        }
        for (int i = 0; i < function.getOutputCount(); i++) {
            if (i < call.getOutputCount() && !call.getOutput(i).isEmpty()) {
                names.put(function.getOutput(i), call.getOutput(i));
            }
        }
        String prefix = (call.getName().isEmpty() ? call.getOpType() : call.getName()) + "/" + calls++ + "/";
        Map<String, AttributeProto> attributes = new HashMap<>();
        function.getAttributeProtoList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        call.getAttributeList().forEach(attribute -> attributes.put(attribute.getName(), attribute));
        List<NodeProto> out = new ArrayList<>();
        for (NodeProto node : function.getNodeList()) {
            out.add(renamed(node, names, prefix, attributes));
        }
        return out;
    }

    private NodeProto renamed(
            NodeProto node, Map<String, String> names, String prefix, Map<String, AttributeProto> attributes) {
        NodeProto.Builder builder = node.toBuilder().clearInput().clearOutput().clearAttribute();
        builder.setName(prefix + (node.getName().isEmpty() ? node.getOpType() : node.getName()));
        node.getInputList().forEach(name -> builder.addInput(renamed(name, names, prefix)));
        node.getOutputList().forEach(name -> builder.addOutput(renamed(name, names, prefix)));
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.getRefAttrName().isEmpty()) {
                builder.addAttribute(attribute);
            } else if (attributes.containsKey(attribute.getRefAttrName())) {
                builder.addAttribute(
                        attributes.get(attribute.getRefAttrName()).toBuilder().setName(attribute.getName()));
            } // else: absent in the call, so absent here
        }
        return withSubGraphs(builder.build(), graph -> renamed(graph, names, prefix, attributes));
    }

    private GraphProto renamed(
            GraphProto graph, Map<String, String> names, String prefix, Map<String, AttributeProto> attributes) {
        GraphProto.Builder builder = graph.toBuilder().clearNode();
        graph.getNodeList().forEach(node -> builder.addNode(renamed(node, names, prefix, attributes)));
        builder.getInputBuilderList().forEach(v -> v.setName(renamed(v.getName(), names, prefix)));
        builder.getOutputBuilderList().forEach(v -> v.setName(renamed(v.getName(), names, prefix)));
        builder.getInitializerBuilderList().forEach(t -> t.setName(renamed(t.getName(), names, prefix)));
        builder.clearValueInfo();
        return builder.build();
    }

    private static String renamed(String name, Map<String, String> names, String prefix) {
        return name.isEmpty() ? "" : names.getOrDefault(name, prefix + name);
    }

    private static NodeProto withSubGraphs(NodeProto node, UnaryOperator<GraphProto> change) {
        NodeProto.Builder builder = node.toBuilder();
        for (AttributeProto.Builder attribute : builder.getAttributeBuilderList()) {
            if (attribute.hasG()) {
                attribute.setG(change.apply(attribute.getG()));
            }
        }
        return builder.build();
    }
}
