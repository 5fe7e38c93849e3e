package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.inference.Values;
import graft.network.Head;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The part of a network above the frontier, on PyTorch, with its weights. */
final class TrainablePart implements AutoCloseable {
    private final Executor executor;

    TrainablePart(Frontier frontier, Set<String> trainable, NDManager parent) {
        executor = new Executor(frontier.trainable(), parent, trainable);
    }

    /** {@code [batch, classes]}; belongs to {@code step}. */
    NDArray logits(NDManager step, Map<String, Values> features, Mode mode) {
        Map<String, NDArray> inputs = new HashMap<>();
        features.forEach((name, values) ->
                inputs.put(name, ArrayTensors.toArray(step, values.type(), values.shape(), values.data())));
        return executor.run(step, inputs, mode).get(Head.LOGITS);
    }

    /** The arrays of these tensors; they belong to this part. */
    Map<String, NDArray> arrays(Collection<String> names) {
        Map<String, NDArray> out = new LinkedHashMap<>();
        names.forEach(name -> out.put(name, executor.tensor(name)));
        return out;
    }

    /** Copies of the values of these tensors. */
    Map<String, Tensor> values(Collection<String> names) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        names.forEach(name -> out.put(name, ArrayTensors.toTensor(name, executor.tensor(name))));
        return out;
    }

    void set(Map<String, Tensor> values) {
        values.forEach(executor::set);
    }

    @Override
    public void close() {
        executor.close();
    }
}
