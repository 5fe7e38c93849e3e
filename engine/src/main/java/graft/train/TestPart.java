package graft.train;

import graft.data.Examples;
import graft.features.MicroBatch;
import graft.inference.OrtSession;
import graft.judge.Evaluation;
import graft.judge.Judge;
import java.nio.file.Path;

/** Examples that chose nothing, neither weights nor an epoch: asked once, of the file that was written. */
final class TestPart {
    private static final int BATCH = 32;

    private TestPart() {}

    /**
     * @param test as the file's inputs take them
     * @param fixedBatch of the network; 0 where it takes any
     */
    static Evaluation judged(Path file, Examples test, Judge judge, int fixedBatch, int threads) {
        try (OrtSession session = OrtSession.open(file, threads)) {
            for (MicroBatch pass : MicroBatch.of(test.bySize(), fixedBatch > 0 ? fixedBatch : BATCH, fixedBatch > 0)) {
                judge.add(session.run(test.inputs(pass.examples(), Examples.PLAIN)), pass.examples(), pass.real());
            }
        }
        return judge.done();
    }
}
