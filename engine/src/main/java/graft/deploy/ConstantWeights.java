package graft.deploy;

import graft.inference.OrtSession;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes initializers of what a graph computes from constants and then uses as numbers of a layer. */
final class ConstantWeights {
    /** These keep or lessen the number of elements; a filled or repeated tensor would make the file larger. */
    private static final Set<String> KEEPING_SIZE = Set.of(
            "Constant",
            "Identity",
            "Transpose",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "Cast",
            "Slice",
            "Mul",
            "Add",
            "Div",
            "Sub",
            "Sqrt",
            "Neg");

    private static final Set<String> WITH_WEIGHTS = Set.of(
            "Conv",
            "ConvTranspose",
            "Gemm",
            "MatMul",
            "BatchNormalization",
            "Add",
            "Clip",
            "Pad",
            "Slice",
            "Squeeze",
            "Unsqueeze",
            "Split",
            "TopK",
            "Upsample",
            "Resize");

    private ConstantWeights() {}

    static Model compute(Model model) {
        Graph graph = model.graph();
        Set<String> constant = new HashSet<>(graph.initializers().keySet());
        Set<String> computed = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean plain = node.domain().isEmpty()
                    && KEEPING_SIZE.contains(node.opType())
                    && node.outputs().size() == 1
                    && constant.containsAll(node.needs());
            if (plain) {
                constant.add(node.output(0));
                computed.add(node.output(0));
            }
        }
        List<String> wanted = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (WITH_WEIGHTS.contains(node.opType()) && !computed.contains(node.output(0))) {
                node.inputs().stream()
                        .filter(computed::contains)
                        .filter(name -> !wanted.contains(name))
                        .forEach(wanted::add);
            }
        }
        wanted.removeAll(graph.outputNames());
        if (wanted.isEmpty()) {
            return model;
        }
        GraphEditor editor = graph.edit();
        try (OrtSession session = OrtSession.openPlain(SubGraph.cut(model, Set.of(), wanted, Map.of()))) {
            session.run(Map.of()).forEach((name, values) -> editor.put(values.toTensor(name)));
        }
        editor.nodes().removeIf(node -> wanted.contains(node.output(0)));
        return model.withGraph(editor.prune().build());
    }
}
