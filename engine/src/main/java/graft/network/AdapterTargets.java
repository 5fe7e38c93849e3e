package graft.network;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the weights beside which thin matrices can learn. */
final class AdapterTargets {
    private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm", "Conv");
    /** What stands between a projection and the product of attention. */
    private static final Set<String> ON_THE_WAY = Set.of(
            "Reshape",
            "Transpose",
            "Split",
            "Slice",
            "Squeeze",
            "Unsqueeze",
            "Gather",
            "Identity",
            "Mul",
            "Div",
            "Add",
            "Concat",
            "Neg",
            "Expand");

    private final Network network;
    private final Map<String, List<Node>> readers;
    private final Map<Node, Layer> layerOf = new HashMap<>();

    AdapterTargets(Network network) {
        this.network = network;
        this.readers = network.model().graph().readers();
        network.body().forEach(layer -> layer.nodes().forEach(node -> layerOf.put(node, layer)));
    }

    /** @throws Refusal where a glob names no layer that has such a weight */
    List<AdaptedWeight> named(String globs) {
        Map<String, AdaptedWeight> out = new LinkedHashMap<>();
        if (globs.isBlank()) {
            usual().forEach(layer -> weight(layer).ifPresent(weight -> out.putIfAbsent(weight.weight(), weight)));
            if (out.isEmpty()) {
                throw new Refusal(
                        "--lora finds nothing to stand beside: below its head the network has no linear layer and no"
                                + " convolution of one group whose weight is a constant of the file. Leave out --lora.");
            }
            return List.copyOf(out.values());
        }
        for (String glob : globs.split(",")) {
            Pattern pattern = TrainableSpec.pattern(glob.strip());
            List<Layer> matching = network.body().stream()
                    .filter(layer -> pattern.matcher(layer.name()).matches())
                    .toList();
            List<AdaptedWeight> found = matching.stream()
                    .map(this::weight)
                    .flatMap(Optional::stream)
                    .toList();
            if (found.isEmpty()) {
                throw new Refusal(
                        matching.isEmpty()
                                ? "No layer is called " + glob.strip()
                                        + ", which --lora-target names. `graft layers NET`"
                                        + " lists the names; * stands for any characters."
                                : "--lora-target " + glob.strip() + ": "
                                        + hindrance(matching.get(0)).orElseThrow()
                                        + " Name linear layers or convolutions; `graft layers NET` lists them.");
            }
            found.forEach(weight -> out.putIfAbsent(weight.weight(), weight));
        }
        return List.copyOf(out.values());
    }

    private List<Layer> usual() {
        List<Layer> projections = projections();
        if (!projections.isEmpty()) {
            return projections;
        }
        List<Layer> able = network.body().stream()
                .filter(layer -> hindrance(layer).isEmpty())
                .toList();
        List<Layer> linear =
                able.stream().filter(layer -> !layer.op().equals("Conv")).toList();
        return linear.isEmpty() ? able : linear;
    }

    /** The linear layers of which attention makes queries, keys and values. */
    private List<Layer> projections() {
        Map<String, Node> producers = network.model().graph().producers();
        Set<Layer> out = new LinkedHashSet<>();
        for (Layer attention : network.shownLayers()) {
            if (!attention.kind().equals("attention")) {
                continue;
            }
            Set<String> seen = new HashSet<>();
            attention.nodes().forEach(node -> seen.addAll(node.outputs()));
            Deque<String> open = new ArrayDeque<>();
            attention.nodes().forEach(node -> open.addAll(node.inputs()));
            while (!open.isEmpty()) {
                Node node = seen.add(open.peek()) ? producers.get(open.peek()) : null;
                open.pop();
                if (node == null) {
                    continue;
                }
                Layer layer = layerOf.get(node);
                if (layer != null
                        && !layer.op().equals("Conv")
                        && hindrance(layer).isEmpty()) {
                    out.add(layer);
                } else if (layer == null && ON_THE_WAY.contains(node.opType())) {
                    node.inputs().forEach(open::add);
                }
            }
        }
        return network.body().stream().filter(out::contains).toList();
    }

    private Optional<AdaptedWeight> weight(Layer layer) {
        if (hindrance(layer).isPresent()) {
            return Optional.empty();
        }
        String weight = layer.nodes().get(0).input(1);
        List<Node> nodes = readers.get(weight);
        List<String> layers =
                nodes.stream().map(layerOf::get).map(Layer::name).distinct().toList();
        long[] shape = network.model().graph().initializers().get(weight).shape();
        return Optional.of(new AdaptedWeight(layers, nodes, weight, shape, "", ""));
    }

    /** Why a layer can have none, in a sentence. */
    private Optional<String> hindrance(Layer layer) {
        Node node = layer.nodes().get(0);
        if (!PRODUCTS.contains(node.opType()) || !node.domain().isEmpty()) {
            return Optional.of(layer.name() + " is no linear layer and no convolution (" + layer.kind() + ").");
        }
        Tensor weight = network.model().graph().initializers().get(node.input(1));
        if (weight == null || weight.type() != ElementType.FLOAT) {
            return Optional.of("the weight of " + layer.name() + " is no constant of the file in fp32, but computed.");
        }
        if (node.attribute("group", 1L) != 1) {
            return Optional.of(layer.name() + " is a convolution of " + node.attribute("group", 1L)
                    + " groups, beside which no thin one stands.");
        }
        if (!node.opType().equals("Conv") && weight.shape().length != 2) {
            return Optional.of("the weight of " + layer.name() + " is no matrix.");
        }
        if (node.attribute("transA", 0L) != 0 || node.attribute("alpha", 1f) != 1) {
            return Optional.of(layer.name() + " turns or scales what it is fed.");
        }
        List<String> others = new ArrayList<>();
        for (Node reader : readers.get(weight.name())) {
            if (!layerOf.containsKey(reader) || !readsAlike(node, reader)) {
                others.add(reader.toString());
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("the weight of " + layer.name() + " is also read by " + others.get(0)
                        + ", which would change with it.");
    }

    private static boolean readsAlike(Node one, Node other) {
        return other.opType().equals(one.opType())
                && other.input(1).equals(one.input(1))
                && !other.input(0).equals(one.input(1))
                && other.attribute("transB", 0L) == one.attribute("transB", 0L)
                && other.attribute("transA", 0L) == 0
                && other.attribute("alpha", 1f) == 1
                && other.attribute("group", 1L) == 1;
    }
}
