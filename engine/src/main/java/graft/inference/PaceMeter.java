package graft.inference;

import graft.onnx.Model;
import graft.onnx.Values;
import java.util.Map;

/** Measures how fast this machine is with a network. */
public final class PaceMeter {
    private static final int BATCH = 4;
    private static final int TIMES = 3;

    private PaceMeter() {}

    /** Runs random examples through {@code model}, several at once: the first run is not counted, of the others the quickest is. */
    public static double secondsPerExample(Model model) {
        Map<String, Values> examples = ExampleInputs.random(model.graph(), BATCH, 1);
        try (OrtSession session = OrtSession.open(model, 0)) {
            Map<String, Values> fed = session.taken(examples);
            session.run(fed);
            long quickest = Long.MAX_VALUE;
            for (int i = 0; i < TIMES; i++) {
                long begun = System.nanoTime();
                session.run(fed);
                quickest = Math.min(quickest, System.nanoTime() - begun);
            }
            return quickest / 1e9 / BATCH;
        }
    }
}
