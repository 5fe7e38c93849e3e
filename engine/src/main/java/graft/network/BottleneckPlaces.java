package graft.network;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the layers behind which {@link Bottlenecks} can stand. */
final class BottleneckPlaces {
    private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm", "Conv");
    /** What may stand between a layer and the sum that its result goes into. */
    private static final Set<String> ON_THE_WAY =
            Set.of("Reshape", "Transpose", "Dropout", "Identity", "Squeeze", "Unsqueeze");

    private final Network network;
    private final Graph graph;

    BottleneckPlaces(Network network) {
        this.network = network;
        this.graph = network.model().graph();
    }

    /** How many numbers a linear layer or convolution gives for a token, pixel or example. */
    static int width(Network network, Node node) {
        long[] shape = network.model().graph().initializers().get(node.input(1)).shape();
        boolean first = node.opType().equals("Conv") || node.attribute("transB", 0L) == 1;
        return Math.toIntExact(first ? shape[0] : shape[shape.length - 1]);
    }

    /** @throws Refusal where a glob names no layer that has a known width */
    List<Layer> named(String globs) {
        if (globs.isBlank()) {
            List<Layer> usual = beforeSums();
            if (usual.isEmpty()) {
                throw new Refusal(
                        "--adapter finds no layer whose result is added to what went past it, behind which adapters usually"
                                + " stand. Name layers with --adapter-target; `graft layers NET` lists them.");
            }
            return usual;
        }
        Set<Layer> out = new LinkedHashSet<>();
        for (String glob : globs.split(",")) {
            Pattern pattern = TrainableSpec.pattern(glob.strip());
            List<Layer> matching = network.body().stream()
                    .filter(layer -> pattern.matcher(layer.name()).matches())
                    .toList();
            if (matching.isEmpty()) {
                throw new Refusal(
                        "No layer is called " + glob.strip()
                                + ", which --adapter-target names. `graft layers NET` lists the names; * stands for any characters.");
            }
            List<Layer> able = matching.stream()
                    .filter(layer -> hindrance(layer).isEmpty())
                    .toList();
            if (able.isEmpty()) {
                throw new Refusal("--adapter-target " + glob.strip() + ": "
                        + hindrance(matching.get(0)).orElseThrow()
                        + " Name linear layers or convolutions; `graft layers NET` lists them.");
            }
            out.addAll(able);
        }
        return network.body().stream().filter(out::contains).toList();
    }

    private Optional<String> hindrance(Layer layer) {
        Node node = layer.nodes().get(0);
        if (!PRODUCTS.contains(node.opType()) || !node.domain().isEmpty()) {
            return Optional.of(layer.name() + " is no linear layer and no convolution (" + layer.kind() + ").");
        }
        Tensor weight = graph.initializers().get(node.input(1));
        if (weight == null || weight.type() != ElementType.FLOAT || weight.shape().length < 2) {
            return Optional.of("the weight of " + layer.name() + " is no constant of the file in fp32, but computed.");
        }
        return Optional.empty();
    }

    /** The layers whose results are added to what went past them: the last ones of attention and of feed-forward parts, and of residual blocks. */
    private List<Layer> beforeSums() {
        Map<String, List<Node>> readers = graph.readers();
        Map<Node, List<Layer>> intoSum = new HashMap<>();
        for (Layer layer : network.body()) {
            if (hindrance(layer).isEmpty()) {
                sumBehind(layer, readers).ifPresent(sum -> intoSum.computeIfAbsent(sum, none -> new ArrayList<>())
                        .add(layer));
            }
        }
        Set<Layer> out = new HashSet<>();
        intoSum.values().forEach(into -> out.addAll(into.size() == 1 ? into : withoutShortcut(into)));
        return network.body().stream().filter(out::contains).toList();
    }

    private Optional<Node> sumBehind(Layer layer, Map<String, List<Node>> readers) {
        String at = layer.output();
        while (true) {
            List<Node> after = readers.getOrDefault(at, List.of());
            if (after.size() != 1) {
                return Optional.empty();
            }
            Node next = after.get(0);
            if (next.opType().equals("Add")) {
                return next.inputs().stream().anyMatch(network::isConstant) ? Optional.empty() : Optional.of(next);
            }
            if (!ON_THE_WAY.contains(next.opType()) || !next.input(0).equals(at)) {
                return Optional.empty();
            }
            at = next.output(0);
        }
    }

    /** Where both ways into a sum end with a layer, the one that only fits what went past to the other's width is no block's last one. */
    private List<Layer> withoutShortcut(List<Layer> into) {
        return into.stream()
                .filter(layer -> into.stream()
                        .noneMatch(other -> other != layer
                                && ancestors(other)
                                        .contains(layer.nodes().get(0).input(0))
                                && !ancestors(layer)
                                        .contains(other.nodes().get(0).input(0))))
                .toList();
    }

    private Set<String> ancestors(Layer layer) {
        Map<String, Node> producers = graph.producers();
        Set<String> out = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(layer.output()));
        while (!open.isEmpty()) {
            Node node = producers.get(open.pop());
            if (node != null) {
                node.inputs().stream().filter(out::add).forEach(open::push);
            }
        }
        return out;
    }
}
