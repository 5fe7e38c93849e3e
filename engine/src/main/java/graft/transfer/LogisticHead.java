package graft.transfer;

import graft.data.ClassTargets;
import graft.network.Network;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.problem.ClosedForm;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The head as a logistic regression on the features of all examples to learn from, as scikit-learn finds it with C = 1. */
final class LogisticHead implements ClosedForm {
    private final ClassTargets targets;
    private final String features;
    private final String weight;
    private final String bias;

    LogisticHead(Network network, ClassTargets targets) {
        this.targets = targets;
        this.features = LastLayer.of(network).features();
        Iterator<String> names = network.head().orElseThrow().weights().keySet().iterator();
        this.weight = names.next();
        this.bias = names.next();
    }

    @Override
    public Optional<String> looksAt() {
        return Optional.of(features);
    }

    @Override
    public Looking begin() {
        float[][] rows = new float[targets.labels().length][];
        return new Looking() {
            @Override
            public void see(Map<String, Values> seen, int[] examples, int real) {
                FloatBuffer values = seen.get(features).floats();
                int width = values.remaining() / examples.length;
                for (int i = 0; i < real; i++) {
                    rows[examples[i]] = new float[width];
                    values.get(rows[examples[i]]);
                }
            }

            @Override
            public Map<String, Tensor> weights() {
                int classes = targets.classes();
                int width = rows[0].length;
                double[] found = LogisticRegression.fit(rows, targets.labels(), classes);
                float[] weights = floats(found, classes, width + 1, width);
                float[] biases = new float[classes];
                IntStream.range(0, classes).forEach(c -> biases[c] = (float) found[c * (width + 1) + width]);
                return Map.of(
                        weight, Tensor.ofFloats(weight, new long[] {classes, width}, weights),
                        bias, Tensor.ofFloats(bias, new long[] {classes}, biases));
            }
        };
    }

    private static float[] floats(double[] found, int classes, int stride, int width) {
        float[] out = new float[classes * width];
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < width; k++) {
                out[c * width + k] = (float) found[c * stride + k];
            }
        }
        return out;
    }
}
