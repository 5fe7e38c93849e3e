package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.data.SizeBuckets;
import graft.features.LabelledFeatures;
import graft.features.MicroBatch;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Mode;
import graft.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The engine's answers on examples that are judged. */
final class Validation {
    private static final int BATCH = 32;

    private final Problem problem;
    private final LabelledFeatures val;
    private final TrainablePart part;
    private final Optional<HeadSteps> head;
    private final Passes passes;
    private final NDManager manager;

    /** @param examples that are answered */
    Validation(
            Problem problem,
            LabelledFeatures examples,
            TrainablePart part,
            Optional<HeadSteps> head,
            NDManager manager) {
        this.problem = problem;
        this.val = examples;
        this.part = part;
        this.head = head;
        this.passes = new Passes(Math.toIntExact(problem.network().report().fixedBatch()));
        this.manager = manager;
    }

    /** Takes the answers on some examples. */
    private interface Taker {
        void take(Map<String, Values> answers, int[] examples, int real);
    }

    Evaluation judged() {
        Judge judge = problem.judge().apply(val.targets());
        answer(judge::add);
        return judge.done();
    }

    /** The answers, and what is to be noted of how they were judged. */
    record Judged(Answers answers, Evaluation evaluation) {}

    Judged answers() {
        Answers out = new Answers(val.size(), val.targets()::rows);
        Judge judge = problem.judge().apply(val.targets());
        answer((answers, examples, real) -> {
            out.put(answers, examples, real);
            judge.add(answers, examples, real);
        });
        return new Judged(out, judge.done());
    }

    private void answer(Taker taker) {
        int[] all = SizeBuckets.sorted(val.sizes());
        if (head.isPresent()) {
            try (NDManager step = manager.newSubManager()) {
                Optional<NDArray> matrix = val.features().matrix(step, 0);
                if (matrix.isPresent()) {
                    NDArray logits = head.get().logits(step, matrix.get());
                    int[] inOrder = IntStream.range(0, all.length).toArray();
                    String output =
                            problem.network().model().graph().outputNames().get(0);
                    taker.take(ArrayTensors.toValues(Map.of(output, logits)), inOrder, all.length);
                    return;
                }
            }
        }
        List<MicroBatch> batches = passes.of(all, BATCH);
        for (int i = 0; i < batches.size(); i++) {
            try (NDManager step = manager.newSubManager()) {
                Map<String, NDArray> outputs = part.outputs(step, Passes.features(val, batches, i, 0), Mode.INFERENCE);
                MicroBatch pass = batches.get(i);
                taker.take(ArrayTensors.toValues(outputs), pass.examples(), pass.real());
            }
        }
    }
}
