package graft.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.TorchScript;
import graft.problem.WeightRule;
import graft.run.PlanOptions;
import java.util.List;
import java.util.Map;

/** Gradients whose norm over all weights is too large are made shorter, as PyTorch's {@code clip_grad_norm_} does. */
final class GradientClipping implements WeightRule {
    static final Technique TECHNIQUE = new Technique(
            "gradient clipping",
            "No step is longer than a limit lets it be: where single batches throw training off, as with transformers and recurrent"
                    + " networks.",
            List.of(PlanOptions.CLIP),
            (plain, settings) -> settings.get(PlanOptions.CLIP) > 0
                    ? plain.with(new GradientClipping(settings.get(PlanOptions.CLIP)))
                    : plain);

    private final double most;

    private GradientClipping(double most) {
        this.most = most;
    }

    @Override
    public String name() {
        return "clip";
    }

    @Override
    public Acting begin(Map<String, NDArray> learnt, Map<String, Tensor> stored, NDManager held) {
        TorchScript torchScript = new TorchScript(held);
        return new Acting() {
            @Override
            public void change(Map<String, NDArray> gradients, NDManager step) {
                double squares = 0;
                for (NDArray gradient : gradients.values()) {
                    NDArray squared = gradient.square().sum();
                    squared.attach(step);
                    squares += squared.getFloat();
                }
                double factor = most / (Math.sqrt(squares) + 1e-6);
                if (factor < 1) {
                    NDArray number = ArrayTensors.number(step, (float) factor);
                    gradients
                            .values()
                            .forEach(
                                    gradient -> torchScript.call(step, "return torch.mul_(a, b)", 1, gradient, number));
                }
            }
        };
    }
}
