package graft.worker;

import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.WeightHistogram;
import graft.onnx.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks at the numbers of weights, which the window does not hold. */
public final class WeightNumbers {
    private static final int PARTS = 25;

    private WeightNumbers() {}

    /** @param weights names of some, as {@link Opening} gives them; those that are not in the file are left out */
    public record Plan(Path file, Reading reading, List<String> weights) implements Work.Plan {}

    static WeightHistogram run(Plan plan) {
        Map<String, Tensor> tensors =
                Importer.open(plan.file(), plan.reading()).model().graph().initializers();
        return WeightHistogram.of(
                plan.weights().stream()
                        .filter(tensors::containsKey)
                        .map(tensors::get)
                        .toList(),
                PARTS);
    }
}
