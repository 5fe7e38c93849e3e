package graft.features;

import graft.data.Examples;
import graft.inference.OrtSession;
import graft.onnx.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads examples and runs the frozen part on them each time they are asked for. */
final class ComputedFeatures implements Features {
    private final Examples examples;
    private final Optional<OrtSession> frozen;
    private final Frontier frontier;

    /** The session stays the caller's. */
    ComputedFeatures(Examples examples, Frontier frontier, Optional<OrtSession> frozen) {
        this.examples = examples;
        this.frozen = frozen;
        this.frontier = frontier;
    }

    @Override
    public Map<String, Values> of(int[] indices, long view) {
        Map<String, Values> fed = examples.inputs(indices, view);
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
    public void close() {
        // the session belongs to the caller
    }
}
