package graft.features;

import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a part of a network computes each row by itself, so that rows may be kept one by one. */
final class RowsApart {
    private static final Set<String> EACH_NUMBER =
            Set.of("Relu", "Gelu", "Tanh", "Sigmoid", "Elu", "LeakyRelu", "Dropout", "Identity", "Erf", "Sqrt");

    private static final Set<String> WITH_A_ROW = Set.of("Add", "Sub", "Mul", "Div");

    private RowsApart() {}

    /** @param above what learns, on one tensor {@code [N, rows, …]} */
    static boolean are(Model above, List<String> crossing) {
        Map<String, Tensor> tensors = above.graph().initializers();
        return crossing.size() == 1 && above.graph().nodes().stream().allMatch(node -> isApart(node, tensors));
    }

    private static boolean isApart(Node node, Map<String, Tensor> tensors) {
        String kind = node.opType();
        if (EACH_NUMBER.contains(kind)) {
            return true;
        }
        int axes = axes(node, tensors);
        return kind.equals("MatMul") && axes == 2 || WITH_A_ROW.contains(kind) && (axes == 0 || axes == 1);
    }

    /** Of the constant on the right; −1 where there is none. */
    private static int axes(Node node, Map<String, Tensor> tensors) {
        Tensor right = node.inputs().size() == 2 ? tensors.get(node.input(1)) : null;
        return right == null ? -1 : right.shape().length;
    }
}
