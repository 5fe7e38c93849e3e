package graft.network;

import graft.onnx.Graph;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds blocks in a row of layers by what repeats: the same kinds of layers with weights of the same shapes, one after the
 * other. It needs no names, and no point through which everything flows: a mask that all blocks read would hide those.
 */
final class Repeats {
    /** Twice may be chance. */
    private static final int LEAST = 3;

    /** Of the layers, so many must lie in what repeats. */
    private static final double MOST = 0.5;

    private final Graph graph;

    Repeats(Graph graph) {
        this.graph = graph;
    }

    /** What comes before, each repetition, and what comes after; empty where nothing repeats often enough. */
    Optional<List<List<Layer>>> of(List<Layer> layers) {
        String[] looks = layers.stream().map(this::looks).toArray(String[]::new);
        int start = 0;
        int period = 0;
        int times = 0;
        for (int length = 2; length * LEAST <= looks.length; length++) {
            int alike = 0; // layers in a row that look like the one a length later
            for (int i = 0; i + length < looks.length; i++) {
                alike = looks[i].equals(looks[i + length]) ? alike + 1 : 0;
                int found = alike / length + 1;
                if (found * length > times * period) {
                    start = i + 1 - alike;
                    period = length;
                    times = found;
                }
            }
        }
        if (times < LEAST || times * period < MOST * looks.length) {
            return Optional.empty();
        }
        List<List<Layer>> out = new ArrayList<>();
        add(out, layers.subList(0, start));
        for (int i = 0; i < times; i++) {
            add(out, layers.subList(start + i * period, start + (i + 1) * period));
        }
        add(out, layers.subList(start + times * period, looks.length));
        return Optional.of(out);
    }

    private static void add(List<List<Layer>> parts, List<Layer> layers) {
        if (!layers.isEmpty()) {
            parts.add(new ArrayList<>(layers));
        }
    }

    private String looks(Layer layer) {
        StringBuilder out = new StringBuilder(layer.kind()).append(' ').append(layer.activation());
        for (String weight : layer.weights()) {
            Tensor tensor = graph.initializers().get(weight);
            out.append(tensor == null ? "?" : Arrays.toString(tensor.shape()));
        }
        return out.toString();
    }
}
