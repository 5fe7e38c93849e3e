package graft.explain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.MissingOperator;
import graft.ops.Mode;
import graft.ops.OpTable;
import graft.ops.TorchEngine;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Maps by gradients: each channel counts as much as the score grows with it, on average over the picture; what speaks against the class
 * is left out.
 */
final class GradCam {
    /** So many tensors are tried, from the last one down: the class token of a transformer alone is asked above its last attention. */
    private static final int TRIES = 12;

    private static final double NOTHING = 1e-9;

    private final Model model;
    private final String logits;
    private final Map<String, Values> inputs;

    /**
     * @param logits not probabilities: where a network is sure, these hardly change with anything
     * @param inputs the first example is explained
     */
    GradCam(Model model, String logits, Map<String, Values> inputs) {
        this.model = model;
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
    Found of(List<Grid> grids, int index, int sign) {
        if (grids.isEmpty()) {
            throw new Refusal("No layer of the network still knows where in the picture something is.");
        }
        String reason = "";
        for (Grid grid : grids.subList(0, Math.min(TRIES, grids.size()))) {
            Model above = SubGraph.cut(model, Set.of(grid.tensor()), List.of(logits), Map.of());
            List<MissingOperator> missing = OpTable.ALL.missing(above);
            if (!missing.isEmpty()) {
                throw new Refusal("No gradients go through " + MissingOperator.list(missing) + ".");
            }
            Values values = values(grid);
            Optional<float[]> gradient = gradient(above, grid, values, index, sign);
            if (gradient.isPresent() && placesThatMatter(grid, gradient.get()) > 1) {
                return new Found(grid, map(grid, floats(values), gradient.get()));
            }
            reason = grid.tensor();
        }
        throw new Refusal("No gradient of the score arrives at " + reason
                + " or the layers above it, as where numbers are" + " rounded to int8.");
    }

    private Values values(Grid grid) {
        Model below = SubGraph.cut(model, Set.of(), List.of(grid.tensor()), Map.of());
        try (OrtSession session = OrtSession.openPlain(below)) {
            return session.run(session.taken(inputs)).get(grid.tensor());
        }
    }

    private static float[] floats(Values values) {
        FloatBuffer numbers = values.floats();
        float[] out = new float[numbers.remaining()];
        numbers.get(out);
        return out;
    }

    /** Of the first example's score by the tensor; empty where none arrives. */
    private Optional<float[]> gradient(Model above, Grid grid, Values values, int index, int sign) {
        try (NDManager manager = TorchEngine.start(0);
                Executor executor = new Executor(above, manager, Set.of())) {
            TorchEngine.recordGradients(true);
            try (NDManager step = manager.newSubManager()) {
                Map<String, NDArray> fed = new HashMap<>();
                inputs.forEach((name, given) -> fed.put(name, ArrayTensors.toArray(step, given)));
                NDArray leaf = ArrayTensors.toArray(step, values);
                leaf.setRequiresGradient(true);
                fed.put(grid.tensor(), leaf);
                NDArray scores = executor.run(step, fed, Mode.INFERENCE).get(logits);
                float[] chosen = new float[Math.toIntExact(scores.size())];
                chosen[index] = sign;
                NDArray one = ArrayTensors.toArray(
                        step, Values.ofFloats(scores.getShape().getShape(), chosen));
                // PyTorch refuses to go back from what depends on nothing that learns.
                NDArray anchor = ArrayTensors.number(step, 0);
                anchor.setRequiresGradient(true);
                TorchEngine.backward(scores.mul(one).sum().add(anchor));
                return TorchEngine.gradient(step, leaf).map(NDArray::toFloatArray);
            } finally {
                TorchEngine.recordGradients(false);
            }
        }
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
