package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.objective.Objective;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An objective on PyTorch: losses to go back from. Closed by whoever opened it. */
final class StepLoss implements AutoCloseable {
    private final Objective objective;
    private final Executor executor;

    StepLoss(Objective objective, NDManager parent) {
        this.objective = objective;
        this.executor = new Executor(objective.graph(), parent, Set.of());
    }

    /**
     * The share that some examples have in the mean loss of a step; a scalar, which belongs to {@code step}.
     *
     * @param answers of the network, by name
     * @param weight what the step's mean is taken over
     */
    NDArray of(NDManager step, Map<String, NDArray> answers, Map<String, Values> targets, double weight) {
        Map<String, NDArray> inputs = new HashMap<>();
        objective.graph().graph().inputs().forEach(input -> {
            if (answers.containsKey(input.name())) {
                inputs.put(input.name(), answers.get(input.name()));
            }
        });
        targets.forEach((name, values) -> inputs.put(name, ArrayTensors.toArray(step, values)));
        inputs.put(Objective.SHARE, ArrayTensors.number(step, (float) (1 / weight)));
        return executor.run(step, inputs, Mode.INFERENCE).get(Objective.LOSS);
    }

    @Override
    public void close() {
        executor.close();
    }
}
