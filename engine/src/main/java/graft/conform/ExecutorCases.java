package graft.conform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.Executor;
import graft.ops.Mode;
import graft.ops.TorchEngine;
import graft.ops.TorchEngine.Hardware;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cases in Graft's own executor. Used on the thread that made it. */
final class ExecutorCases implements CaseEngine {
    private final NDManager manager;

    ExecutorCases(Hardware device) {
        this.manager = TorchEngine.start(0, device);
    }

    @Override
    public Prepared prepare(Model model, Set<String> learning) {
        Map<String, Node> producers = model.graph().producers();
        List<String> weights = learning.stream()
                .filter(name -> model.graph().initializers().containsKey(name)
                        || producers.containsKey(name)
                                && producers.get(name).opType().equals("Constant"))
                .toList();
        return new PreparedGraph(model, manager, Set.copyOf(weights), learning);
    }

    @Override
    public boolean hasGradients() {
        return true;
    }

    @Override
    public void close() {
        manager.close();
    }

    private static final class PreparedGraph implements Prepared {
        private final NDManager manager;
        private final Executor executor;
        private final Set<String> weights;
        private final Set<String> learning;

        PreparedGraph(Model model, NDManager manager, Set<String> weights, Set<String> learning) {
            this.manager = manager;
            this.weights = weights;
            this.learning = learning;
            this.executor = new Executor(model, manager, weights);
        }

        @Override
        public Answer run(Map<String, Tensor> inputs, Optional<Tensor> cotangent) {
            TorchEngine.recordGradients(cotangent.isPresent());
            try (NDManager step = manager.newSubManager()) {
                Map<String, NDArray> fed = new LinkedHashMap<>();
                Map<String, NDArray> leaves = new LinkedHashMap<>();
                inputs.forEach((name, tensor) -> {
                    NDArray array = ArrayTensors.toArray(step, tensor);
                    if (learning.contains(name) && tensor.type().isFloat()) {
                        array.setRequiresGradient(true);
                        leaves.put(name, array);
                    }
                    fed.put(name, array);
                });
                List<NDArray> results =
                        new ArrayList<>(executor.run(step, fed, Mode.INFERENCE).values());
                List<Tensor> outputs = new ArrayList<>();
                results.forEach(array -> outputs.add(array == null ? null : ArrayTensors.toTensor("", array)));
                Map<String, Tensor> gradients = Map.of();
                if (cotangent.isPresent()) {
                    NDArray seed = ArrayTensors.toArray(step, cotangent.get());
                    gradients = gradients(step, results.get(0), seed, leaves);
                }
                return new Answer(outputs, gradients);
            } finally {
                executor.clearGradients();
                TorchEngine.recordGradients(false);
            }
        }

        private Map<String, Tensor> gradients(
                NDManager step, NDArray output, NDArray seed, Map<String, NDArray> leaves) {
            Map<String, Tensor> out = new LinkedHashMap<>();
            if (leaves.isEmpty() && weights.isEmpty()) {
                return out; // PyTorch refuses to go back from what depends on nothing
            }
            TorchEngine.backward(output, seed);
            leaves.forEach((name, leaf) -> TorchEngine.gradient(step, leaf)
                    .ifPresent(gradient -> out.put(name, ArrayTensors.toTensor(name, gradient))));
            weights.forEach(name -> executor.gradient(step, name)
                    .ifPresent(gradient -> out.put(name, ArrayTensors.toTensor(name, gradient))));
            return out;
        }

        @Override
        public void close() {
            executor.close();
        }
    }
}
