package graft.features;

import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Features computed from those kept at an earlier frontier, instead of from the examples. */
final class RaisedFeatures implements Features {
    private final FeatureFile kept;
    private final List<String> keys;
    private final Optional<Model> above;
    private final int threads;
    private Optional<OrtSession> session = Optional.empty();

    /**
     * @param keys of the examples
     * @param above what lies between the two frontiers; empty where the same tensors cross both
     */
    RaisedFeatures(FeatureFile kept, List<String> keys, Optional<Model> above, int threads) {
        this.kept = kept;
        this.keys = keys;
        this.above = above;
        this.threads = threads;
    }

    @Override
    public boolean has(int example, long view) {
        return kept.position(keys.get(example))
                .filter(position -> kept.isThere(position, view))
                .isPresent();
    }

    @Override
    public Map<String, Values> of(int[] examples, long view) {
        int[] positions = new int[examples.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = kept.position(keys.get(examples[i])).orElseThrow();
        }
        Map<String, Values> out = new LinkedHashMap<>(kept.batch(positions, view));
        if (above.isPresent()) {
            if (session.isEmpty()) {
                session = above.map(model -> OrtSession.open(model, threads));
            }
            Map<String, Values> fed = new LinkedHashMap<>(out);
            fed.keySet().retainAll(session.get().inputNames());
            out.putAll(session.get().run(fed));
        }
        return out;
    }

    @Override
    public void close() {
        session.ifPresent(OrtSession::close);
    }
}
