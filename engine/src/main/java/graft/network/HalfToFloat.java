package graft.network;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.List;

/** Rewrites a network of half precision as one of fp32: every number keeps its value, results are no longer rounded. */
final class HalfToFloat {
    private HalfToFloat() {}

    static Model convert(Model model) {
        Graph graph = model.graph();
        GraphEditor editor = graph.edit();
        // Old files declare their initializers as inputs too, with the old type.
        editor.forgetInnerShapes().fixInitializers();
        editor.inputs(graph.inputs().stream().map(HalfToFloat::widened).toList());
        editor.outputs(graph.outputs().stream().map(HalfToFloat::widened).toList());
        editor.initializers().replaceAll((name, tensor) -> widened(tensor));
        editor.replaceNodes(HalfToFloat::widened);
        return model.withGraph(editor.build());
    }

    static long count(Graph graph) {
        return graph.initializers().values().stream()
                .filter(tensor -> NumberFormat.isHalf(tensor.type()))
                .count();
    }

    private static ValueInfo widened(ValueInfo info) {
        return info.type().filter(NumberFormat::isHalf).isPresent()
                ? new ValueInfo(info.name(), java.util.Optional.of(ElementType.FLOAT), info.shape())
                : info;
    }

    private static Tensor widened(Tensor tensor) {
        return NumberFormat.isHalf(tensor.type())
                ? Tensor.ofFloats(tensor.name(), tensor.shape(), tensor.toFloats())
                : tensor;
    }

    private static Node widened(Node node) {
        if (!node.graphs().isEmpty()) {
            throw new Refusal(node + " holds a graph of its own, which Graft cannot convert to fp32. Export the network"
                    + " in fp32 instead.");
        }
        Node out = node;
        for (String attribute : List.of("to", "dtype", "output_dtype")) {
            boolean names = node.has(attribute) && node.attribute(attribute, 0L) != 0;
            if (names && NumberFormat.isHalf(ElementType.of(node.attribute(attribute, 0)))) {
                out = out.with(attribute, (long) ElementType.FLOAT.code());
            }
        }
        if (node.has("value") && node.tensor("value").isPresent()) {
            Tensor value = node.tensor("value").get();
            out = NumberFormat.isHalf(value.type()) ? out.with("value", widened(value)) : out;
        }
        return out;
    }
}
