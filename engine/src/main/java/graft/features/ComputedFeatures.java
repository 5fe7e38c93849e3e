package graft.features;

import graft.data.Examples;
import graft.inference.Lanes;
import graft.inference.OrtSession;
import graft.onnx.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads examples and runs the frozen part on them each time they are asked for. */
final class ComputedFeatures implements Features {
    private final Examples examples;
    private final Optional<OrtSession> frozen;
    private final Frontier frontier;
    private final Lanes lanes;

    /**
     * @param frozen stays the caller's
     * @param lanes how many calls of it may be computed at a time
     */
    ComputedFeatures(Examples examples, Frontier frontier, Optional<OrtSession> frozen, Lanes lanes) {
        this.examples = examples;
        this.frozen = frozen;
        this.frontier = frontier;
        this.lanes = lanes;
    }

    @Override
    public Map<String, Values> of(int[] indices, long view) {
        return crossing(examples.inputs(indices, view), frontier, frozen);
    }

    /** What crosses the frontier where a network is fed this. */
    static Map<String, Values> crossing(Map<String, Values> fed, Frontier frontier, Optional<OrtSession> frozen) {
        if (frozen.isEmpty()) {
            return fed;
        }
        OrtSession below = frozen.get();
        Map<String, Values> out = new LinkedHashMap<>(below.run(below.taken(fed)));
        fed.forEach((name, values) -> {
            if (frontier.crossing().contains(name)) {
                out.put(name, values);
            }
        });
        return out;
    }

    @Override
    public Lanes lanes() {
        return lanes;
    }

    @Override
    public List<MicroBatch> passes(int[] some, int fixedBatch, int usual) {
        return MicroBatch.asked(some, examples, fixedBatch, usual);
    }

    @Override
    public void close() {
        // the session belongs to the caller
    }
}
