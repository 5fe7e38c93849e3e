package graft.app.network;

import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The repeated groups of a network, found from the names of its layers: {@code block_15_expand} and {@code block_15_project}
 * belong to {@code block_15}, {@code layer3.0.conv1} to {@code layer3.0}.
 */
final class LayerBlocks {
    private static final Pattern SEPARATOR = Pattern.compile("[./_]");
    /** What is repeated has a number, or a number and a letter. */
    private static final Pattern NUMBERED = Pattern.compile(".*\\d[a-z]?");
    /** Ends of blocks that hold no weights. */
    private static final Set<String> ENDS = Set.of("Add", "Sum", "Concat", "Mul", "Relu", "Clip", "LeakyRelu");

    private final Map<String, String> ofLayer = new HashMap<>();
    private final Map<Node, String> ofNode = new IdentityHashMap<>();

    private LayerBlocks() {}

    static LayerBlocks of(Network network) {
        LayerBlocks blocks = new LayerBlocks();
        blocks.nameLayers(network.body());
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

    /** The longest numbered beginning of a name that another layer has too. */
    private void nameLayers(List<Layer> layers) {
        Map<String, Integer> counts = new HashMap<>();
        layers.forEach(layer -> beginnings(layer.name()).forEach(name -> counts.merge(name, 1, Integer::sum)));
        for (Layer layer : layers) {
            for (String beginning : beginnings(layer.name())) {
                if (counts.get(beginning) > 1 && counts.get(beginning) < layers.size()) {
                    ofLayer.put(layer.name(), beginning);
                }
            }
        }
    }

    private static List<String> beginnings(String name) {
        List<String> out = new ArrayList<>();
        Matcher separators = SEPARATOR.matcher(name);
        while (separators.find()) {
            String beginning = name.substring(0, separators.start());
            if (NUMBERED.matcher(beginning).matches()) {
                out.add(beginning);
            }
        }
        return out;
    }

    /** Nodes without weights go with the block that their newest input comes from, if they lead back into it or end it. */
    private void gatherNodes(Network network) {
        for (Layer layer : network.body()) {
            String block = ofLayer.get(layer.name());
            if (block != null) {
                layer.nodes().forEach(node -> ofNode.put(node, block));
            }
        }
        Set<Node> inLayers = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        network.layers().forEach(layer -> inLayers.addAll(layer.nodes()));
        List<Node> nodes = network.model().graph().nodes();
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
    }

    private static boolean leadsInto(Node node, String block, Map<String, Set<String>> readInto) {
        return node.outputs().stream()
                .anyMatch(name -> readInto.getOrDefault(name, Set.of()).contains(block));
    }
}
