package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.features.Frontier;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.Recomputation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a network above the frontier, on PyTorch, with its weights. */
final class TrainablePart implements AutoCloseable {
    private final Executor executor;
    private final List<Node> nodes;
    private final List<String> outputs;

    /** @param taps inner tensors that are wanted beside the outputs where something learns */
    TrainablePart(Frontier frontier, Set<String> trainable, Set<String> taps, NDManager parent) {
        Model above = frontier.trainable();
        nodes = above.graph().nodes();
        outputs = above.graph().outputNames();
        executor = new Executor(taps.isEmpty() ? above : tapped(above, taps), parent, trainable);
    }

    private static Model tapped(Model above, Set<String> taps) {
        List<ValueInfo> all = new ArrayList<>(above.graph().outputs());
        taps.stream()
                .filter(tap -> !above.graph().outputNames().contains(tap))
                .forEach(tap -> all.add(ValueInfo.ofName(tap)));
        return above.withGraph(above.graph().edit().outputs(all).build());
    }

    /** The network's outputs by name; they belong to {@code step}. */
    Map<String, NDArray> outputs(NDManager step, Map<String, Values> features, Mode mode) {
        return answers(executor.run(step, arrays(step, features), mode));
    }

    /** The outputs, and what was tapped; they belong to {@code step}. */
    Map<String, NDArray> computed(NDManager step, Map<String, Values> features, Mode mode) {
        return executor.run(step, arrays(step, features), mode);
    }

    private Map<String, NDArray> answers(Map<String, NDArray> computed) {
        Map<String, NDArray> out = new LinkedHashMap<>(computed);
        out.keySet().retainAll(outputs);
        return out;
    }

    /**
     * What a step that learns works with.
     *
     * @param outputs of the network, by name
     * @param computed these, and what was tapped
     * @param run where most of what the backward pass needs is computed again
     */
    record Answer(Map<String, NDArray> outputs, Map<String, NDArray> computed, Optional<Recomputation> run) {
        /** Computes the gradients that are missing once those of the outputs were computed. */
        void backward() {
            run.ifPresent(Recomputation::backward);
        }
    }

    /**
     * The outputs, with gradients recorded; they belong to {@code step}.
     *
     * @param sparing whether little is kept for the backward pass
     */
    Answer answer(NDManager step, Map<String, Values> features, Mode mode, boolean sparing) {
        if (!sparing) {
            Map<String, NDArray> computed = executor.run(step, arrays(step, features), mode);
            return new Answer(answers(computed), computed, Optional.empty());
        }
        Recomputation run = executor.runSparingly(step, arrays(step, features), mode);
        return new Answer(answers(run.outputs()), run.outputs(), Optional.of(run));
    }

    private static Map<String, NDArray> arrays(NDManager step, Map<String, Values> features) {
        Map<String, NDArray> inputs = new HashMap<>();
        features.forEach((name, values) -> inputs.put(name, ArrayTensors.toArray(step, values)));
        return inputs;
    }

    /** The gradient of a weight; empty where none reached it. Belongs to {@code step}. */
    Optional<NDArray> gradient(NDManager step, String name) {
        return executor.gradient(step, name);
    }

    void clearGradients() {
        executor.clearGradients();
    }

    /** Weight and bias, where this is nothing but a linear head and all of it learns. */
    Optional<List<String>> linearHead(Set<String> trainable) {
        if (nodes.size() != 1) {
            return Optional.empty();
        }
        Node node = nodes.get(0);
        List<String> inputs = node.inputs();
        boolean linear = node.opType().equals("Gemm")
                && inputs.size() == 3
                && node.attribute("transB", 0) == 1
                && node.attribute("transA", 0) == 0
                && node.attribute("alpha", 1f) == 1
                && node.attribute("beta", 1f) == 1;
        return linear && trainable.equals(Set.copyOf(inputs.subList(1, 3)))
                ? Optional.of(inputs.subList(1, 3))
                : Optional.empty();
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
