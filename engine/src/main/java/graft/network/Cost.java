package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What one example costs, estimated from shapes. Products count two operations for each pair of factors, all else one for each
 * number that comes out.
 *
 * @param forward operations of the whole network
 * @param learning operations of the part that gradients go through, forward
 * @param kept bytes of what that part computes, which the way back needs
 * @param weights bytes of all weights
 * @param learnt bytes of those that learn
 */
public record Cost(double forward, double learning, double kept, double weights, double learnt) {
    private static final int BYTES = 4;

    /** A gradient goes through each product twice: to its input and to its weight. */
    private static final double BACK = 2;

    /** They look at what is there already, in another way. */
    private static final Set<String> VIEWS = Set.of(
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Transpose",
            "Identity",
            "Split",
            "Slice",
            "Expand",
            "Gather");

    /** Adam keeps two numbers beside each weight and its gradient. */
    private static final int BESIDE = 3;

    /**
     * @param shapes of tensors for one example, batch axis first; null where unknown: then that of what the layer hands on is
     *     taken, or nothing
     */
    public static Cost of(Network network, Function<String, long[]> shapes) {
        Graph graph = network.model().graph();
        Map<Node, Layer> layerOf = new IdentityHashMap<>();
        network.shownLayers().forEach(layer -> layer.nodes().forEach(node -> layerOf.put(node, layer)));
        Set<Node> learns = Collections.newSetFromMap(new IdentityHashMap<>());
        learns.addAll(network.trainablePart());
        double forward = 0;
        double learning = 0;
        double kept = 0;
        for (Node node : network.dataPath()) {
            double size = size(node, layerOf.get(node), shapes);
            double operations = operations(node, graph, size, shapes);
            forward += operations;
            if (learns.contains(node)) {
                learning += operations;
                kept += VIEWS.contains(node.opType()) ? 0 : BYTES * size;
            }
        }
        return new Cost(
                forward,
                learning,
                kept,
                (double) BYTES * network.parameters(),
                (double) BYTES * network.trainableParameters());
    }

    private static double size(Node node, Layer layer, Function<String, long[]> shapes) {
        long[] shape = shapes.apply(node.output(0));
        if (shape == null && layer != null) {
            shape = shapes.apply(layer.output());
        }
        return shape == null ? 0 : elements(shape);
    }

    private static double elements(long[] shape) {
        double size = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            size *= Math.max(1, shape[axis]);
        }
        return size;
    }

    private static double operations(Node node, Graph graph, double size, Function<String, long[]> shapes) {
        return switch (node.opType()) {
            case "Conv" -> 2 * size * perOutput(graph.initializers().get(node.input(1)), true);
            case "ConvTranspose" -> 2 * size * perOutput(graph.initializers().get(node.input(1)), false);
            case "Gemm", "MatMul" -> 2 * size * factors(node, graph, shapes);
            default -> size;
        };
    }

    /** Factors that go into one number that comes out. */
    private static double perOutput(Tensor weight, boolean outputFirst) {
        if (weight == null) {
            return 1;
        }
        long[] shape = weight.shape();
        return (double) weight.size() / Math.max(1, shape[outputFirst || shape.length < 2 ? 0 : 1]);
    }

    private static double factors(Node node, Graph graph, Function<String, long[]> shapes) {
        Tensor weight = graph.initializers().get(node.input(1));
        if (weight != null && weight.shape().length == 2) {
            boolean transposed = node.attribute("transB", 0L) == 1;
            return weight.shape()[transposed ? 1 : 0];
        }
        long[] left = shapes.apply(node.input(0));
        return left == null ? 1 : Math.max(1, left[left.length - 1]);
    }

    /** About how many bytes a step takes: weights, what the optimizer keeps of them, and what {@code batch} examples leave for the way back. */
    public double stepBytes(int batch) {
        return weights + BESIDE * learnt + kept * batch;
    }

    /**
     * About how long an epoch takes.
     *
     * @param example seconds that one example takes forward through the whole network
     * @param cached whether what the frozen part gives is computed once and kept, so that it costs later epochs nothing
     */
    public double epochSeconds(long examples, double example, boolean cached) {
        double perOperation = forward == 0 ? 0 : example / forward;
        double frozen = cached ? 0 : forward - learning;
        return examples * perOperation * (frozen + (1 + BACK) * learning);
    }
}
