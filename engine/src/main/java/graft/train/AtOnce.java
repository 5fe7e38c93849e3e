package graft.train;

import ai.djl.ndarray.NDManager;
import graft.features.LabelledFeatures;
import graft.features.MicroBatch;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Mode;
import graft.problem.ClosedForm;
import graft.problem.Problem;
import graft.progress.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds what learns by one look at every example, where a {@link ClosedForm} says how. */
final class AtOnce {
    private static final int BATCH = 32;

    private final Problem problem;
    private final TrainablePart part;
    private final Passes passes;
    private final NDManager manager;

    AtOnce(Problem problem, TrainablePart part, NDManager manager) {
        this.problem = problem;
        this.part = part;
        this.passes = new Passes(Math.toIntExact(problem.network().report().fixedBatch()));
        this.manager = manager;
    }

    /**
     * Sets the weights.
     *
     * @param view the one that is looked at
     * @return how they answer the examples that they were found by; empty if cancelled, when nothing is set
     */
    Optional<Evaluation> find(ClosedForm form, long view, Progress progress) {
        ClosedForm.Looking looking = form.begin();
        Judge judge = problem.judge().apply(problem.train().targets());
        if (!each(view, progress, (features, pass) -> look(form, looking, features, pass))) {
            return Optional.empty();
        }
        Map<String, Tensor> found = looking.weights();
        part.set(found);
        boolean through = each(view, progress, (features, pass) -> {
            try (NDManager step = manager.newSubManager()) {
                Map<String, Values> answers = ArrayTensors.toValues(part.outputs(step, features, Mode.INFERENCE));
                judge.add(answers, pass.examples(), pass.real());
            }
        });
        return through ? Optional.of(judge.done()) : Optional.empty();
    }

    private void look(ClosedForm form, ClosedForm.Looking looking, Map<String, Values> features, MicroBatch pass) {
        if (form.looksAt().isEmpty()) {
            looking.see(features, pass.examples(), pass.real());
            return;
        }
        String wanted = form.looksAt().get();
        try (NDManager step = manager.newSubManager()) {
            Values seen = ArrayTensors.toValues(Map.of(
                            wanted,
                            part.computed(step, features, Mode.INFERENCE).get(wanted)))
                    .get(wanted);
            looking.see(Map.of(wanted, seen), pass.examples(), pass.real());
        }
    }

    /** Does something with each pass. */
    private interface Doing {
        void with(Map<String, Values> features, MicroBatch pass);
    }

    private boolean each(long view, Progress progress, Doing doing) {
        LabelledFeatures train = problem.train();
        List<MicroBatch> all = passes.of(IntStream.range(0, train.size()).toArray(), BATCH);
        for (int i = 0; i < all.size(); i++) {
            progress.waitWhilePaused();
            if (progress.isCancelled()) {
                return false;
            }
            doing.with(Passes.features(train, all, i, view), all.get(i));
        }
        return true;
    }
}
