package graft.features;

import graft.data.Examples;
import graft.inference.OrtSession;
import graft.network.Network;
import java.util.List;
import java.util.Optional;

/** The part of a network below the frontier, on ONNX Runtime. Closed by whoever opened it. */
public final class FrozenPart implements AutoCloseable {
    private final Frontier frontier;
    private final Optional<OrtSession> session;
    private final int threads;

    private FrozenPart(Frontier frontier, Optional<OrtSession> session, int threads) {
        this.frontier = frontier;
        this.session = session;
        this.threads = threads;
    }

    public static FrozenPart open(Frontier frontier, Network network, int threads) {
        return new FrozenPart(frontier, frontier.frozen().map(model -> OrtSession.open(model, threads)), threads);
    }

    /** Whether there is anything to compute below the frontier. */
    boolean isEmpty() {
        return session.isEmpty();
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

    /** Features computed each time they are asked for; the session stays this part's. */
    public Features features(Examples examples) {
        return new ComputedFeatures(examples, frontier, session);
    }

    @Override
    public void close() {
        session.ifPresent(OrtSession::close);
    }
}
