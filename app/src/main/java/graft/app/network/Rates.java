package graft.app.network;

import graft.network.Layer;
import graft.network.Network;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * At how many times the run's learning rate layers learn; those that are not named learn at the full rate.
 *
 * @param factors by the name of the layer
 */
record Rates(Map<String, Double> factors) {
    static final Rates ALIKE = new Rates(Map.of());

    Rates {
        factors = Map.copyOf(factors);
    }

    Rates with(Collection<Layer> layers, double factor) {
        Map<String, Double> out = new LinkedHashMap<>(factors);
        for (Layer layer : layers) {
            if (factor == 1) {
                out.remove(layer.name());
            } else {
                out.put(layer.name(), factor);
            }
        }
        return new Rates(out);
    }

    /** Empty where layers differ. */
    OptionalDouble of(Collection<Layer> layers) {
        List<Double> found = layers.stream()
                .map(layer -> factors.getOrDefault(layer.name(), 1.0))
                .distinct()
                .toList();
        return found.size() == 1 ? OptionalDouble.of(found.get(0)) : OptionalDouble.empty();
    }

    /** As {@code --lr-factors} takes it: only layers of {@code network} that learn, in its order. */
    String spec(Network network) {
        return network.layers().stream()
                .filter(layer -> factors.containsKey(layer.name()))
                .filter(layer -> layer.weights().stream().anyMatch(network.trainable()::contains))
                .map(layer -> Padlocks.glob(layer.name()) + ":" + number(factors.get(layer.name())))
                .collect(Collectors.joining(","));
    }

    /** "0.1". */
    static String number(double factor) {
        return factor == Math.rint(factor) ? String.format(Locale.ROOT, "%.0f", factor) : Double.toString(factor);
    }
}
