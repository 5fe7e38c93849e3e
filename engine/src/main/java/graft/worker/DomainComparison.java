package graft.worker;

import graft.data.DataSet;
import graft.data.Target;
import graft.domains.TwoDomains;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the features of two domains in a network and in the one that it was made of.
 *
 * @param file the network's
 * @param before what it was made of
 * @param how what the user says of the data
 */
public record DomainComparison(Path file, Path before, Path source, Path target, HowRead how) implements Work.Plan {
    @Override
    public List<Path> files() {
        return List.of(file, before, source, target);
    }

    TwoDomains run(Progress progress) {
        Settings said = how.settings();
        NetworkFile network = NetworkFile.at(file);
        Optional<Preprocessing> prepared = Judging.preparation(file, source, said);
        DataSet examples = Judging.open(file, source, prepared, said, progress);
        Target others = JudgedData.target(
                target, source, examples.classes(), file, network.model(), () -> prepared, said, Set.of(), progress);
        return TwoDomains.of(
                network,
                Optional.of(NetworkFile.at(before)),
                Reading.USUAL,
                examples,
                others,
                said.given(PlanOptions.SEED).orElse(0L),
                0,
                progress);
    }
}
