package graft.channels;

import graft.inference.ShapeProbe;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Products of a weight and a number that one example costs in convolutions and linear layers. How often a weight is read does not change
 * when channels go, so that this is known of any slimmer copy without running it.
 */
final class MultiplyAdds {
    private record Read(String weight, double times) {}

    private final List<Read> reads = new ArrayList<>();

    /** @param model whose shapes hold */
    MultiplyAdds(Model model) {
        Graph graph = model.graph();
        List<String> asked = graph.nodes().stream()
                .filter(node -> isProduct(node, graph))
                .flatMap(node -> List.of(node.input(0), node.output(0)).stream())
                .distinct()
                .toList();
        Map<String, long[]> shapes = ShapeProbe.shapes(model, asked);
        for (Node node : graph.nodes()) {
            if (isProduct(node, graph)) {
                double times = times(node, graph.initializers().get(node.input(1)), shapes);
                reads.add(new Read(node.input(1), times));
            }
        }
    }

    private static boolean isProduct(Node node, Graph graph) {
        Tensor weight = graph.initializers().get(node.input(1));
        return node.domain().isEmpty()
                && weight != null
                && switch (node.opType()) {
                    case "Conv", "ConvTranspose", "Gemm" -> true;
                    case "MatMul" -> weight.shape().length == 2;
                    default -> false;
                };
    }

    /** How many places of one example read the whole weight. */
    private static double times(Node node, Tensor weight, Map<String, long[]> shapes) {
        boolean transposed = node.opType().equals("ConvTranspose");
        long[] shape = shapes.get(transposed ? node.input(0) : node.output(0));
        if (shape == null) {
            return 1;
        }
        double elements = Arrays.stream(shape)
                .skip(1)
                .mapToDouble(axis -> Math.max(1, axis))
                .reduce(1, (a, b) -> a * b);
        double channels =
                switch (node.opType()) {
                    case "Conv", "ConvTranspose" -> shape[1];
                    default -> shape[shape.length - 1];
                };
        return elements / Math.max(1, channels);
    }

    /** Of the model, or of one with fewer channels: its weights have the same names. */
    double of(Model slimmer) {
        Map<String, Tensor> weights = slimmer.graph().initializers();
        return reads.stream()
                .mapToDouble(read -> read.times() * weights.get(read.weight()).size())
                .sum();
    }
}
