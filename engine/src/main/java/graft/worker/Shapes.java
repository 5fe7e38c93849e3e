package graft.worker;

import graft.inference.ShapeProbe;
import graft.meaning.Reading;
import graft.network.Importer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds shapes of inner tensors. */
public final class Shapes {
    private Shapes() {}

    /**
     * @param reading as the network was opened
     * @param tensors of the network as {@link Opening} gives it
     */
    public record Plan(Path file, Reading reading, List<String> tensors) implements Work.Plan {}

    /** @param byTensor for one example, batch axis first; those that cannot be found are missing */
    public record Found(Map<String, long[]> byTensor) {}

    static Found run(Plan plan) {
        return new Found(
                ShapeProbe.shapes(Importer.open(plan.file(), plan.reading()).model(), plan.tensors()));
    }
}
