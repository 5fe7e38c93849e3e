package graft.network;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Class means as a linear layer: {@code 2μ·x − ‖μ‖²} is, up to the {@code ‖x‖²} that all classes share, minus the squared Euclidean
 * distance of features {@code x} to the mean {@code μ} of a class (Snell et al., "Prototypical Networks for Few-shot Learning", 2017,
 * section 2.4).
 */
public final class PrototypeHead {
    /** Note of a network's file: how many examples each class is the mean of, in the order of the classes, commas between. */
    public static final String NOTE = "graft.prototypes";

    /** What rounding leaves of a bias, relative to it. */
    private static final double ROUNDING = 1e-4;

    private PrototypeHead() {}

    /** Rows of the weight, of the means of the classes. */
    public static float[] weight(double[][] means) {
        int width = means[0].length;
        float[] out = new float[Math.multiplyExact(means.length, width)];
        for (int c = 0; c < means.length; c++) {
            for (int i = 0; i < width; i++) {
                out[c * width + i] = (float) (2 * means[c][i]);
            }
        }
        return out;
    }

    /** The bias, of the means of the classes. */
    public static float[] bias(double[][] means) {
        float[] out = new float[means.length];
        for (int c = 0; c < means.length; c++) {
            out[c] = (float) -squares(means[c]);
        }
        return out;
    }

    private static double squares(double[] mean) {
        double sum = 0;
        for (double value : mean) {
            sum += value * value;
        }
        return sum;
    }

    /**
     * Means that a network's last layer was made of.
     *
     * @param gemm the layer
     */
    public record Found(Node gemm, double[][] means) {
        /** The tensor that the means are of. */
        public String features() {
            return gemm.input(0);
        }
    }

    /**
     * Reads the means from a network whose last node is such a layer; empty where it is another.
     *
     * @param output the one with the answers
     */
    public static Optional<Found> in(Graph graph, String output) {
        Node last = graph.producers().get(output);
        boolean linear = last != null
                && last.opType().equals("Gemm")
                && last.inputs().size() == 3
                && last.attribute("transB", 0) == 1
                && last.attribute("transA", 0) == 0
                && last.attribute("alpha", 1f) == 1
                && last.attribute("beta", 1f) == 1;
        if (!linear) {
            return Optional.empty();
        }
        Tensor weight = graph.initializers().get(last.input(1));
        Tensor bias = graph.initializers().get(last.input(2));
        boolean known = weight != null
                && bias != null
                && weight.type() == ElementType.FLOAT
                && bias.type() == ElementType.FLOAT
                && weight.shape().length == 2
                && bias.shape().length == 1
                && bias.shape()[0] == weight.shape()[0];
        if (!known) {
            return Optional.empty();
        }
        double[][] means = halves(weight);
        FloatBuffer lengths = Values.of(bias).floats();
        for (double[] mean : means) {
            double wanted = -squares(mean);
            if (!(Math.abs(lengths.get() - wanted) <= ROUNDING * Math.abs(wanted))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Found(last, means));
    }

    private static double[][] halves(Tensor weight) {
        int classes = Math.toIntExact(weight.shape()[0]);
        int width = Math.toIntExact(weight.shape()[1]);
        FloatBuffer values = Values.of(weight).floats();
        double[][] out = new double[classes][width];
        for (double[] mean : out) {
            for (int i = 0; i < width; i++) {
                mean[i] = values.get() / 2.0;
            }
        }
        return out;
    }
}
