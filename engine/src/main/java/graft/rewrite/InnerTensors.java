package graft.rewrite;

import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Graph;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types and ranks of all tensors of a model, as ONNX Runtime infers them, and models that show inner tensors. */
public final class InnerTensors {
    private final Map<String, ValueInfo> infos = new LinkedHashMap<>();

    private InnerTensors() {}

    public static InnerTensors of(Model model) {
        Graph graph = model.graph();
        InnerTensors tensors = new InnerTensors();
        graph.inputs().forEach(input -> tensors.infos.put(input.name(), input));
        for (Tensor tensor : graph.initializers().values()) {
            ValueInfo.Dim[] dims = new ValueInfo.Dim[tensor.shape().length];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = ValueInfo.Dim.of(tensor.shape()[i]);
            }
            tensors.infos.put(tensor.name(), ValueInfo.of(tensor.name(), tensor.type(), dims));
        }
        Set<String> computed = new LinkedHashSet<>();
        graph.nodes()
                .forEach(node ->
                        node.outputs().stream().filter(name -> !name.isEmpty()).forEach(computed::add));
        // Without optimisation: a fused network has no inner tensors left to ask about.
        try (OrtSession session = OrtSession.openPlain(showing(model, computed))) {
            tensors.infos.putAll(session.outputs());
        }
        return tensors;
    }

    /** The model with {@code tensors} as its outputs, in that order. */
    public static Model showing(Model model, Collection<String> tensors) {
        Map<String, ValueInfo> known = new LinkedHashMap<>();
        model.graph().outputs().forEach(output -> known.put(output.name(), output));
        List<ValueInfo> outputs = new ArrayList<>();
        tensors.forEach(name -> outputs.add(known.getOrDefault(name, ValueInfo.ofName(name))));
        GraphEditor editor = model.graph().edit().outputs(outputs);
        return model.withGraph(editor.build());
    }

    public boolean isFloat(String tensor) {
        return isOf(tensor, ElementType.FLOAT);
    }

    boolean isOf(String tensor, ElementType type) {
        return infos.containsKey(tensor)
                && infos.get(tensor).type().filter(type::equals).isPresent();
    }

    /** Number of axes; -1 where it is not known. */
    int rank(String tensor) {
        return infos.containsKey(tensor)
                ? infos.get(tensor).shape().map(List::size).orElse(-1)
                : -1;
    }
}
