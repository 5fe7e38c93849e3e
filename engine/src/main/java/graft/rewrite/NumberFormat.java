package graft.rewrite;

import graft.onnx.ElementType;
import graft.onnx.FlatGraph;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.ops.Weights;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What keeps a network from being trained as it is: numbers of half precision, or a quantized computation. */
public final class NumberFormat {
    private static final Set<String> QUANTIZED = Set.of(
            "QuantizeLinear", "DynamicQuantizeLinear", "ConvInteger", "MatMulInteger", "QLinearConv", "QLinearMatMul");

    private NumberFormat() {}

    /** In words, such as "holds fp16 numbers"; empty where the network computes in fp32. */
    public static Optional<String> hindrance(Graph graph) {
        Graph flat = FlatGraph.of(graph);
        if (flat.nodes().stream().anyMatch(NumberFormat::isQuantized)) {
            return Optional.of("is quantized");
        }
        return isHalf(graph)
                ? Optional.of(isBrain(graph) ? "computes in bfloat16" : "computes in fp16")
                : isDouble(graph) ? Optional.of("computes in double precision") : Optional.empty();
    }

    /** Whether numbers of half precision are in it, of either kind. */
    public static boolean isHalf(Graph graph) {
        return holds(FlatGraph.of(graph), NumberFormat::isHalf);
    }

    /** Whether numbers are bfloat16, of which ONNX Runtime computes next to nothing on processors. */
    static boolean isBrain(Graph graph) {
        return holds(FlatGraph.of(graph), ElementType.BFLOAT16::equals);
    }

    /** Whether what a head would stand on, or what learns, is of double precision; other numbers may be. */
    static boolean isDouble(Graph graph) {
        boolean atEnds = Stream.concat(graph.inputs().stream(), graph.outputs().stream())
                .anyMatch(
                        value -> value.type().filter(ElementType.DOUBLE::equals).isPresent());
        if (atEnds || !holds(FlatGraph.of(graph), ElementType.DOUBLE::equals)) {
            return atEnds;
        }
        Weights weights = new Weights(graph);
        return weights.weights().stream()
                .map(graph.initializers()::get)
                .anyMatch(tensor -> tensor.type() == ElementType.DOUBLE);
    }

    private static boolean holds(Graph flat, Predicate<ElementType> type) {
        return Stream.concat(flat.inputs().stream(), flat.outputs().stream())
                        .anyMatch(value -> value.type().filter(type).isPresent())
                || flat.initializers().values().stream().anyMatch(tensor -> type.test(tensor.type()))
                || flat.nodes().stream().anyMatch(node -> makes(node, type));
    }

    private static boolean makes(Node node, Predicate<ElementType> type) {
        int code = node.opType().equals("Cast") ? node.attribute("to", 0) : 0;
        boolean constant = node.opType().equals("Constant") && node.has("value");
        return code != 0 && type.test(ElementType.of(code))
                || constant
                        && node.tensor("value").filter(t -> type.test(t.type())).isPresent();
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
