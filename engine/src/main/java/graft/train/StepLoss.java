package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.objective.Objective;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An objective on PyTorch, with its own tensors that learn: losses to go back from. Closed by whoever opened it. */
final class StepLoss implements AutoCloseable {
    /** Stands before the names of an objective's tensors beside those of a network. */
    private static final String OWN = "objective/";

    private final Objective objective;
    private final Set<String> takes;
    private final Set<String> learning;
    private final Executor executor;

    StepLoss(Objective objective, NDManager parent) {
        this.objective = objective;
        this.takes = objective.takes();
        this.learning = objective.learning().stream().map(OWN::concat).collect(Collectors.toUnmodifiableSet());
        this.executor = new Executor(objective.graph(), parent, objective.learning());
    }

    /** Names of its own tensors that learn. */
    Set<String> learning() {
        return learning;
    }

    /** The arrays of these, by {@link #learning name}; they belong to this. */
    Map<String, NDArray> arrays() {
        Map<String, NDArray> out = new LinkedHashMap<>();
        objective.graph().graph().initializers().keySet().stream()
                .filter(objective.learning()::contains)
                .forEach(name -> out.put(OWN + name, executor.tensor(name)));
        return out;
    }

    /** Puts values back that a checkpoint has; it may have other tensors too. */
    void set(Map<String, Tensor> stored) {
        arrays().keySet().stream()
                .filter(stored::containsKey)
                .forEach(name -> executor.set(name.substring(OWN.length()), stored.get(name)));
    }

    /** The gradient of one of its tensors; empty where none reached it. Belongs to {@code step}. */
    Optional<NDArray> gradient(NDManager step, String name) {
        return executor.gradient(step, name.substring(OWN.length()));
    }

    void clearGradients() {
        executor.clearGradients();
    }

    /** Whether it takes a tensor of this name. */
    boolean takes(String name) {
        return takes.contains(name);
    }

    /** The loss of an objective that asks for neither more nor how much of the stage is done. */
    NDArray of(NDManager step, Map<String, NDArray> answers, Map<String, Values> targets, double weight) {
        return of(step, answers, targets, weight, 0);
    }

    /**
     * The share that some examples have in the mean loss of a step; a scalar, which belongs to {@code step}.
     *
     * @param answers of the network, by name
     * @param known what is known of the examples: targets, a teacher's answers
     * @param weight what the step's mean is taken over
     * @param progress how much of the stage is done, 0…1
     */
    NDArray of(
            NDManager step, Map<String, NDArray> answers, Map<String, Values> known, double weight, double progress) {
        Map<String, NDArray> inputs = new HashMap<>(answers);
        inputs.keySet().retainAll(takes);
        known.forEach((name, values) -> inputs.put(name, ArrayTensors.toArray(step, values)));
        inputs.put(Objective.SHARE, ArrayTensors.number(step, (float) (1 / weight)));
        if (takes.contains(Objective.PROGRESS)) {
            inputs.put(Objective.PROGRESS, ArrayTensors.number(step, (float) progress));
        }
        return executor.run(step, inputs, Mode.INFERENCE).get(Objective.LOSS);
    }

    @Override
    public void close() {
        executor.close();
    }
}
