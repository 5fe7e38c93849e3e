package graft.features;

import graft.data.Examples;
import graft.inference.Lanes;
import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of a network below the frontier, on ONNX Runtime. Closed by whoever opened it. */
public final class FrozenPart implements AutoCloseable {
    private final Frontier frontier;
    private final Optional<OrtSession> session;
    private final int threads;
    private final Lanes lanes;

    private FrozenPart(Frontier frontier, Optional<OrtSession> session, int threads, Lanes lanes) {
        this.frontier = frontier;
        this.session = session;
        this.threads = threads;
        this.lanes = lanes;
    }

    /**
     * Opens what lies below a frontier.
     *
     * @param alike whether all examples are of one size
     */
    public static FrozenPart open(Frontier frontier, int threads, boolean alike) {
        if (frontier.frozen().isEmpty()) {
            return new FrozenPart(frontier, Optional.empty(), threads, Lanes.SINGLE);
        }
        Model below = frontier.frozen().get();
        if (!alike) {
            OrtSession ofOneThread = OrtSession.open(below, 1);
            if (givesOneValue(ofOneThread)) {
                return new FrozenPart(frontier, Optional.of(ofOneThread), threads, Lanes.of(threads));
            }
            ofOneThread.close();
        }
        return new FrozenPart(frontier, Optional.of(OrtSession.open(below, threads)), threads, Lanes.SINGLE);
    }

    /** Whether what crosses is of one size per example, so that it can be kept: then all examples are asked about at once. */
    private static boolean givesOneValue(OrtSession session) {
        return session.outputs().values().stream().allMatch(output -> output.shape()
                .filter(shape -> !shape.isEmpty() && shape.stream().skip(1).allMatch(ValueInfo.Dim::isFixed))
                .isPresent());
    }

    /** Whether there is anything to compute below the frontier. */
    boolean isEmpty() {
        return session.isEmpty();
    }

    /** Whether what lies above computes each row of what crosses by itself. */
    boolean areRowsApart() {
        return RowsApart.are(frontier.trainable(), frontier.crossing());
    }

    /** What it depends on, hashed. */
    String hash() {
        return FeatureKey.frozen(frontier.frozen().orElseThrow());
    }

    /**
     * What kept features of an earlier frontier of this network make of these ones.
     *
     * @param keys of the examples
     * @return empty where the file's features are of another network, or this part needs more than them; the caller closes it
     */
    Optional<RaisedFeatures> raised(FeatureFile kept, List<String> keys) {
        return frontier.above(kept.table()).map(above -> new RaisedFeatures(kept, keys, above, threads));
    }

    /** What crosses the frontier where a network is fed this. */
    public Map<String, Values> crossing(Map<String, Values> fed) {
        return ComputedFeatures.crossing(fed, frontier, session);
    }

    /** Features computed each time they are asked for; the session stays this part's. */
    public Features features(Examples examples) {
        return new ComputedFeatures(examples, frontier, session, lanes);
    }

    @Override
    public void close() {
        session.ifPresent(OrtSession::close);
    }
}
