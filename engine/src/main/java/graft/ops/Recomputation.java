package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run of a program that keeps little for the backward pass: of about √n stretches of its n steps only what crosses from one to
 * the next is kept, and each stretch is computed once more when its gradients are wanted (Chen et al., Training Deep Nets
 * with Sublinear Memory Cost, 2016). Costs a second forward pass.
 */
public final class Recomputation {
    private final Program program;
    private final NDManager manager;
    private final Map<String, NDArray> feed;
    private final Mode mode;
    private final int[] bounds;
    private final long seed;
    /** What crosses into each stretch but the first, by place. */
    private final List<Map<Integer, NDArray>> crossing = new ArrayList<>();

    /** What of it was made by this run. */
    private final Set<NDArray> made = identities(List.of());

    private final Map<String, NDArray> outputs;
    /** What crosses into the stretch whose gradients were computed last, as leaves that collect them. */
    private Map<Integer, NDArray> leaves = Map.of();

    /** Runs the program; everything made belongs to {@code manager}. Gradients are recorded afterwards. */
    Recomputation(Program program, NDManager manager, Map<String, NDArray> feed, Mode mode) {
        this.program = program;
        this.manager = manager;
        this.feed = feed;
        this.mode = mode;
        bounds = bounds(program.crossing());
        // What is random must be the same the second time.
        seed = manager.randomInteger(0, Integer.MAX_VALUE, new Shape(1), DataType.INT64)
                .getLong();
        int last = bounds.length - 2;
        TorchEngine.recordGradients(false);
        ValueTable places = program.start(manager, feed);
        for (int k = 0; k < last; k++) {
            advance(manager, places, k, mode);
            Map<Integer, NDArray> live = program.live(places);
            // Some operators answer with a weight itself, which lives on.
            live.values().stream().filter(places::closes).forEach(made::add);
            places.keep(live.values());
            crossing.add(live);
        }
        TorchEngine.recordGradients(true);
        outputs = program.named(program.results(entered(manager, last, mode)));
    }

    /** The graph's outputs by name, in its order. */
    public Map<String, NDArray> outputs() {
        return outputs;
    }

    /**
     * Takes the gradients, which have come down as far as the last stretch, to all weights below it. To be called once,
     * after the gradients of the outputs were computed.
     */
    public void backward() {
        for (int k = bounds.length - 3; k >= 0; k--) {
            Map<Integer, NDArray> wanted = leaves;
            try (NDManager stretch = manager.newSubManager()) {
                ValueTable places = entered(stretch, k, mode.asSecondTime());
                // Where nothing learns below, there is still something to go back to.
                NDArray total = stretch.zeros(new Shape());
                total.setRequiresGradient(true);
                for (Map.Entry<Integer, NDArray> leaf : wanted.entrySet()) {
                    Optional<NDArray> gradient = TorchEngine.gradient(stretch, leaf.getValue());
                    if (gradient.isPresent()) {
                        total = total.add(
                                places.values[leaf.getKey()].mul(gradient.get()).sum());
                    }
                }
                TorchEngine.backward(total);
            }
            wanted.values().forEach(NDArray::close);
            // What passes through is still to be read by the stretch below.
            Set<NDArray> below =
                    identities(k == 0 ? List.of() : crossing.get(k - 1).values());
            crossing.get(k).values().stream()
                    .filter(array -> made.contains(array) && !below.contains(array))
                    .forEach(NDArray::close);
        }
        leaves.values().forEach(NDArray::close);
    }

    /** Not by equality: that of arrays is equality of their elements. */
    private static Set<NDArray> identities(Collection<NDArray> arrays) {
        Set<NDArray> out = Collections.newSetFromMap(new IdentityHashMap<>());
        out.addAll(arrays);
        return out;
    }

    /** Stretch {@code k}, computed from leaves. */
    private ValueTable entered(NDManager owner, int k, Mode how) {
        leaves = new LinkedHashMap<>();
        ValueTable places = program.start(owner, feed);
        if (k > 0) {
            crossing.get(k - 1).forEach((slot, array) -> {
                NDArray leaf = array.stopGradient();
                leaf.attach(manager);
                if (array.getDataType().isFloating()) {
                    leaf.setRequiresGradient(true);
                }
                leaves.put(slot, leaf);
                places.lend(slot, leaf);
            });
        }
        advance(owner, places, k, how);
        return places;
    }

    private void advance(NDManager owner, ValueTable places, int k, Mode how) {
        TorchEngine.seed(seed + k);
        program.advance(places, owner, bounds[k], bounds[k + 1], how);
    }

    /**
     * Where the stretches begin and end: near equal parts, where little crosses.
     *
     * @param crossing values that are read later, after each step
     */
    static int[] bounds(int[] crossing) {
        int steps = crossing.length;
        int stretches = Math.max(1, (int) Math.round(Math.sqrt(steps)));
        List<Integer> bounds = new ArrayList<>(List.of(0));
        int reach = steps / (2 * stretches);
        for (int k = 1; k < stretches; k++) {
            int best = k * steps / stretches;
            for (int at = best - reach; at <= k * steps / stretches + reach; at++) {
                if (at > 0 && at < steps && crossing[at - 1] < crossing[best - 1]) {
                    best = at;
                }
            }
            if (best > bounds.get(bounds.size() - 1)) {
                bounds.add(best);
            }
        }
        bounds.add(steps);
        return bounds.stream().mapToInt(Integer::intValue).toArray();
    }
}
