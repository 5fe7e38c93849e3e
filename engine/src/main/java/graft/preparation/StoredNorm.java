package graft.preparation;

import graft.meaning.Fixed;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A batch norm, and what arrived at it while the network learnt: its stored statistics.
 *
 * @param tensor that it reads
 */
record StoredNorm(String tensor, double[] means, double[] variances) {
    /** Those further up tell less of the input: each norm below has made up for a part of it. */
    private static final int LOOKED_AT = 4;

    private static final double LEAST = 1e-5;

    /** The first ones of a network that has learnt; empty where norms were folded, or hold what they were made with. */
    static List<StoredNorm> first(Graph graph) {
        List<StoredNorm> out = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (out.size() < LOOKED_AT
                    && node.domain().isEmpty()
                    && node.opType().equals("BatchNormalization")) {
                of(graph, node).ifPresent(out::add);
            }
        }
        return out;
    }

    private static Optional<StoredNorm> of(Graph graph, Node node) {
        Optional<Tensor> mean = Fixed.tensor(graph, node.input(3));
        Optional<Tensor> variance = Fixed.tensor(graph, node.input(4));
        if (mean.isEmpty() || variance.isEmpty() || !mean.get().type().isFloat()) {
            return Optional.empty();
        }
        double[] means = doubles(mean.get().toFloats());
        double[] variances = doubles(variance.get().toFloats());
        boolean untouched = Arrays.stream(means).allMatch(value -> value == 0)
                && Arrays.stream(variances).allMatch(value -> value == 1);
        return untouched || means.length == 0
                ? Optional.empty()
                : Optional.of(new StoredNorm(node.input(0), means, variances));
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    /** How unlike they are: the middle channel's divergence (Kullback, Leibler) of the normal distributions of these statistics. */
    double distance(Said.Statistics arriving) {
        double[] out = new double[means.length];
        for (int c = 0; c < out.length; c++) {
            double stored = variances[c] + LEAST;
            double now = arriving.variances()[c] + LEAST;
            double apart = arriving.means()[c] - means[c];
            out[c] = 0.5 * (Math.log(stored / now) + (now + apart * apart) / stored - 1);
        }
        Arrays.sort(out);
        return out.length % 2 == 1 ? out[out.length / 2] : (out[out.length / 2 - 1] + out[out.length / 2]) / 2;
    }
}
