package graft.explain;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maps by gradients: each channel counts as much as the score grows with it, on average over the picture; what speaks against the class
 * is left out.
 */
final class GradCam {
    /** So many tensors are tried, from the last one down: the class token of a transformer alone is asked above its last attention. */
    private static final int TRIES = 12;

    private static final double NOTHING = 1e-9;

    private final Network network;
    private final String logits;
    private final Map<String, Values> inputs;

    /**
     * @param logits not probabilities: where a network is sure, these hardly change with anything
     * @param inputs the first example is explained
     */
    GradCam(Network network, String logits, Map<String, Values> inputs) {
        this.network = network;
        this.logits = logits;
        this.inputs = inputs;
    }

    /** @param map of the score, not scaled; height × width, row by row */
    record Found(Grid grid, float[] map) {}

    /**
     * The map of the last grid whose places all matter to the score.
     *
     * @param index of the number to be explained among those of the first example
     * @param sign −1 where a low number speaks for the class
     * @throws Refusal where no gradient arrives anywhere, saying why
     */
    Found of(int index, int sign) {
        Model model = SubGraph.cut(network.model(), Set.of(), List.of(logits), Map.of());
        Model asked = SubGraph.cut(model, Set.of(), Grids.asked(model), Map.of());
        try (OrtSession session = OrtSession.openPlain(asked)) {
            Map<String, Values> fed = session.taken(inputs);
            Map<String, long[]> shapes = session.shapes(fed);
            List<Grid> grids = Grids.of(network, model, shapes);
            if (grids.isEmpty()) {
                throw new Refusal("No layer of the network still knows where in the picture something is.");
            }
            List<Grid> tried = grids.subList(0, Math.min(TRIES, grids.size()));
            Map<String, ElementType> types = new HashMap<>();
            session.outputs().forEach((name, info) -> info.type().ifPresent(type -> types.put(name, type)));
            LayerGradients gradients = new LayerGradients(
                    model, logits, tried.stream().map(Grid::tensor).toList(), types, inputs);
            return chosen(tried, gradients.of(tensor -> session.run(fed, tensor), shapes, index, sign));
        }
    }

    private static Found chosen(List<Grid> tried, Map<String, LayerGradients.Found> gradients) {
        String reason = "";
        for (Grid grid : tried) {
            LayerGradients.Found found = gradients.get(grid.tensor());
            if (found == null) {
                break; // below an operator that gradients do not go through
            }
            if (found.gradient().isPresent()
                    && placesThatMatter(grid, found.gradient().get()) > 1) {
                return new Found(
                        grid, map(grid, found.values(), found.gradient().get()));
            }
            reason = grid.tensor();
        }
        throw new Refusal("No gradient of the score arrives at " + reason
                + " or the layers above it, as where numbers are rounded to int8.");
    }

    private static int placesThatMatter(Grid grid, float[] gradient) {
        int places = grid.height() * grid.width();
        double[] sums = new double[places];
        double most = 0;
        for (int place = 0; place < places; place++) {
            for (int channel = 0; channel < grid.channels(); channel++) {
                sums[place] += Math.abs(gradient[grid.index(channel, place)]);
            }
            most = Math.max(most, sums[place]);
        }
        int out = 0;
        for (double sum : sums) {
            out += sum > NOTHING * most && sum > 0 ? 1 : 0;
        }
        return out;
    }

    private static float[] map(Grid grid, float[] values, float[] gradient) {
        int places = grid.height() * grid.width();
        double[] sums = new double[places];
        for (int channel = 0; channel < grid.channels(); channel++) {
            double weight = 0;
            for (int place = 0; place < places; place++) {
                weight += gradient[grid.index(channel, place)];
            }
            weight /= places;
            for (int place = 0; place < places; place++) {
                sums[place] += weight * values[grid.index(channel, place)];
            }
        }
        float[] out = new float[places];
        for (int place = 0; place < places; place++) {
            out[place] = (float) Math.max(0, sums[place]);
        }
        return out;
    }
}
