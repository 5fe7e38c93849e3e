package graft.network;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A network's own end as its head: it stays, and goes on learning. */
public final class OwnHead {
    private OwnHead() {}

    /**
     * The linear layer that an output ends in, with what follows it.
     *
     * @param output one of the network's, or an inner tensor that its outputs are made of
     * @return empty where the output ends in no linear layer
     */
    public static Optional<Head> of(Network network, String output) {
        return FeatureFinder.below(network, output).map(features -> of(network, output, features));
    }

    private static Head of(Network network, String output, String features) {
        Model model = network.model();
        Set<String> below = SubGraph.cut(model, Set.of(), List.of(features), Map.of())
                .graph()
                .producers()
                .keySet();
        List<Node> nodes = SubGraph.cut(model, Set.of(), List.of(output), Map.of()).graph().nodes().stream()
                .filter(node -> node.outputs().stream().noneMatch(below::contains))
                .toList();
        Graph graph = model.graph();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> constants = new LinkedHashMap<>();
        nodes.stream()
                .flatMap(node -> node.needs().stream())
                .map(graph.initializers()::get)
                .filter(tensor -> tensor != null)
                .forEach(tensor ->
                        (network.weights().contains(tensor.name()) ? weights : constants).put(tensor.name(), tensor));
        ValueInfo answer = graph.outputs().stream()
                .filter(info -> info.name().equals(output))
                .findFirst()
                .orElseGet(() -> ValueInfo.ofType(output, ElementType.FLOAT));
        return new Head(List.of(features), nodes, weights, constants, List.of(answer), Optional.of(graph));
    }
}
