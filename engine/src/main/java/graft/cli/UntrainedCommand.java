package graft.cli;

import graft.catalog.ResidualNetwork;
import graft.files.OutputPlace;
import graft.network.Importer;
import graft.network.Network;
import graft.network.PrototypeHead;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.rewrite.Untrained;
import graft.run.PlanOptions;
import graft.text.TokenizerFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft untrained}. */
@Command(
        name = "untrained",
        description =
                "Writes a network's architecture with random weights, to be trained from scratch: the built-in one's, or"
                        + " another's.",
        sortOptions = false)
final class UntrainedCommand extends GraftCommand<UntrainedCommand.Written> {
    @Option(
            names = "--network",
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "Whose architecture it is; the file stays as it is (default: the built-in network's).")
    private Optional<Path> network;

    @Mixin
    private NetworkOptions options;

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
        network.ifPresentOrElse(
                file -> OutputPlace.checkFile(out, MadeByGraft::isOn, file),
                () -> OutputPlace.checkFile(out, MadeByGraft::isOn));
        Model made = network.map(file -> forgotten(file, seed)).orElseGet(() -> ResidualNetwork.untrained(seed));
        OnnxFile.write(MadeByGraft.note(made), out);
        network.ifPresent(file -> TokenizerFile.follow(file, made, out));
        return new Written(out, seed);
    }

    private Model forgotten(Path file, long seed) {
        Network known = Importer.open(file, options.reading());
        Set<String> learnt = new HashSet<>(known.weights());
        learnt.addAll(known.state());
        return MadeByGraft.forget(known.asFile(Untrained.of(known.model(), learnt, seed)))
                .withoutMetadata(PrototypeHead.NOTE);
    }

    @Override
    protected void print(Written result, PrintWriter out) {
        out.println("Written: " + result.network()
                + ". It knows nothing yet; `graft train --trainable all` teaches all of it.");
    }
}
