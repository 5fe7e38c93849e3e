package graft.network;

import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.HashMap;
import java.util.Map;

/** How often each tensor's height was halved since the input, by strides and scales alone. */
final class Levels {
    private final Map<String, Integer> levels = new HashMap<>();

    Levels(Graph graph) {
        for (Node node : graph.nodes()) {
            int below = node.inputs().stream()
                    .mapToInt(input -> levels.getOrDefault(input, 0))
                    .max()
                    .orElse(0);
            int level = below + steps(node, graph);
            node.outputs().forEach(output -> levels.put(output, level));
        }
    }

    int of(String tensor) {
        return levels.getOrDefault(tensor, 0);
    }

    private static int steps(Node node, Graph graph) {
        return switch (node.opType()) {
            case "Conv", "MaxPool", "AveragePool" -> log2(stride(node));
            case "ConvTranspose" -> -log2(stride(node));
            case "Resize", "Upsample" -> -log2(scale(node, graph));
            default -> 0;
        };
    }

    private static double stride(Node node) {
        long[] strides = node.attribute("strides", new long[] {1});
        return strides.length == 0 ? 1 : strides[0];
    }

    private static double scale(Node node, Graph graph) {
        Tensor scales = graph.initializers().get(node.input(node.opType().equals("Resize") ? 2 : 1));
        float[] listed = node.attribute("scales", new float[0]);
        float[] values = scales == null ? listed : scales.toFloats();
        return values.length > 2 ? values[2] : 2; // a size computed in the graph: nearly always twice as large
    }

    private static int log2(double factor) {
        return factor > 0 ? (int) Math.round(Math.log(factor) / Math.log(2)) : 0;
    }
}
