package graft.transfer;

import graft.data.ClassTargets;
import graft.network.Means;
import graft.network.PrototypeHead;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.problem.ClosedForm;
import graft.problem.Problem;
import graft.run.Fit;
import graft.run.PlanOptions;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Class means of frozen features as a linear head (Snell et al. 2017). */
final class Prototypes implements ClosedForm {
    static final Technique TECHNIQUE = new Technique(
            "prototypes",
            "The head from the means of the classes' features, without a step: for a handful of examples per class, and as a first"
                    + " head for stages that go on with it.",
            List.of(PlanOptions.FIT),
            (plain, settings) ->
                    settings.get(PlanOptions.FIT) == Fit.PROTOTYPES ? plain.with(new Prototypes(plain)) : plain);

    private final ClassTargets targets;
    private final String weight;
    private final String bias;

    private Prototypes(Problem problem) {
        this.targets = (ClassTargets) problem.train().targets();
        Iterator<String> names =
                problem.network().head().orElseThrow().weights().keySet().iterator();
        this.weight = names.next();
        this.bias = names.next();
    }

    @Override
    public Looking begin() {
        Means means = new Means(targets.classes());
        return new Looking() {
            @Override
            public void see(Map<String, Values> features, int[] examples, int real) {
                int[] labels = IntStream.range(0, real)
                        .map(i -> targets.label(examples[i]))
                        .toArray();
                means.add(features.values().iterator().next(), labels);
            }

            @Override
            public Map<String, Tensor> weights() {
                double[][] all = means.means();
                return Map.of(
                        weight,
                        Tensor.ofFloats(weight, new long[] {all.length, all[0].length}, PrototypeHead.weight(all)),
                        bias,
                        Tensor.ofFloats(bias, new long[] {all.length}, PrototypeHead.bias(all)));
            }
        };
    }

    @Override
    public Map<String, String> notes() {
        int[] counts = new int[targets.classes()];
        Arrays.stream(targets.labels()).forEach(label -> counts[label]++);
        return Map.of(
                PrototypeHead.NOTE,
                Arrays.stream(counts).mapToObj(Integer::toString).collect(Collectors.joining(",")));
    }
}
