package graft.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.TorchScript;
import graft.options.Settings;
import graft.problem.Problem;
import graft.problem.WeightRule;
import graft.run.PlanOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plain average of the weights over the last quarter of a stage's steps is judged and kept (stochastic weight averaging, Izmailov
 * et al. 2018), batch-norm statistics taken anew for it. Until then the weights themselves are.
 */
final class TailAverage implements WeightRule {
    static final Technique TECHNIQUE = new Technique(
            "SWA",
            "Judges and keeps the plain average of the weights over the last quarter of a stage, its batch-norm statistics taken anew"
                    + " from the examples: for long runs at a rate that stays high, whose end lies beside a flat valley.",
            List.of(PlanOptions.SWA),
            TailAverage::applied);

    private static final int SHARE = 4;
    /** Name of the number of steps that are in the average, among its state; no tensor of a network is called so. */
    private static final String COUNT = "/count";

    private final long from;

    /** @param from the average begins after so many steps */
    private TailAverage(long from) {
        this.from = from;
    }

    private static Problem applied(Problem plain, Settings settings) {
        if (!settings.get(PlanOptions.SWA)) {
            return plain;
        }
        if (settings.get(PlanOptions.EMA) > 0) {
            throw new Refusal("--swa and --ema each judge another average of the weights. Leave one of them out.");
        }
        long step = Math.multiplyExact(settings.get(PlanOptions.BATCH), settings.get(PlanOptions.ACCUMULATE));
        long steps = (plain.train().size() + step - 1) / step * settings.get(PlanOptions.EPOCHS);
        return plain.with(new TailAverage(steps - (steps + SHARE - 1) / SHARE));
    }

    @Override
    public String name() {
        return "swa";
    }

    @Override
    public Acting begin(Map<String, NDArray> learnt, Map<String, Tensor> stored, NDManager held) {
        return new Averaging(learnt, stored, held);
    }

    private final class Averaging implements Acting {
        private final Map<String, NDArray> learnt;
        private final NDManager held;
        private final TorchScript torchScript;
        private final Map<String, NDArray> average = new LinkedHashMap<>();
        private long count;

        Averaging(Map<String, NDArray> learnt, Map<String, Tensor> stored, NDManager held) {
            this.learnt = learnt;
            this.held = held;
            this.torchScript = new TorchScript(held);
            stored.forEach((name, tensor) -> {
                if (name.equals(COUNT)) {
                    count = (long) tensor.toFloats()[0];
                } else {
                    average.put(name, ArrayTensors.toArray(held, tensor));
                }
            });
        }

        @Override
        public void afterStep(long steps, NDManager step) {
            if (steps <= from) {
                return;
            }
            count++;
            try (NDManager once = step.newSubManager()) {
                NDArray share = ArrayTensors.number(once, 1f / count);
                learnt.forEach((name, array) -> {
                    if (!average.containsKey(name)) {
                        average.put(
                                name,
                                torchScript
                                        .call(held, "return torch.clone(a)", 1, array)
                                        .head());
                    } else {
                        torchScript.call(
                                once,
                                "return torch.add_(a, torch.mul(torch.sub(b, a), c))",
                                1,
                                average.get(name),
                                array,
                                share);
                    }
                });
            }
        }

        @Override
        public Map<String, NDArray> state() {
            if (average.isEmpty()) {
                return Map.of();
            }
            Map<String, NDArray> out = new LinkedHashMap<>(average);
            out.put(COUNT, ArrayTensors.number(held, count));
            return out;
        }

        @Override
        public Map<String, NDArray> judged() {
            return average;
        }

        @Override
        public boolean needsFreshStatistics() {
            return !average.isEmpty();
        }
    }
}
