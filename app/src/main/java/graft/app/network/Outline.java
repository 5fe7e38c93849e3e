package graft.app.network;

import graft.network.Block;
import graft.network.Layer;
import graft.network.Network;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.ops.MissingOperator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A network as boxes and arrows, at one level of detail. Boxes are in graph order. */
record Outline(List<Box> boxes, List<Arrow> arrows) {

    /** What the key of a block begins with; no layer's name does. */
    private static final String BLOCK = "\n";

    /** What a box stands for. */
    enum Role {
        INPUT,
        OUTPUT,
        LAYER,
        OPERATOR,
        BLOCK,
        /** The new head. */
        HEAD
    }

    /**
     * @param key tells boxes of one outline apart, and is the same for the same thing at a later time
     * @param kind in the field's words, or the operator
     * @param shape of what it hands on; empty where unknown
     * @param layers the layers in it, in graph order
     * @param tensors what its nodes compute
     * @param missing whether one of its operators cannot be trained through
     * @param inside the open blocks that it stands in, the outermost first
     */
    record Box(
            String key,
            Role role,
            String title,
            String kind,
            String shape,
            List<Layer> layers,
            long parameters,
            Set<String> tensors,
            boolean missing,
            List<String> inside) {
        /** Name of the block that it stands for. */
        String block() {
            return key.substring(BLOCK.length());
        }

        boolean isLarge() {
            return !layers.isEmpty();
        }
    }

    /** From box {@code from} to box {@code to}. */
    record Arrow(int from, int to) {}

    /** Collects what goes into one box. */
    private static final class Draft {
        private final String key;
        private final List<String> inside;
        private final List<Node> nodes = new ArrayList<>();
        /** By name: the hash of a layer is that of all its nodes. */
        private final Map<String, Layer> layers = new LinkedHashMap<>();

        Draft(String key, List<String> inside) {
            this.key = key;
            this.inside = inside;
        }
    }

    /**
     * @param shapes of tensors, batch axis first; null where unknown
     * @param opened blocks whose layers are shown, at {@link GraphLevel#ARCHITECTURE}
     * @param blocks of {@code network}
     */
    static Outline of(
            Network network,
            Function<String, long[]> shapes,
            GraphLevel level,
            Set<String> opened,
            LayerBlocks blocks) {
        Graph graph = network.model().graph();
        Map<Node, Layer> layerOf = new IdentityHashMap<>();
        network.layers().forEach(layer -> layer.nodes().forEach(node -> layerOf.put(node, layer)));
        Map<String, Draft> drafts = new LinkedHashMap<>();
        for (Node node : level == GraphLevel.OPERATORS ? graph.nodes() : network.dataPath()) {
            Layer layer = holdsWeights(node, layerOf.get(node), level) ? layerOf.get(node) : null;
            String innermost = level == GraphLevel.ARCHITECTURE ? blocks.of(node) : null;
            List<String> path = innermost == null ? List.of() : blocks.path(innermost);
            int open = (int) path.stream().takeWhile(opened::contains).count();
            boolean closed = open < path.size();
            boolean single = layer == null || level == GraphLevel.OPERATORS;
            String key = closed ? BLOCK + path.get(open) : single ? "node " + node.output(0) : layer.name();
            Draft draft = drafts.computeIfAbsent(key, k -> new Draft(k, path.subList(0, open)));
            draft.nodes.add(node);
            if (layer != null) {
                draft.layers.put(layer.name(), layer);
            }
        }
        Set<String> missing = new HashSet<>();
        network.missingOperators().stream().map(MissingOperator::node).forEach(missing::add);
        ShortNames names = ShortNames.of(network);
        List<Box> boxes = new ArrayList<>();
        Map<String, Integer> boxOf = new HashMap<>();
        for (ValueInfo input : graph.inputs()) {
            boxOf.put(input.name(), boxes.size());
            String shape = input.shape()
                    .map(dims -> dims.stream().skip(1).map(Object::toString).collect(Collectors.joining("×")))
                    .orElse("");
            boxes.add(new Box(
                    "input " + input.name(),
                    Role.INPUT,
                    input.name(),
                    "input",
                    shape,
                    List.of(),
                    0,
                    Set.of(),
                    false,
                    List.of()));
        }
        Map<Draft, Integer> numbers = new LinkedHashMap<>();
        for (Draft draft : drafts.values()) {
            int number = boxes.size();
            numbers.put(draft, number);
            draft.nodes.forEach(node -> node.outputs().forEach(name -> boxOf.put(name, number)));
            boxes.add(box(draft, network, shapes, level, missing, blocks, names));
        }
        Set<Arrow> arrows = new LinkedHashSet<>();
        numbers.forEach((draft, number) -> {
            for (Node node : draft.nodes) {
                for (String needed : node.needs()) {
                    Integer from = boxOf.get(needed);
                    if (from != null && !from.equals(number)) {
                        arrows.add(new Arrow(from, number));
                    }
                }
            }
        });
        for (String output : graph.outputNames()) {
            if (boxOf.containsKey(output)) {
                arrows.add(new Arrow(boxOf.get(output), boxes.size()));
                boxes.add(new Box(
                        "output " + output,
                        Role.OUTPUT,
                        output,
                        "output",
                        Texts.shape(shapes.apply(output)),
                        List.of(),
                        0,
                        Set.of(),
                        false,
                        List.of()));
            }
        }
        return new Outline(List.copyOf(boxes), List.copyOf(arrows));
    }

