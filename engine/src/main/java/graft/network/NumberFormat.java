package graft.network;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Node;
import java.util.Optional;
import java.util.Set;

/** What keeps a network from being trained as it is: numbers of half precision, or a quantized computation. */
public final class NumberFormat {
    private static final Set<String> QUANTIZED = Set.of(
            "QuantizeLinear", "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger", "QLinearConv", "QLinearMatMul");

    private NumberFormat() {}

    /** In words, such as "holds fp16 numbers"; empty where the network computes in fp32. */
    public static Optional<String> hindrance(Network network) {
        return hindrance(network.model().graph());
    }

    static Optional<String> hindrance(Graph graph) {
        if (graph.nodes().stream().anyMatch(NumberFormat::isQuantized)) {
            return Optional.of("is quantized");
        }
        boolean half = graph.inputs().stream()
                        .anyMatch(input ->
                                input.type().filter(NumberFormat::isHalf).isPresent())
                || graph.initializers().values().stream().anyMatch(tensor -> isHalf(tensor.type()))
                || graph.nodes().stream()
                        .anyMatch(node -> node.opType().equals("Cast")
                                && isHalf(ElementType.of(node.attribute("to", ElementType.FLOAT.code()))));
        return half ? Optional.of("computes in fp16") : Optional.empty();
    }

    static boolean isQuantized(Node node) {
        return QUANTIZED.contains(node.opType())
                || node.opType().startsWith("QLinear")
                || node.opType().equals("QGemm");
    }

    static boolean isHalf(ElementType type) {
        return type == ElementType.FLOAT16 || type == ElementType.BFLOAT16;
    }
}
