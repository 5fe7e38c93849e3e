package graft.train;

import graft.data.Examples;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.Model;
import java.util.Optional;

/** The part of a network below the frontier, on ONNX Runtime. Closed by whoever opened it. */
final class FrozenPart implements AutoCloseable {
    private final Frontier frontier;
    private final String input;
    private final Optional<OrtSession> session;

    private FrozenPart(Frontier frontier, String input, Optional<OrtSession> session) {
        this.frontier = frontier;
        this.input = input;
        this.session = session;
    }

    static FrozenPart open(Frontier frontier, Network network, int threads) {
        String input = network.model().graph().inputs().get(0).name();
        return new FrozenPart(frontier, input, frontier.frozen().map(model -> OrtSession.open(model, threads)));
    }

    /** Whether there is anything to compute below the frontier. */
    boolean isEmpty() {
        return session.isEmpty();
    }

    /** What is computed below the frontier. */
    Optional<Model> model() {
        return frontier.frozen();
    }

    /** Features computed each time they are asked for; the session stays this part's. */
    Features features(Examples examples) {
        return new ComputedFeatures(examples, input, frontier, session);
    }

    @Override
    public void close() {
        session.ifPresent(OrtSession::close);
    }
}
