package graft.gradcheck;

import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network that computes in double precision what it computed in single: for measuring differences that single precision
 * would drown. For Graft's own executor; the file would not pass a checker, since some operators take single precision only.
 */
final class DoublePrecision {
    private DoublePrecision() {}

    static Model of(Model model) {
        Model inlined = model.inlined();
        return inlined.withGraph(of(inlined.graph()));
    }

    private static Graph of(Graph graph) {
        GraphEditor editor = graph.edit().forgetInnerShapes();
        editor.initializers().replaceAll((name, tensor) -> of(tensor));
        return editor.inputs(of(graph.inputs()))
                .outputs(of(graph.outputs()))
                .replaceNodes(DoublePrecision::of)
                .build();
    }

    private static List<ValueInfo> of(List<ValueInfo> values) {
        return values.stream()
                .map(value -> value.type().equals(Optional.of(ElementType.FLOAT))
                        ? new ValueInfo(value.name(), Optional.of(ElementType.DOUBLE), value.shape())
                        : value)
                .toList();
    }

    /** The same elements in double precision; tensors that are not in single precision stay. */
    static Tensor of(Tensor tensor) {
        return tensor.type() == ElementType.FLOAT ? doubles(tensor.name(), tensor.shape(), tensor.toFloats()) : tensor;
    }

    private static Tensor doubles(String name, long[] shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putDouble(value);
        }
        return Tensor.ofBytes(name, ElementType.DOUBLE, shape, data.flip());
    }

    private static Node of(Node node) {
        Node out = node;
        for (Map.Entry<String, Graph> body : node.graphs().entrySet()) {
            out = out.with(body.getKey(), of(body.getValue()));
        }
        Node wide = out;
        return switch (node.opType()) {
            case "Constant" -> constant(node);
            case "ConstantOfShape" ->
                node.with(
                        "value", node.tensor("value").map(DoublePrecision::of).orElse(doubles("", new long[] {1}, 0)));
            case "Cast" -> node.attribute("to", 0) == ElementType.FLOAT.code() ? node.with("to", code()) : node;
            case "EyeLike" ->
                node.attribute("dtype", 0) == ElementType.FLOAT.code() ? node.with("dtype", code()) : node;
            default -> wide;
        };
    }

    private static Node constant(Node node) {
        if (node.has("value_float")) {
            return node.without("value_float")
                    .with("value", doubles("", new long[0], node.attribute("value_float", 0f)));
        }
        if (node.has("value_floats")) {
            float[] values = node.attribute("value_floats", new float[0]);
            return node.without("value_floats").with("value", doubles("", new long[] {values.length}, values));
        }
        return node.tensor("value").map(value -> node.with("value", of(value))).orElse(node);
    }

    private static long code() {
        return ElementType.DOUBLE.code();
    }
}
