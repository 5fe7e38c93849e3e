package graft.train;

import graft.data.Examples;
import graft.features.Pass;
import graft.inference.Batches;
import graft.inference.OrtSession;
import graft.network.Head;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/** Examples that chose nothing, neither weights nor an epoch: asked once, of the file that was written. */
final class TestPart {
    private static final int BATCH = 32;

    private TestPart() {}

    /** @param fixedBatch of the network; 0 where it takes any */
    static double accuracy(Path file, Examples test, int fixedBatch, int threads) {
        int right = 0;
        int at = 0;
        try (OrtSession session = OrtSession.open(file, threads)) {
            String input = session.inputNames().iterator().next();
            int[] all = IntStream.range(0, test.size()).toArray();
            for (Pass pass : Pass.of(all, fixedBatch > 0 ? fixedBatch : BATCH, fixedBatch > 0)) {
                FloatBuffer answers = session.run(Map.of(input, Batches.of(test, pass.examples(), Examples.PLAIN)))
                        .get(Head.LOGITS)
                        .floats();
                float[] row = new float[answers.remaining() / pass.examples().length];
                for (int i = 0; i < pass.real(); i++, at++) {
                    answers.get(row);
                    right += Judged.argMax(row) == test.label(at) ? 1 : 0;
                }
            }
        }
        return (double) right / test.size();
    }
}
