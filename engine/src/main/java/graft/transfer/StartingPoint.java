package graft.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.network.Head;
import graft.network.Network;
import graft.onnx.Tensor;
import graft.ops.ArrayTensors;
import graft.ops.TorchScript;
import graft.problem.Problem;
import graft.problem.WeightRule;
import graft.run.PlanOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pre-trained weights are pulled back to where they began: {@code α/2 · Σ (w − w⁰)²} is added to the loss (L2-SP, Li, Grandvalet
 * and Davoine 2018). Only its gradient is needed: {@code α · (w − w⁰)}. The new head has no such place, and is left alone.
 */
final class StartingPoint implements WeightRule {
    static final Technique TECHNIQUE = new Technique(
            "L2-SP",
            "Pulls pre-trained weights back to the values that they came with: where much learns from few examples and forgets what"
                    + " the network knew.",
            List.of(PlanOptions.L2_SP),
            (plain, settings) -> settings.get(PlanOptions.L2_SP) > 0
                    ? plain.with(new StartingPoint(settings.get(PlanOptions.L2_SP), plain))
                    : plain);

    private final double strength;
    /** As the run found them, whatever the stage. */
    private final Map<String, Tensor> start = new LinkedHashMap<>();

    private StartingPoint(double strength, Problem problem) {
        this.strength = strength;
        Network found = problem.found();
        Map<String, Tensor> tensors = found.model().graph().initializers();
        problem.network().trainable().stream()
                .filter(name -> found.head().map(Head::learning).stream().noneMatch(head -> head.contains(name)))
                .forEach(name -> start.put(name, tensors.get(name)));
    }

    @Override
    public String name() {
        return "l2-sp";
    }

    @Override
    public Acting begin(Map<String, NDArray> learnt, Map<String, Tensor> stored, NDManager held) {
        TorchScript torchScript = new TorchScript(held);
        Map<String, NDArray> places = new LinkedHashMap<>();
        start.forEach((name, tensor) -> places.put(name, ArrayTensors.toArray(held, tensor)));
        return new Acting() {
            @Override
            public void change(Map<String, NDArray> gradients, NDManager step) {
                places.forEach((name, place) -> {
                    NDArray weight = learnt.get(name);
                    NDArray gradient = gradients.get(name);
                    NDArray pulled = gradient == null
                            ? torchScript
                                    .call(step, "return torch.mul(torch.sub(a, b), " + strength + ")", 1, weight, place)
                                    .head()
                            : torchScript
                                    .call(
                                            step,
                                            "return torch.add(c, torch.sub(a, b), alpha=" + strength + ")",
                                            1,
                                            weight,
                                            place,
                                            gradient)
                                    .head();
                    gradients.put(name, pulled);
                });
            }
        };
    }
}
