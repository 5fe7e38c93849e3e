package graft.features;

import graft.network.Network;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a network is cut: below, no gradient can arrive, so ONNX Runtime computes it; above, PyTorch does, with gradients.
 *
 * @param frozen the part below; empty if everything learns
 * @param trainable the part above; its outputs are the network's
 * @param crossing the tensors handed from below, or the network's inputs where there is no below
 */
public record Frontier(Optional<Model> frozen, Model trainable, List<String> crossing) {

    public static Frontier of(Network network) {
        Model model = network.model();
        Set<String> inputs = new LinkedHashSet<>();
        model.graph().inputs().forEach(input -> inputs.add(input.name()));
        Set<String> dependent = new HashSet<>(inputs);
        for (Node node : model.graph().nodes()) {
            if (node.needs().stream().anyMatch(dependent::contains)) {
                dependent.addAll(node.outputs());
            }
        }
        List<Node> above = new ArrayList<>(network.trainablePart());
        Set<String> crossing = crossing(above, dependent);
        Map<String, Node> producers = model.graph().producers();
        for (List<Node> turns = turns(crossing, producers); !turns.isEmpty(); turns = turns(crossing, producers)) {
            above.addAll(turns);
            crossing = crossing(above, dependent);
        }
        List<String> computed = new ArrayList<>(crossing);
        computed.removeAll(inputs);
        Optional<Model> frozen =
                computed.isEmpty() ? Optional.empty() : Optional.of(SubGraph.cut(model, Set.of(), computed, Map.of()));
        Model trainable = SubGraph.cut(model, crossing, model.graph().outputNames(), Map.of());
        return new Frontier(frozen, trainable, List.copyOf(crossing));
    }

    /** Where nothing learns: all that is wanted is below. */
    public static Frontier belowAll(Model model, String wanted) {
        Model below = SubGraph.cut(model, Set.of(), List.of(wanted), Map.of());
        Model nothing = SubGraph.cut(model, Set.of(wanted), List.of(wanted), Map.of());
        return new Frontier(Optional.of(below), nothing, List.of(wanted));
    }

    /** What nodes above need of what depends on the inputs and is not made above. */
    private static Set<String> crossing(List<Node> above, Set<String> dependent) {
        Set<String> made = new HashSet<>();
        above.forEach(node -> made.addAll(node.outputs()));
        Set<String> out = new LinkedHashSet<>();
        for (Node node : above) {
            node.needs().stream()
                    .filter(name -> dependent.contains(name) && !made.contains(name))
                    .forEach(out::add);
        }
        return out;
    }

    /**
     * Those that put another axis first, as exporters do before a recurrent layer. Below them a tensor has a row for each
     * example: it can be kept, and examples can go on together.
     */
    private static List<Node> turns(Set<String> crossing, Map<String, Node> producers) {
        return crossing.stream()
                .map(producers::get)
                .filter(node ->
                        node != null && node.domain().isEmpty() && node.opType().equals("Transpose"))
                .filter(node -> node.attribute("perm", new long[] {1})[0] != 0)
                .distinct()
                .toList();
    }

    /** Names of the tensors that ONNX Runtime computes. */
    public List<String> computedBelow() {
        return frozen.map(model ->
                        model.graph().outputs().stream().map(ValueInfo::name).toList())
                .orElse(List.of());
    }

    /**
     * What lies between an earlier frontier, whose features are kept, and this one.
     *
     * @return a model that computes what crosses here and does not cross there (none where there is no such tensor); empty
     *     where the kept features were computed by something else, or more than them is needed
     */
    Optional<Optional<Model>> above(FeatureTable kept) {
        Model below = frozen.orElseThrow();
        Set<String> inputs = new HashSet<>();
        below.graph().inputs().forEach(input -> inputs.add(input.name()));
        Set<String> known = new HashSet<>(inputs);
        below.graph().nodes().forEach(node -> known.addAll(node.outputs()));
        List<String> computed = new ArrayList<>(kept.shapes().keySet());
        computed.removeAll(inputs);
        if (computed.isEmpty() || !known.containsAll(computed)) {
            return Optional.empty();
        }
        Model lower = SubGraph.cut(below, Set.of(), computed, Map.of());
        if (!FeatureKey.frozen(lower).equals(kept.frozen())) {
            return Optional.empty();
        }
        Set<String> given = kept.shapes().keySet();
        List<String> wanted =
                crossing.stream().filter(name -> !given.contains(name)).toList();
        if (wanted.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        Model between = SubGraph.cut(below, given, wanted, Map.of());
        boolean enough = between.graph().inputs().stream().map(ValueInfo::name).allMatch(given::contains);
        return enough ? Optional.of(Optional.of(between)) : Optional.empty();
    }
}
