package graft.inference;

import graft.Refusal;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import graft.onnx.ValueInfo.Dim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shapes of inner tensors, found by running one example: whatever the graph computes of shapes is then known. */
public final class ShapeProbe {
    private ShapeProbe() {}

    /**
     * Shapes for one example. Where ONNX Runtime cannot run the network, what the file itself says; tensors of which
     * neither knows are missing from the answer.
     */
    public static Map<String, long[]> shapes(Model model, List<String> tensors) {
        Map<String, long[]> out = new LinkedHashMap<>();
        Model exposed = SubGraph.cut(model, Set.of(), tensors, Map.of());
        try (OrtSession session = OrtSession.openPlain(exposed)) {
            session.run(ExampleInputs.random(exposed.graph(), 1, 1))
                    .forEach((name, values) -> out.put(name, values.shape()));
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
}
