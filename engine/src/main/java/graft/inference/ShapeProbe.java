package graft.inference;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo.Dim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shapes of inner tensors, found by running one example: whatever the graph computes of shapes is then known. */
public final class ShapeProbe {
    /** Elements: smaller ones may be the sizes that a Resize reads. */
    private static final int LARGE = 1 << 12;

    private ShapeProbe() {}

    /**
     * Shapes for one example. Where ONNX Runtime cannot run the network, what the file itself says; tensors of which
     * neither knows are missing from the answer.
     */
    public static Map<String, long[]> shapes(Model model, List<String> tensors) {
        Map<String, long[]> out = new LinkedHashMap<>();
        Model exposed = hollow(SubGraph.cut(model, Set.of(), tensors, Map.of()));
        try (OrtSession session = OrtSession.openPlain(exposed)) {
            out.putAll(session.shapes(ExampleInputs.random(exposed.graph(), 1, 1)));
        } catch (Refusal notForThisRuntime) {
            for (String name : tensors) {
                model.graph()
                        .valueInfo(name)
                        .flatMap(info -> info.shape())
                        .ifPresent(shape -> out.put(
                                name, shape.stream().mapToLong(Dim::size).toArray()));
            }
        }
        return out;
    }

    /** The network with zeros for its large weights, made as it runs: shapes do not depend on them, and reading them takes time. */
    private static Model hollow(Model model) {
        if (model.opset("") < 9) { // nothing that makes zeros until then
            return model;
        }
        GraphEditor editor = model.graph().edit().fixInitializers();
        List<Node> zeros = new ArrayList<>();
        for (Tensor weight : List.copyOf(editor.initializers().values())) {
            if (weight.type() == ElementType.FLOAT && weight.size() > LARGE) {
                String shape = editor.freshName(weight.name() + ".shape");
                editor.put(Tensor.ofLongs(shape, new long[] {weight.shape().length}, weight.shape()));
                editor.initializers().remove(weight.name());
                zeros.add(Node.of("ConstantOfShape", weight.name() + ".zeros", List.of(shape), List.of(weight.name())));
            }
        }
        editor.nodes().addAll(0, zeros);
        return model.withGraph(editor.build());
    }
}
