package graft.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.problem.WeightRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules of a stage at work, one after the other. */
final class Rules {
    private static final String STATE = "rule/";

    private final Map<String, WeightRule.Acting> acting = new LinkedHashMap<>();

    /**
     * @param learnt arrays of what the stage changes
     * @param stored with the state of the optimizer
     * @param held owns what rules keep
     */
    Rules(List<WeightRule> rules, Map<String, NDArray> learnt, Map<String, Tensor> stored, NDManager held) {
        for (WeightRule rule : rules) {
            String prefix = STATE + rule.name() + "/";
            Map<String, Tensor> own = new LinkedHashMap<>();
            stored.forEach((name, tensor) -> {
                if (name.startsWith(prefix)) {
                    own.put(name.substring(prefix.length()), tensor);
                }
            });
            if (acting.put(prefix, rule.begin(learnt, own, held)) != null) {
                throw new IllegalStateException("two rules are called " + rule.name());
            }
        }
    }

    /** Changes the weights by their gradients, as optimizer and rules want it. */
    void step(
            NDManager step,
            Function<String, Optional<NDArray>> gradient,
            Set<String> weights,
            Optimizer optimizer,
            double learningRate) {
        if (acting.isEmpty()) {
            optimizer.step(step, gradient, learningRate);
            return;
        }
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        weights.forEach(name -> gradient.apply(name).ifPresent(array -> gradients.put(name, array)));
        acting.values().forEach(rule -> rule.change(gradients, step));
        optimizer.step(step, name -> Optional.ofNullable(gradients.get(name)), learningRate);
        acting.values().forEach(rule -> rule.afterStep(optimizer.steps(), step));
    }

    /** For a checkpoint. */
    Map<String, NDArray> state() {
        Map<String, NDArray> out = new LinkedHashMap<>();
        acting.forEach((prefix, rule) -> rule.state().forEach((name, array) -> out.put(prefix + name, array)));
        return out;
    }

    /** Values to be judged and kept in the place of weights; none where these are the weights themselves. */
    Map<String, Tensor> judged() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        acting.values().forEach(rule -> rule.judged()
                .forEach((name, array) -> out.put(name, ArrayTensors.toTensor(name, array))));
        return out;
    }

    /** Whether statistics of batch norms are to be taken anew for what is judged. */
    boolean needFreshStatistics() {
        return acting.values().stream().anyMatch(WeightRule.Acting::needsFreshStatistics);
    }
}
