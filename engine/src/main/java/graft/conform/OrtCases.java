package graft.conform;

import graft.inference.OrtSession;
import graft.onnx.Model;
import graft.onnx.Tensor;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Cases in ONNX Runtime. */
final class OrtCases implements CaseEngine {
    @Override
    public Prepared prepare(Model model, Set<String> learning) {
        OrtSession session = OrtSession.open(model, 0);
        return new Prepared() {
            @Override
            public Answer run(Map<String, Tensor> inputs, Optional<Tensor> cotangent) {
                Map<String, Values> feed = new LinkedHashMap<>();
                inputs.forEach((name, tensor) -> feed.put(name, Values.of(tensor)));
                Map<String, Values> results = session.run(feed);
                List<Tensor> outputs = new ArrayList<>();
                for (String name : model.graph().outputNames()) {
                    outputs.add(results.get(name).toTensor(name));
                }
                return new Answer(outputs, Map.of());
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    @Override
    public boolean hasGradients() {
        return false;
    }

    @Override
    public void close() {
        // ONNX Runtime's environment belongs to the process.
    }
}
