package graft.inference;

import graft.Refusal;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.SubGraph;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shapes of inner tensors for one example: as ONNX Runtime infers them on opening, or, where that leaves one open, found by
 * running the example: whatever the graph computes of shapes is then known.
 */
public final class ShapeProbe {
    /** Elements: smaller ones may be the sizes that a Resize reads. */
    private static final int LARGE = 1 << 12;

    /** Nodes: computing the constants of more of them takes longer than asking first whether that is needed. */
    private static final int MANY = 1_000;

    private ShapeProbe() {}

    /**
     * Shapes for one example. Where ONNX Runtime cannot run the network, what the file itself says; tensors of which
     * neither knows are missing from the answer.
     */
    public static Map<String, long[]> shapes(Model model, List<String> tensors) {
        // What stands in the body of an If or Loop cannot be asked for.
        Set<String> outside = model.graph().producers().keySet();
        List<String> asked = tensors.stream().filter(outside::contains).toList();
        try {
            Model exposed = SubGraph.cut(model, Set.of(), asked, Map.of());
            Map<String, Values> example = ExampleInputs.random(exposed.graph(), 1, 1);
            Map<String, long[]> inferred = inferred(exposed, example);
            return inferred.keySet().containsAll(asked) ? inferred : run(exposed, example);
        } catch (Refusal notForThisRuntime) {
            Map<String, long[]> out = new LinkedHashMap<>();
            for (String name : tensors) {
                model.graph()
                        .valueInfo(name)
                        .flatMap(info -> info.shape())
                        .ifPresent(shape -> out.put(
                                name, shape.stream().mapToLong(Dim::size).toArray()));
            }
            return out;
        }
    }

    /** What ONNX Runtime says on opening the network with inputs of the example's shape; the large weights are inputs too. */
    private static Map<String, long[]> inferred(Model model, Map<String, Values> example) {
        GraphEditor editor = model.graph().edit().forgetInnerShapes().fixInitializers();
        List<ValueInfo> inputs = new ArrayList<>();
        model.graph().inputs().stream()
                .map(input -> input.withShape(dims(example.get(input.name()).shape())))
                .forEach(inputs::add);
        for (Tensor weight : largeWeights(editor)) {
            editor.initializers().remove(weight.name());
            inputs.add(ValueInfo.ofType(weight.name(), weight.type()).withShape(dims(weight.shape())));
        }
        editor.inputs(inputs)
                .outputs(model.graph().outputNames().stream()
                        .map(ValueInfo::ofName)
                        .toList());
        Model fed = model.withGraph(editor.build());
        try {
            if (model.graph().nodes().size() > MANY) {
                Map<String, long[]> plain = inferred(OrtSession.openPlain(fed));
                if (plain.keySet().containsAll(model.graph().outputNames())) {
                    return plain;
                }
            }
            return inferred(OrtSession.openFolded(fed));
        } catch (Refusal wantsItsWeights) {
            return Map.of(); // an operator may insist on a constant; what comes out then tells
        }
    }

    private static Map<String, long[]> inferred(OrtSession opened) {
        try (OrtSession session = opened) {
            return session.inferredShapes();
        }
    }

    private static List<Dim> dims(long[] shape) {
        return Arrays.stream(shape).mapToObj(Dim::of).toList();
    }

    /** What comes out. The large weights are zeros made meanwhile: shapes do not depend on them, and reading them takes time. */
    private static Map<String, long[]> run(Model model, Map<String, Values> example) {
        GraphEditor editor = model.graph().edit().fixInitializers();
        List<Node> zeros = new ArrayList<>();
        if (model.opset("") >= 9) { // nothing that makes zeros until then
            for (Tensor weight : largeWeights(editor)) {
                String shape = editor.freshName(weight.name() + ".shape");
                editor.put(Tensor.ofLongs(shape, new long[] {weight.shape().length}, weight.shape()));
                editor.initializers().remove(weight.name());
                zeros.add(Node.of("ConstantOfShape", weight.name() + ".zeros", List.of(shape), List.of(weight.name())));
            }
        }
        editor.nodes().addAll(0, zeros);
        try (OrtSession session = OrtSession.openPlain(model.withGraph(editor.build()))) {
            return session.shapes(example);
        }
    }

    private static List<Tensor> largeWeights(GraphEditor editor) {
        return editor.initializers().values().stream()
                .filter(weight -> weight.type() == ElementType.FLOAT && weight.size() > LARGE)
                .toList();
    }
}
