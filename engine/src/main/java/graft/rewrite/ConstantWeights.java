package graft.rewrite;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.Tensor;
import graft.onnx.Values;
import graft.ops.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes named initializers of weights that a graph computes from constants (a filled shape, dequantised integers, a
 * Constant node), so that they can learn and be written back.
 */
public final class ConstantWeights {
    private static final long LARGEST = Integer.MAX_VALUE;

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

    /** Adds one line to {@code report} if anything was changed. */
    public static Model name(Model model, List<String> report) {
        Weights weights = new Weights(model.graph());
        Map<String, Tensor> values = values(model, weights);
        values.values()
                .removeIf(tensor -> !weights.isWeight(tensor.name(), tensor.type(), tensor.size())
                        && !weights.isState(tensor.name()));
        if (values.isEmpty()) {
            return model;
        }
        GraphEditor editor = model.graph().edit();
        values.values().forEach(editor::put);
        editor.nodes().removeIf(node -> node.outputs().stream().anyMatch(values::containsKey));
        report.add(values.size() + " weights that the file computes from constants became named tensors.");
        return model.withGraph(editor.prune().build());
    }

    private static Map<String, Tensor> values(Model model, Weights weights) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        List<String> byRuntime = new ArrayList<>();
        for (Node node : model.graph().nodes()) {
            if (node.outputs().isEmpty() || !weights.computed().contains(node.output(0))) {
                continue;
            }
            String name = node.output(0);
            if (node.opType().equals("Constant") && node.has("value")) {
                out.put(name, node.tensor("value").orElseThrow().named(name));
            } else if (node.opType().equals("ConstantOfShape")
                    && model.graph().initializers().containsKey(node.input(0))) {
                out.put(name, filled(node, model.graph().initializers().get(node.input(0))));
            } else {
                byRuntime.add(name);
            }
        }
        if (!byRuntime.isEmpty()) {
            try (OrtSession session = OrtSession.openPlain(SubGraph.cut(model, Set.of(), byRuntime, Map.of()))) {
                for (Map.Entry<String, Values> value : session.run(Map.of()).entrySet()) {
                    out.put(value.getKey(), value.getValue().toTensor(value.getKey()));
                }
            }
        }
        return out;
    }

    /** What ONNX Runtime would give, without the copies out of it: such weights may be half a gigabyte. */
    private static Tensor filled(Node node, Tensor shape) {
        long[] wanted = shape.toLongs();
        checkSize(node, wanted);
        Optional<Tensor> value = node.tensor("value");
        float number = value.isPresent() ? value.get().toFloats()[0] : 0;
        long size = Arrays.stream(wanted).reduce(1, (a, b) -> a * b);
        float[] numbers = new float[Math.toIntExact(size)];
        Arrays.fill(numbers, number);
        return Tensor.ofFloats(node.output(0), wanted, numbers);
    }

    /** A few bytes of a hostile file can ask for any amount of memory. */
    private static void checkSize(Node node, long[] shape) {
        long size = 4;
        for (long dimension : shape) {
            if (dimension < 0 || dimension > 0 && size > LARGEST / dimension) {
                throw new Refusal(node + " asks for a tensor of more than 2 GiB. Export the network again.");
            }
            size *= dimension;
        }
    }

    /** Makes initializers of what a graph computes from constants and then uses as numbers of a layer. */
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
