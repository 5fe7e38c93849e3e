package graft.worker;

import graft.data.DataSet;
import graft.deploy.Deployer;
import graft.deploy.Deployment;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes every form of a network and measures each.
 *
 * @param file the network's
 * @param out folder for the forms
 * @param maxLoss percentage points of accuracy that may be lost
 * @param how what the user says of the data
 */
public record Comparison(Path file, Path data, Path out, double maxLoss, HowRead how) implements Work.Plan {

    @Override
    public List<Path> files() {
        return List.of(file, data);
    }

    Deployment run(Progress progress) {
        Optional<Preprocessing> prepared = Judging.preparation(file, data, how.settings());
        DataSet examples = Judging.open(file, data, prepared, how.settings(), progress);
        return Deployer.deploy(file, Reading.USUAL, examples, out, maxLoss, progress);
    }
}