    /** Of the operators of a layer only those that read its weights have a padlock; the first may read computed ones. */
    private static boolean holdsWeights(Node node, Layer layer, GraphLevel level) {
        return level != GraphLevel.OPERATORS
                || layer == null
                || node == layer.nodes().get(0)
                || node.needs().stream().anyMatch(layer.weights()::contains);
    }

    private static Box box(
            Draft draft,
            Network network,
            Function<String, long[]> shapes,
            GraphLevel level,
            Set<String> missing,
            LayerBlocks blocks,
            ShortNames names) {
        Node first = draft.nodes.get(0);
        Node last = draft.nodes.get(draft.nodes.size() - 1);
        String shape = Texts.shape(shapes.apply(last.output(0)));
        Set<String> tensors = new LinkedHashSet<>();
        draft.nodes.forEach(node -> tensors.addAll(node.outputs()));
        boolean cannot = draft.nodes.stream()
                .anyMatch(node -> missing.contains(node.name().isEmpty() ? node.output(0) : node.name()));
        if (draft.layers.isEmpty()) {
            return new Box(
                    draft.key,
                    Role.OPERATOR,
                    first.opType(),
                    first.opType(),
                    shape,
                    List.of(),
                    0,
                    tensors,
                    cannot,
                    draft.inside);
        }
        List<Layer> layers = List.copyOf(draft.layers.values());
        if (draft.key.startsWith(BLOCK)) {
            Block block = blocks.block(draft.key.substring(BLOCK.length()));
            return new Box(
                    draft.key,
                    Role.BLOCK,
                    names.of(block.name()),
                    BlockWords.contents(block),
                    shape,
                    layers,
                    block.parameters(),
                    tensors,
                    cannot,
                    draft.inside);
        }
        Layer layer = layers.get(0);
        boolean head = network.head()
                .filter(h -> layer.weights().stream().anyMatch(h.learning()::contains))
                .isPresent();
        boolean byOperator = level == GraphLevel.OPERATORS;
        long parameters =
                byOperator ? ownParameters(first, layer, network.model().graph()) : layer.parameters();
        return new Box(
                draft.key,
                head ? Role.HEAD : Role.LAYER,
                names.of(layer.name()),
                byOperator ? first.opType() : layer.kind(),
                shape,
                layers,
                parameters,
                tensors,
                cannot,
                draft.inside);
    }

    private static long ownParameters(Node node, Layer layer, Graph graph) {
        return node.needs().stream()
                .filter(layer.weights()::contains)
                .mapToLong(name -> graph.initializers().get(name).size())
                .sum();
    }

    /** Number of the box with this key, or −1. */
    int indexOf(String key) {
        for (int i = 0; i < boxes.size(); i++) {
            if (boxes.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** Numbers of the boxes an arrow leads to from this one. */
    List<Integer> above(int box) {
        return arrows.stream().filter(a -> a.from() == box).map(Arrow::to).toList();
    }

    /** Numbers of the boxes an arrow leads from to this one. */
    List<Integer> below(int box) {
        return arrows.stream().filter(a -> a.to() == box).map(Arrow::from).toList();
    }
}
