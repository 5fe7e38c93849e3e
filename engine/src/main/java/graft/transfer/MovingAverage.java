package graft.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.TorchScript;
import graft.options.Settings;
import graft.problem.WeightRule;
import graft.run.PlanOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An exponential moving average of weights and running statistics is judged and kept, while the weights themselves go on learning
 * (Polyak and Juditsky 1992). It begins as the weights after the first step of a stage, as PyTorch's {@code AveragedModel} does.
 */
final class MovingAverage implements WeightRule {
    static final Technique TECHNIQUE = new Technique(
            "moving average of weights",
            "Judges and keeps an average of the weights over the last steps instead of the last step's: where the validation"
                    + " score jumps from epoch to epoch; the average spans about 1 / (1 − DECAY) steps.",
            List.of(PlanOptions.EMA),
            (plain, settings) -> settings.get(PlanOptions.EMA) > 0
                    ? plain.with(new MovingAverage(settings.get(PlanOptions.EMA)))
                    : plain);

    private final double decay;

    /**
     * What the user should know of an average that spans more than there will be.
     *
     * @param steps of all stages
     */
    static Optional<String> remark(Settings settings, long steps) {
        double decay = settings.get(PlanOptions.EMA);
        long span = Math.round(1 / (1 - decay));
        return decay == 0 || span <= steps / 2
                ? Optional.empty()
                : Optional.of(
                        "--ema " + decay + " averages over about " + span + " steps, and this run takes " + steps
                                + ": what is judged and kept stays near the weights of the first step. Use a smaller decay, or more epochs.");
    }

    private MovingAverage(double decay) {
        this.decay = decay;
    }

    @Override
    public String name() {
        return "ema";
    }

    @Override
    public Acting begin(Map<String, NDArray> learnt, Map<String, Tensor> stored, NDManager held) {
        Map<String, NDArray> average = new LinkedHashMap<>();
        TorchScript torchScript = new TorchScript(held);
        learnt.forEach((name, array) -> {
            Tensor tensor = stored.get(name);
            average.put(
                    name,
                    tensor != null
                            ? ArrayTensors.toArray(held, tensor)
                            : torchScript
                                    .call(held, "return torch.clone(a)", 1, array)
                                    .head());
        });
        String towards = "return torch.lerp_(a, b, " + (1 - decay) + ")";
        return new Acting() {
            @Override
            public void afterStep(long steps, NDManager step) {
                String rule = steps == 1 ? "return torch.copy_(a, b)" : towards;
                try (NDManager once = step.newSubManager()) {
                    average.forEach((name, array) -> torchScript.call(once, rule, 1, array, learnt.get(name)));
                }
            }

            @Override
            public Map<String, NDArray> state() {
                return average;
            }

            @Override
            public Map<String, NDArray> judged() {
                return average;
            }
        };
    }
}
