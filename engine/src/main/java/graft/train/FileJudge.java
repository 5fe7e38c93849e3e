package graft.train;

import graft.data.Examples;
import graft.features.MicroBatch;
import graft.inference.Lanes;
import graft.inference.OrtSession;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Judges a written file by examples, whatever their task: through ONNX Runtime, each example once. */
public final class FileJudge {
    private static final int BATCH = 32;

    private FileJudge() {}

    /**
     * @param examples as the file's inputs take them
     * @param fixedBatch of the network; 0 where it takes any
     */
    public static Evaluation judged(Path file, Examples examples, Judge judge, int fixedBatch, int threads) {
        ask(
                file,
                examples,
                examples.bySize(),
                fixedBatch,
                threads,
                judge.reads(),
                (pass, said) -> judge.add(said, pass.examples(), pass.real()));
        return judge.done();
    }

    /** What takes a file's answers on some examples. */
    interface Taker {
        void take(MicroBatch pass, Map<String, Values> said);
    }

    /**
     * A file's answers.
     *
     * @param some numbers of the examples to be asked about, the largest first
     * @param wanted the outputs that are asked for; empty: all
     */
    static void ask(
            Path file, Examples examples, int[] some, int fixedBatch, int threads, Set<String> wanted, Taker taker) {
        Lanes lanes = examples.alike() ? Lanes.SINGLE : Lanes.of(threads);
        try (OrtSession session = OrtSession.open(file, examples.alike() ? threads : 1)) {
            lanes.ask(
                    MicroBatch.asked(some, examples, fixedBatch, BATCH),
                    pass -> answers(session, examples.inputs(pass.examples(), Examples.PLAIN), wanted),
                    (pass, said) -> {
                        taker.take(pass, said);
                        return true;
                    });
        }
    }

    private static Map<String, Values> answers(OrtSession session, Map<String, Values> fed, Set<String> wanted) {
        return wanted.isEmpty() ? session.run(fed) : session.run(fed, wanted);
    }
}
