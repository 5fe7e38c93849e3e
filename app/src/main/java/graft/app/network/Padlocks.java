package graft.app.network;

import graft.Refusal;
import graft.network.Layer;
import graft.network.Network;
import graft.network.TrainableSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which layers of a network's body may learn. Layers are known by name, so that the choice outlives a new head.
 *
 * @param unlocked names of the layers that learn
 * @param biases whether of closed layers what they add learns all the same (BitFit)
 */
record Padlocks(Set<String> unlocked, boolean biases) {
    static final Padlocks ALL_CLOSED = new Padlocks(Set.of());
    private static final String BIASES = "bias";

    Padlocks {
        unlocked = Set.copyOf(unlocked);
    }

    Padlocks(Set<String> unlocked) {
        this(unlocked, false);
    }

    /** What {@code spec} says of {@code network}; refused where a layer does not exist. */
    static Padlocks of(Network network, String spec) {
        Set<String> trainable = TrainableSpec.apply(network, spec).trainable();
        if (spec.strip().equals(BIASES)) {
            return new Padlocks(Set.of(), true);
        }
        return new Padlocks(network.body().stream()
                .filter(layer -> trainable.containsAll(layer.weights()))
                .map(Layer::name)
                .collect(Collectors.toSet()));
    }

    Padlocks open(Collection<Layer> layers) {
        Set<String> names = new LinkedHashSet<>(unlocked);
        layers.forEach(layer -> names.add(layer.name()));
        return new Padlocks(names);
    }

    /** Layers that share a weight with one of {@code layers} are closed with it: a tensor learns or does not. */
    Padlocks close(Network network, Collection<Layer> layers) {
        Set<String> frozen = new LinkedHashSet<>();
        layers.forEach(layer -> frozen.addAll(layer.weights()));
        Set<String> names = new LinkedHashSet<>(unlocked);
        network.body().stream()
                .filter(layer -> layer.weights().stream().anyMatch(frozen::contains))
                .forEach(layer -> names.remove(layer.name()));
        return new Padlocks(names);
    }

    /** {@code network} with the unlocked layers, and its head, learning. */
    Network on(Network network) {
        if (biases && says(network, BIASES)) {
            return TrainableSpec.apply(network, BIASES);
        }
        List<Layer> open = openLayers(network);
        if (!open.isEmpty() && open.size() == network.body().size()) {
            return TrainableSpec.apply(network, "all");
        }
        Set<String> names = new LinkedHashSet<>();
        open.forEach(layer -> names.addAll(layer.weights()));
        network.head().ifPresent(head -> names.addAll(head.learning()));
        return network.withTrainable(names);
    }

    private List<Layer> openLayers(Network network) {
        return network.body().stream()
                .filter(layer -> unlocked.contains(layer.name()))
                .toList();
    }

    /** The shortest words for this choice from which {@link TrainableSpec} gives exactly the same tensors. */
    String spec(Network network) {
        if (biases && says(network, BIASES)) {
            return BIASES;
        }
        Set<String> wanted = on(network).trainable();
        for (String spec : candidates(network)) {
            if (says(network, spec, wanted)) {
                return spec;
            }
        }
        throw new Refusal("The names of the layers " + String.join(", ", unlocked)
                + " cannot be told apart from those of others in a list. Choose \"learn from here\" instead.");
    }

    private List<String> candidates(Network network) {
        List<Layer> open = openLayers(network);
        if (open.isEmpty()) {
            return List.of("head");
        }
        List<String> out = new ArrayList<>(List.of("all", "last:" + open.size()));
        String names = open.stream().map(layer -> glob(layer.name())).collect(Collectors.joining(","));
        // A layer may be called like one of the words; a list of two is always a list.
        out.add(names);
        out.add(names + "," + names);
        return out;
    }

    /** A comma would end the name; "?" stands for any one character. */
    static String glob(String name) {
        return name.replace(',', '?').replace('*', '?').replaceAll("^(?=(last|from):).|^\\s|\\s$", "?");
    }

    /** A graph that was edited may have lost them. */
    private static boolean says(Network network, String spec) {
        try {
            TrainableSpec.apply(network, spec);
            return true;
        } catch (Refusal none) {
            return false;
        }
    }

    private static boolean says(Network network, String spec, Set<String> wanted) {
        try {
            return TrainableSpec.apply(network, spec).trainable().equals(wanted);
        } catch (Refusal noSuchLayer) {
            return false;
        }
    }
}
