package graft.train;

import graft.data.Examples;
import graft.features.MicroBatch;
import graft.inference.OrtSession;
import graft.judge.Evaluation;
import graft.judge.Judge;
import java.nio.file.Path;

/** Judges a written file by examples, whatever their task: through ONNX Runtime, each example once. */
public final class FileJudge {
    private static final int BATCH = 32;

    private FileJudge() {}

    /**
     * @param examples as the file's inputs take them
     * @param fixedBatch of the network; 0 where it takes any
     */
    public static Evaluation judged(Path file, Examples examples, Judge judge, int fixedBatch, int threads) {
        try (OrtSession session = OrtSession.open(file, threads)) {
            for (MicroBatch pass :
                    MicroBatch.of(examples.bySize(), fixedBatch > 0 ? fixedBatch : BATCH, fixedBatch > 0)) {
                judge.add(session.run(examples.inputs(pass.examples(), Examples.PLAIN)), pass.examples(), pass.real());
            }
        }
        return judge.done();
    }
}
