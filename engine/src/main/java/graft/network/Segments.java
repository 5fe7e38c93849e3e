package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Groups layers by the shape of the graph: what lies between two points through which everything flows as one tensor, a
 * residual join or a concatenation for instance, is a block.
 */
final class Segments {
    private final Graph graph;
    private final Levels levels;

    Segments(Graph graph, Levels levels) {
        this.graph = graph;
        this.levels = levels;
    }

    List<Group> groups(List<Layer> layers) {
        Repeats repeats = new Repeats(graph);
        List<List<Layer>> parts = new ArrayList<>();
        for (List<Layer> segment : cut(layers)) {
            boolean tangled = segment.size() > ModulePaths.WHOLE * layers.size() && segment.size() > 3;
            Optional<List<List<Layer>>> repeated = repeats.of(segment);
            if (repeated.isEmpty() && tangled) {
                byLevel(segment).forEach(part -> parts.addAll(repeats.of(part).orElse(List.of(part))));
            } else {
                parts.addAll(repeated.orElse(List.of(segment)));
            }
        }
        List<Group> out = new ArrayList<>();
        int number = 1;
        for (List<Layer> part : transformers(inverted(parts))) {
            String name = part.size() == 1 ? part.get(0).name() : "block " + number++;
            out.add(new Group(name, part, List.of()));
        }
        return out;
    }

    private List<List<Layer>> cut(List<Layer> layers) {
        Map<Node, Layer> layerOf = new IdentityHashMap<>();
        Map<Layer, Integer> open = new IdentityHashMap<>();
        layers.forEach(layer -> layer.nodes().forEach(node -> layerOf.put(node, layer)));
        Map<String, Integer> unread = new HashMap<>();
        graph.readers().forEach((name, readers) -> unread.put(name, readers.size()));
        Set<String> live = new HashSet<>();
        Set<String> learnt = new HashSet<>();
        List<List<Layer>> out = new ArrayList<>();
        List<Layer> segment = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Layer layer = layerOf.get(node);
            if (layer != null) {
                int left = open.getOrDefault(layer, layer.nodes().size()) - 1;
                if (left == 0) {
                    open.remove(layer);
                    segment.add(layer);
                } else {
                    open.put(layer, left);
                }
            }
            boolean carries = !node.opType().equals("Shape")
                    && (layer != null && layer.isCounted()
                            || node.needs().stream().anyMatch(learnt::contains));
            for (String input : node.needs()) {
                if (unread.merge(input, -1, Integer::sum) == 0) {
                    live.remove(input);
                }
            }
            if (carries) {
                learnt.addAll(node.outputs());
                node.outputs().stream().filter(unread::containsKey).forEach(live::add);
            }
            if (live.size() <= 1 && open.isEmpty() && !segment.isEmpty()) {
                out.add(segment);
                segment = new ArrayList<>();
            }
        }
        if (!segment.isEmpty()) {
            out.add(segment);
        }
        return out;
    }

    /** A part with long-range connections has no cuts inside; its resolutions are its structure. */
    private List<List<Layer>> byLevel(List<Layer> segment) {
        List<List<Layer>> out = new ArrayList<>();
        int level = Integer.MIN_VALUE;
        for (Layer layer : segment) {
            int own = levels.of(layer.output());
            if (own != level) {
                out.add(new ArrayList<>());
                level = own;
            }
            out.get(out.size() - 1).add(layer);
        }
        return out;
    }

    /** Pointwise, depthwise, perhaps a squeeze-and-excitation, pointwise: one block, with or without a residual join. */
    private List<List<Layer>> inverted(List<List<Layer>> parts) {
        List<List<Layer>> out = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int length = invertedLength(parts, i);
            List<Layer> block = new ArrayList<>();
            parts.subList(i, i + Math.max(1, length)).forEach(block::addAll);
            out.add(block);
            i += Math.max(1, length) - 1;
        }
        return out;
    }

    private int invertedLength(List<List<Layer>> parts, int from) {
        int at = from;
        if (isPointwise(parts, at)) {
            at++;
        }
        if (at >= parts.size()
                || parts.get(at).size() != 1
                || !isDepthwise(parts.get(at).get(0))) {
            return 0;
        }
        at++;
        if (at < parts.size() && parts.get(at).size() == 2 && isPointwise(parts, at + 1)) {
            at++;
        }
        return isPointwise(parts, at) ? at + 1 - from : 0;
    }

    private boolean isPointwise(List<List<Layer>> parts, int at) {
        if (at >= parts.size() || parts.get(at).size() != 1) {
            return false;
        }
        Layer layer = parts.get(at).get(0);
        Tensor weight = graph.initializers().get(layer.nodes().get(0).input(1));
        return layer.op().equals("Conv")
                && weight != null
                && !isDepthwise(layer)
                && weight.shape()[weight.shape().length - 1] == 1;
    }

    private static boolean isDepthwise(Layer layer) {
        return layer.kind().startsWith("depthwise");
    }

    /** Attention and the feed-forward part after it are one layer of a transformer; what is left at the end is no part. */
    private static List<List<Layer>> transformers(List<List<Layer>> parts) {
        List<List<Layer>> out = new ArrayList<>();
        int start = -1;
        int length = 0;
        for (List<Layer> part : parts) {
            boolean attends = part.stream().anyMatch(layer -> layer.kind().equals("attention"));
            if (attends) {
                length = start >= 0 ? out.get(start).size() : 0;
                start = out.size();
                out.add(new ArrayList<>(part));
            } else if (start >= 0 && (length == 0 || out.get(start).size() < length)) {
                out.get(start).addAll(part);
            } else {
                out.add(part);
            }
        }
        return out;
    }
}
