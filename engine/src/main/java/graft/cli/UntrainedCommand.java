package graft.cli;

import graft.catalog.ResidualNetwork;
import graft.files.OutputPlace;
import graft.onnx.MadeByGraft;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft untrained}. */
@Command(
        name = "untrained",
        description = "Writes the built-in network's architecture with random weights, to be trained from scratch.",
        sortOptions = false)
final class UntrainedCommand extends GraftCommand<UntrainedCommand.Written> {
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The .onnx file to write.")
    private Path out;

    private static final graft.options.Option<Long> SEED =
            PlanOptions.SEED.says("Of the weights.").in(OwnOptions.GROUP);

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(SEED);
    }

    record Written(Path network, long seed) {}

    @Override
    protected Written run(Progress progress) {
        long seed = settings().get(SEED);
        OutputPlace.checkFile(out, MadeByGraft::isOn);
        OnnxFile.write(MadeByGraft.note(ResidualNetwork.untrained(seed)), out);
        return new Written(out, seed);
    }

    @Override
    protected void print(Written result, PrintWriter out) {
        out.println("Written: " + result.network()
                + ". It knows nothing yet; `graft train --trainable all` teaches all of it.");
    }
}
