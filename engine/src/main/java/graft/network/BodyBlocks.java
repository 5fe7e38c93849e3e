package graft.network;

import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a network as blocks from the input up, the finest ones that are found: what opens one after the other in gradual
 * unfreezing, and what rates fall by.
 *
 * @param blocks the layers of each, none of them empty
 * @param openings the numbers of the blocks at which a stage of the network begins: 0 among them
 */
public record BodyBlocks(List<List<Layer>> blocks, List<Integer> openings) {
    /** Of a network with its new head. */
    public static BodyBlocks of(Network network) {
        return of(network, network.body());
    }

    /**
     * Of a network as it was opened: what lies above the tensor that the new head will stand on is no part of its body.
     *
     * @param features the user's choice of that tensor
     */
    public static BodyBlocks of(Network network, Optional<String> features) {
        if (network.head().isPresent()) {
            return of(network);
        }
        Model below = SubGraph.cut(network.model(), Set.of(), List.of(FeatureFinder.find(network, features)), Map.of());
        Set<String> made = new HashSet<>();
        below.graph().nodes().forEach(node -> made.addAll(node.outputs()));
        return of(
                network,
                network.body().stream()
                        .filter(layer -> made.contains(layer.nodes().get(0).output(0)))
                        .toList());
    }

    private static BodyBlocks of(Network network, List<Layer> body) {
        Set<String> wanted = new HashSet<>();
        body.forEach(layer -> wanted.add(layer.name()));
        List<List<Layer>> blocks = new ArrayList<>();
        List<Integer> openings = new ArrayList<>();
        for (Block block : network.blocks()) {
            int first = blocks.size();
            for (Block leaf : block.children().isEmpty() ? List.of(block) : block.children()) {
                List<Layer> layers = leaf.layers().stream()
                        .filter(layer -> wanted.remove(layer.name()))
                        .toList();
                if (!layers.isEmpty()) {
                    blocks.add(new ArrayList<>(layers));
                }
            }
            List<Layer> loose = block.layers().stream()
                    .filter(layer -> wanted.remove(layer.name()))
                    .toList();
            if (!loose.isEmpty() && blocks.size() > first) {
                blocks.get(blocks.size() - 1).addAll(loose); // a stage's own layers: between its blocks
            } else if (!loose.isEmpty()) {
                blocks.add(new ArrayList<>(loose));
            }
            if (blocks.size() > first) {
                openings.add(first);
            }
        }
        return new BodyBlocks(List.copyOf(blocks), List.copyOf(openings));
    }

    /** The number of the block that each weight of the network belongs to; those of no layer go with the layer that follows. */
    Map<String, Integer> blockOfWeights(Network network) {
        Map<String, Integer> out = new HashMap<>();
        Map<Node, Integer> blockOfNode = new IdentityHashMap<>();
        for (int b = 0; b < blocks.size(); b++) {
            for (Layer layer : blocks.get(b)) {
                for (String weight : layer.weights()) {
                    out.merge(weight, b, Math::max);
                }
                for (Node node : layer.nodes()) {
                    blockOfNode.put(node, b);
                }
            }
        }
        List<Node> nodes = network.model().graph().nodes();
        int block = blocks.size() - 1;
        for (int i = nodes.size() - 1; i >= 0; i--) {
            block = Math.min(block, blockOfNode.getOrDefault(nodes.get(i), block));
            for (String read : nodes.get(i).needs()) {
                if (network.weights().contains(read)) {
                    out.putIfAbsent(read, block);
                }
            }
        }
        return out;
    }
}
