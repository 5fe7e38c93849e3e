package graft.rewrite;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a network of half or double precision as one of fp32, bodies of control-flow nodes too: numbers of half precision keep
 * their value, those of double precision are rounded.
 */
final class WiderOrNarrower {
    private WiderOrNarrower() {}

    static Model toFloat(Model model) {
        return model.withGraph(toFloat(model.graph()));
    }

    private static Graph toFloat(Graph graph) {
        GraphEditor editor = graph.edit();
        // Old files declare their initializers as inputs too, with the old type.
        editor.forgetInnerShapes().fixInitializers();
        editor.inputs(graph.inputs().stream().map(WiderOrNarrower::toFloat).toList());
        editor.outputs(graph.outputs().stream().map(WiderOrNarrower::toFloat).toList());
        editor.initializers().replaceAll((name, tensor) -> toFloat(tensor));
        editor.replaceNodes(WiderOrNarrower::toFloat);
        return editor.build();
    }

    /** Named tensors that change, in bodies too. */
    static long count(Graph graph) {
        long own = graph.initializers().values().stream()
                .filter(tensor -> isOther(tensor.type()))
                .count();
        return own
                + graph.nodes().stream()
                        .flatMap(node -> node.graphs().values().stream())
                        .mapToLong(WiderOrNarrower::count)
                        .sum();
    }

    private static boolean isOther(ElementType type) {
        return type.isFloat() && type != ElementType.FLOAT;
    }

    private static ValueInfo toFloat(ValueInfo info) {
        return info.type().filter(WiderOrNarrower::isOther).isPresent()
                ? new ValueInfo(info.name(), java.util.Optional.of(ElementType.FLOAT), info.shape())
                : info;
    }

    private static Tensor toFloat(Tensor tensor) {
        return isOther(tensor.type()) ? Tensor.ofFloats(tensor.name(), tensor.shape(), tensor.toFloats()) : tensor;
    }

    private static Node toFloat(Node node) {
        Node out = node;
        for (Map.Entry<String, Graph> body : node.graphs().entrySet()) {
            out = out.with(body.getKey(), toFloat(body.getValue()));
        }
        for (String attribute : List.of("to", "dtype", "output_dtype")) {
            boolean names = node.has(attribute) && node.attribute(attribute, 0L) != 0;
            if (names && isOther(ElementType.of(node.attribute(attribute, 0)))) {
                out = out.with(attribute, (long) ElementType.FLOAT.code());
            }
        }
        if (node.has("value") && node.tensor("value").isPresent()) {
            Tensor value = node.tensor("value").get();
            out = isOther(value.type()) ? out.with("value", toFloat(value)) : out;
        }
        return out;
    }
}
