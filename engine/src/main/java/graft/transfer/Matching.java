package graft.transfer;

import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.problem.ClosedForm;
import graft.problem.Problem;
import graft.run.Fit;
import graft.run.PlanOptions;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** The features of the examples as the support of a {@link graft.network.MatchingHead}. */
final class Matching implements ClosedForm {
    static final Technique TECHNIQUE = new Technique(
            "matching",
            "The examples' features in the file itself, and answers by those that are nearest: for classes of which each looks"
                    + " like several things; the file grows with the examples.",
            List.of(PlanOptions.FIT, PlanOptions.SHARPNESS),
            (plain, settings) ->
                    settings.get(PlanOptions.FIT) == Fit.MATCHING ? plain.with(new Matching(plain)) : plain);

    private final int size;
    private final String support;

    private Matching(Problem problem) {
        this.size = problem.train().size();
        this.support = problem.network()
                .head()
                .orElseThrow()
                .weights()
                .keySet()
                .iterator()
                .next();
    }

    @Override
    public Looking begin() {
        float[][] rows = new float[size][];
        return new Looking() {
            @Override
            public void see(Map<String, Values> features, int[] examples, int real) {
                FloatBuffer values = features.values().iterator().next().floats();
                int width = values.remaining() / examples.length;
                for (int i = 0; i < real; i++) {
                    rows[examples[i]] = new float[width];
                    values.get(rows[examples[i]]); // of length 1: what crosses is normalised in the head
                }
            }

            @Override
            public Map<String, Tensor> weights() {
                int width = rows[0].length;
                float[] columns = new float[width * size];
                for (int example = 0; example < size; example++) {
                    for (int i = 0; i < width; i++) {
                        columns[i * size + example] = rows[example][i];
                    }
                }
                return Map.of(support, Tensor.ofFloats(support, new long[] {width, size}, columns));
            }
        };
    }
}
