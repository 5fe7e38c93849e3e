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
 */
public record Comparison(Path file, Path data, Path out, double maxLoss) implements Work.Plan {

    @Override
    public List<Path> files() {
        return List.of(file, data);
    }

    Deployment run(Progress progress) {
        Optional<Preprocessing> how = Judging.preparation(file, data);
        DataSet examples = Judging.open(file, data, how, progress);
        return Deployer.deploy(file, Reading.USUAL, examples, out, maxLoss, progress);
    }
}
