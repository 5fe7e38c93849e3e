package graft.quantize;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.rewrite.InnerTensors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the quantizers must know of operators with weights. */
final class Int8Layers {
    private static final Set<String> WITH_WEIGHT = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul");

    private final Graph graph;
    private final InnerTensors tensors;
    private final Map<String, List<Node>> readers;

    Int8Layers(Graph graph, InnerTensors tensors) {
        this.graph = graph;
        this.tensors = tensors;
        this.readers = graph.readers();
    }

    static boolean hasWeight(Node node) {
        return node.domain().isEmpty() && WITH_WEIGHT.contains(node.opType());
    }

    /** ONNX Runtime has no integer ConvTranspose on the CPU. */
    static boolean hasIntegerForm(Node node) {
        return !node.opType().equals("ConvTranspose");
    }

    /** The axis of the weight's output channels: along it each scale applies to one output. −1 if there is none. */
    static int channelAxis(Node node, Tensor weight) {
        return switch (node.opType()) {
            case "Conv" -> 0;
            // [in, out / group, …]: with groups one index of axis 1 stands for several outputs, which share a scale.
            case "ConvTranspose" -> 1;
            case "Gemm" -> node.attribute("transB", 0L) == 1 ? 0 : 1;
            default -> weight.shape().length == 2 ? 1 : -1;
        };
    }

    /** Why a layer cannot have an int8 weight; empty if it can. */
    Optional<String> reasonAgainst(Node node) {
        Tensor weight = graph.initializers().get(node.input(1));
        if (weight == null) {
            return Optional.of("it has no constant weight");
        }
        if (weight.type() != ElementType.FLOAT) {
            return Optional.of("its weight is " + weight.type());
        }
        for (float number : weight.toFloats()) {
            if (!Float.isFinite(number)) {
                return Optional.of("its weight holds a number that is not finite");
            }
        }
        if (graph.outputNames().contains(weight.name())) {
            return Optional.of("its weight is an output of the network");
        }
        for (Node other : readers.get(weight.name())) {
            boolean asWeight = hasWeight(other)
                    && other.input(1).equals(weight.name())
                    && other.inputs().stream().filter(weight.name()::equals).count() == 1;
            if (!asWeight) {
                return Optional.of("its weight is also read by " + other);
            }
        }
        if (!tensors.isFloat(node.input(0)) || graph.initializers().containsKey(node.input(0))) {
            return Optional.of("its input is no float activation");
        }
        return switch (node.opType()) {
            case "Gemm" -> gemm(node, weight);
            case "Conv" -> bias(node, weight.shape()[0]);
            default -> Optional.empty();
        };
    }

    private Optional<String> gemm(Node node, Tensor weight) {
        if (node.attribute("alpha", 1f) != 1 || node.attribute("beta", 1f) != 1 || node.attribute("transA", 0L) != 0) {
            return Optional.of("it scales or transposes (alpha, beta, transA)");
        }
        return bias(node, weight.shape()[channelAxis(node, weight)]);
    }

    private Optional<String> bias(Node node, long channels) {
        if (node.input(2).isEmpty()) {
            return Optional.empty();
        }
        Tensor bias = graph.initializers().get(node.input(2));
        boolean row = bias != null
                && bias.type() == ElementType.FLOAT
                && bias.size() == channels
                && bias.shape().length >= 1
                && bias.shape()[bias.shape().length - 1] == channels;
        return row ? Optional.empty() : Optional.of("its bias is not one constant per channel");
    }

    /** What a Relu or Clip lets through; empty where a bound is computed. */
    static Optional<Range> bounds(Node node, Graph graph) {
        if (node.opType().equals("Relu")) {
            return Optional.of(new Range(0, Float.POSITIVE_INFINITY));
        }
        Optional<Float> min = bound(node, "min", 1, Float.NEGATIVE_INFINITY, graph);
        Optional<Float> max = bound(node, "max", 2, Float.POSITIVE_INFINITY, graph);
        return min.flatMap(low -> max.map(high -> new Range(low, high)));
    }

    /** An attribute until opset 10, then an input. */
    private static Optional<Float> bound(Node node, String attribute, int input, float absent, Graph graph) {
        if (node.has(attribute)) {
            return Optional.of(node.attribute(attribute, absent));
        }
        if (node.input(input).isEmpty()) {
            return Optional.of(absent);
        }
        Tensor value = graph.initializers().get(node.input(input));
        return value == null || value.size() != 1 ? Optional.empty() : Optional.of(value.toFloats()[0]);
    }

    static String name(Node node) {
        return node.name().isEmpty() ? node.output(0) : node.name();
    }
}
