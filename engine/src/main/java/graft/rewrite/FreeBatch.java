package graft.rewrite;

import graft.Refusal;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Frees a fixed batch size, also where it stands in the constants of Reshape nodes. Whether that was right is known from
 * the operators, or else proved by running: two examples together must give what each gives alone.
 */
public final class FreeBatch {
    private static final float TOLERANCE = 1e-4f;

    private FreeBatch() {}

    /** The batch size that the file insists on; 0 where it is free or the inputs disagree. */
    public static long fixedBatch(Graph graph) {
        long batch = 0;
        for (ValueInfo input : graph.inputs()) {
            if (input.shape().isEmpty() || input.shape().get().isEmpty()) {
                return 0;
            }
            Dim first = input.shape().get().get(0);
            if (!first.isFixed() || batch != 0 && batch != first.size()) {
                return 0;
            }
            batch = first.size();
        }
        return batch;
    }

    /** The model with a free batch, where that is provable; empty where it is not. */
    public static Optional<Model> free(Model model) {
        long batch = fixedBatch(model.graph());
        Model freed = model.withGraph(rewritten(model.graph(), batch));
        return PerExample.holds(freed.graph()) || provesEqual(model, freed, batch)
                ? Optional.of(freed)
                : Optional.empty();
    }

    /** The model with a batch of one that stands in the constants of Reshape nodes made "as in the input"; nothing is proved. */
    public static Model freedOfOne(Model model) {
        return model.withGraph(rewritten(model.graph(), 1));
    }

    private static Graph rewritten(Graph graph, long batch) {
        GraphEditor editor = graph.edit();
        editor.forgetInnerShapes();
        editor.inputs(graph.inputs().stream().map(FreeBatch::freed).toList());
        editor.outputs(graph.outputs().stream()
                .map(output -> output.shape().isPresent()
                                && !output.shape().get().isEmpty()
                                && output.shape().get().get(0).equals(Dim.of(batch))
                        ? freed(output)
                        : output)
                .toList());
        Map<String, Tensor> constants = new HashMap<>(graph.initializers());
        for (Node node : graph.nodes()) {
            if (node.opType().equals("Constant")) {
                node.tensor("value").ifPresent(value -> constants.put(node.output(0), value));
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Tensor shape = node.opType().equals("Reshape") ? constants.get(node.input(1)) : null;
            if (shape == null || shape.size() < 2 || shape.toLongs()[0] != batch) {
                nodes.add(node);
                continue;
            }
            long[] wanted = shape.toLongs();
            wanted[0] = 0; // "as in the input"
            String name = editor.freshName(node.input(1) + "_free");
            editor.put(Tensor.ofLongs(name, new long[] {wanted.length}, wanted));
            nodes.add(node.withInputs(List.of(node.input(0), name)));
        }
        editor.nodes().clear();
        editor.nodes().addAll(nodes);
        return editor.prune().build();
    }

    /** What says no shape, or is a scalar, has no batch to be freed. */
    private static ValueInfo freed(ValueInfo info) {
        List<Dim> shape = new ArrayList<>(info.shape().orElse(List.of()));
        if (shape.isEmpty()) {
            return info;
        }
        shape.set(0, Dim.free("N"));
        return info.withShape(shape);
    }

    private static boolean provesEqual(Model fixed, Model freed, long batch) {
        Map<String, Values> first = ExampleInputs.random(fixed.graph(), batch, 1);
        Map<String, Values> second = ExampleInputs.random(fixed.graph(), batch, 2);
        try (OrtSession alone = OrtSession.openPlain(fixed);
                OrtSession together = OrtSession.openPlain(freed)) {
            Map<String, Values> a = alone.run(first);
            Map<String, Values> b = alone.run(second);
            Map<String, Values> both = together.run(ExampleInputs.joined(first, second));
            for (String output : both.keySet()) {
                if (!halves(both.get(output), a.get(output), b.get(output))) {
                    return false;
                }
            }
            return true;
        } catch (Refusal runtimeCannotRunIt) {
            return false; // the report then says that examples go one by one
        }
    }

    private static boolean halves(Values both, Values a, Values b) {
        float[] joined = both.toTensor("").toFloats();
        float[] first = a.toTensor("").toFloats();
        float[] second = b.toTensor("").toFloats();
        return joined.length == first.length + second.length
                && closeTo(joined, 0, first)
                && closeTo(joined, first.length, second);
    }

    private static boolean closeTo(float[] joined, int from, float[] part) {
        for (int i = 0; i < part.length; i++) {
            if (!(Math.abs(joined[from + i] - part[i]) <= TOLERANCE * Math.max(1, Math.abs(part[i])))) {
                return false;
            }
        }
        return true;
    }
}
