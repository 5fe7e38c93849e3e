package graft.network;

import graft.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** At how many times a run's learning rate each weight learns. */
public final class LayerRates {
    private LayerRates() {}

    private record Factor(String glob, double factor) {}

    /**
     * @param decay factor from each block of the body to the one below it; the head is at 1, the block under it at {@code decay}
     *     (discriminative rates, Howard and Ruder 2018)
     * @param factors {@code GLOB:FACTOR} separated by commas, multiplied with that; of two that match, the later one counts
     * @return by the names of the tensors that learn
     * @throws Refusal where a glob matches no layer
     */
    public static Map<String, Double> of(Network network, double decay, String factors) {
        Map<String, Double> out = new LinkedHashMap<>();
        network.trainable().forEach(name -> out.put(name, 1.0));
        if (decay != 1) {
            BodyBlocks body = BodyBlocks.of(network);
            int count = body.blocks().size();
            List<String> head =
                    network.head().map(Head::learning).map(List::copyOf).orElse(List.of());
            body.blockOfWeights(network).forEach((name, block) -> {
                if (!head.contains(name)) {
                    out.computeIfPresent(name, (same, rate) -> Math.pow(decay, count - block));
                }
            });
        }
        Map<String, Double> matched = new LinkedHashMap<>();
        for (Factor factor : parse(factors)) {
            List<Layer> layers = network.layers().stream()
                    .filter(layer -> TrainableSpec.pattern(factor.glob)
                            .matcher(layer.name())
                            .matches())
                    .toList();
            if (layers.isEmpty()) {
                throw new Refusal("No layer is called " + factor.glob + ", which --lr-factors names. `graft layers NET`"
                        + " lists the names; * stands for any characters.");
            }
            layers.forEach(layer -> layer.weights().forEach(name -> matched.put(name, factor.factor)));
        }
        matched.forEach((name, factor) -> out.computeIfPresent(name, (same, rate) -> rate * factor));
        return out;
    }

    /** @throws Refusal where {@code factors} is no list of {@code GLOB:FACTOR} */
    public static void checkForm(String factors) {
        parse(factors);
    }

    private static List<Factor> parse(String factors) {
        List<Factor> out = new ArrayList<>();
        if (factors.isBlank()) {
            return out;
        }
        for (String piece : factors.split(",", -1)) {
            int colon = piece.lastIndexOf(':'); // names of layers may hold some
            try {
                double factor = Double.parseDouble(piece.substring(colon + 1).strip());
                if (colon > 0 && factor >= 0 && factor <= 1e6) {
                    out.add(new Factor(piece.substring(0, colon).strip(), factor));
                    continue;
                }
            } catch (NumberFormatException notANumber) {
                // said below
            }
            throw new Refusal("\"" + piece.strip()
                    + "\" is no layer with a factor. Write GLOB:FACTOR, such as stem*:0.1, the factor from 0 on.");
        }
        return out;
    }
}
