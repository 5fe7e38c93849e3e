package graft.features;

import graft.data.Examples;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.onnx.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads examples and runs the frozen part on them each time they are asked for. */
final class ComputedFeatures implements Features {
    private final Examples examples;
    private final String input;
    private final Optional<OrtSession> frozen;
    private final Frontier frontier;

    /** The session stays the caller's. */
    ComputedFeatures(Examples examples, String input, Frontier frontier, Optional<OrtSession> frozen) {
        this.examples = examples;
        this.input = input;
        this.frozen = frozen;
        this.frontier = frontier;
    }

    @Override
    public Map<String, Values> of(int[] indices, long view) {
        Values fed = Batches.of(examples, indices, view);
        if (frozen.isEmpty()) {
            return Map.of(input, fed);
        }
        Map<String, Values> out = new LinkedHashMap<>(frozen.get().run(Map.of(input, fed)));
        if (frontier.crossing().contains(input)) {
            out.put(input, fed);
        }
        return out;
    }

    @Override
    public void close() {
        // the session belongs to the caller
    }
}
