package graft.prune;

import graft.data.Examples;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.network.Network;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How long files take for one example, measured in turns: what slows this machine for a while slows all of them. */
final class Turns {
    private static final int WARM_UP = 10;
    private static final int TIMED = 60;

    private Turns() {}

    /**
     * Medians in milliseconds, in the order of the files.
     *
     * @param like a network that takes what the files take
     */
    static double[] medians(List<Path> files, Network like, Examples examples) {
        Map<String, Values> one =
                Batches.spread(examples, like.model(), 1, 1).iterator().next();
        double[][] times = new double[files.size()][TIMED];
        List<OrtSession> sessions = new ArrayList<>();
        try {
            files.forEach(file -> sessions.add(OrtSession.open(file, 0)));
            for (int i = -WARM_UP; i < TIMED; i++) {
                for (int f = 0; f < sessions.size(); f++) {
                    long start = System.nanoTime();
                    sessions.get(f).runForNumbers(sessions.get(f).taken(one));
                    if (i >= 0) {
                        times[f][i] = (System.nanoTime() - start) / 1e6;
                    }
                }
            }
        } finally {
            sessions.forEach(OrtSession::close);
        }
        return Arrays.stream(times)
                .mapToDouble(each -> Arrays.stream(each).sorted().toArray()[TIMED / 2])
                .toArray();
    }
}
