package graft.app.network;

import graft.network.Block;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of a network's blocks each layer and each operator without weights belongs to. */
final class LayerBlocks {
    /** Ends of blocks that hold no weights. */
    private static final Set<String> ENDS = Set.of("Add", "Sum", "Concat", "Mul", "Relu", "Clip", "LeakyRelu");

    /** What only moves numbers belongs to the block that it prepares them for. */
    private static final Set<String> MOVES = Set.of(
            "Pad",
            "Slice",
            "Split",
            "Concat",
            "Gather",
            "Reshape",
            "Transpose",
            "Squeeze",
            "Unsqueeze",
            "Flatten",
            "Expand",
            "Identity",
            "Cast",
            "SpaceToDepth");

    private static final String OUTSIDE = "";

    private final Map<String, Block> byName = new HashMap<>();
    /** Of a block the stage that it is part of. */
    private final Map<String, String> stageOf = new HashMap<>();

    private final Map<String, String> ofLayer = new HashMap<>();
    private final Map<Node, String> ofNode = new IdentityHashMap<>();

    private LayerBlocks() {}

    static LayerBlocks of(Network network) {
        LayerBlocks blocks = new LayerBlocks();
        network.blocks().forEach(blocks::nameLayers);
        blocks.gatherNodes(network);
        return blocks;
    }

    /** Name of the block of a layer; null where it is in none. */
    String of(Layer layer) {
        return ofLayer.get(layer.name());
    }

    /** Name of the block of a node; null where it is in none. */
    String of(Node node) {
        return ofNode.get(node);
    }

    boolean isEmpty() {
        return ofLayer.isEmpty();
    }

    /** By name. */
    Block block(String name) {
        return byName.get(name);
    }

    /** The blocks that hold this one, and itself; the outermost first. */
    List<String> path(String block) {
        return stageOf.containsKey(block) ? List.of(stageOf.get(block), block) : List.of(block);
    }

    /** The innermost blocks, where they are more than one layer; the head shows as the layer it is. */
    private void nameLayers(Block block) {
        if (block.layers().size() < 2 || block.kind().equals("head")) {
            return;
        }
        byName.put(block.name(), block);
        for (Layer layer : block.layers()) {
            ofLayer.put(layer.name(), block.name());
            layer.nodes().forEach(node -> ofNode.put(node, block.name()));
        }
        for (Block child : block.children()) {
            if (!byName.containsKey(child.name())) {
                stageOf.put(child.name(), block.name());
                nameLayers(child);
            }
        }
    }

    /** Nodes without weights go with the block that their newest input comes from, if they lead back into it or end it. */
    private void gatherNodes(Network network) {
        Set<Node> inLayers = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        network.layers().forEach(layer -> inLayers.addAll(layer.nodes()));
        // Where a size was computed says nothing of where its reader belongs.
        List<Node> nodes = network.dataPath();
        Map<String, Set<String>> readInto = new HashMap<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            Set<String> into = new HashSet<>();
            if (ofNode.containsKey(node)) {
                into.add(ofNode.get(node));
            } else if (!inLayers.contains(node)) {
                node.outputs().forEach(output -> into.addAll(readInto.getOrDefault(output, Set.of())));
            }
            node.needs().forEach(name -> readInto.computeIfAbsent(name, n -> new HashSet<>())
                    .addAll(into));
        }
        Map<String, Integer> madeAt = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!inLayers.contains(node)) {
                int newest = node.needs().stream()
                        .mapToInt(name -> madeAt.getOrDefault(name, -1))
                        .max()
                        .orElse(-1);
                String block = newest < 0 ? null : ofNode.get(nodes.get(newest));
                if (block != null && (ENDS.contains(node.opType()) || leadsInto(node, block, readInto))) {
                    ofNode.put(node, block);
                }
            }
            int number = i;
            node.outputs().forEach(name -> madeAt.put(name, number));
        }
        gatherMoves(nodes, inLayers);
    }

    private void gatherMoves(List<Node> nodes, Set<Node> inLayers) {
        Map<String, Set<String>> readers = new HashMap<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            Set<String> by = new HashSet<>();
            node.outputs().forEach(output -> by.addAll(readers.getOrDefault(output, Set.of())));
            boolean free = !inLayers.contains(node) && !ofNode.containsKey(node);
            if (free && MOVES.contains(node.opType()) && by.size() == 1 && !by.contains(OUTSIDE)) {
                ofNode.put(node, by.iterator().next());
            }
            String block = ofNode.getOrDefault(node, OUTSIDE);
            node.needs().forEach(name -> readers.computeIfAbsent(name, n -> new HashSet<>(2))
                    .add(block));
        }
    }

    private static boolean leadsInto(Node node, String block, Map<String, Set<String>> readInto) {
        return node.outputs().stream()
                .anyMatch(name -> readInto.getOrDefault(name, Set.of()).contains(block));
    }
}
