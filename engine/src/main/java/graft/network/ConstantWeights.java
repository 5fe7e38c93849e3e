package graft.network;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes named initializers of weights that a graph computes from constants (a filled shape, dequantised integers, a
 * Constant node), so that they can learn and be written back.
 */
final class ConstantWeights {
    private static final long LARGEST = Integer.MAX_VALUE;

    private ConstantWeights() {}

    /** Adds one line to {@code report} if anything was changed. */
    static Model name(Model model, List<String> report) {
        Weights weights = new Weights(model.graph());
        Map<String, Tensor> values = compute(model, weights);
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

    private static Map<String, Tensor> compute(Model model, Weights weights) {
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
}
