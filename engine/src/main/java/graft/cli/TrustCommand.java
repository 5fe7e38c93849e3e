package graft.cli;

import graft.Refusal;
import graft.data.DataSet;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.trust.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that says how far a network's answers can be trusted. */
abstract class TrustCommand<R> extends GraftCommand<R> {
    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path network;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ClassOptions classes;

    @Mixin
    private DataArguments data;

    @Override
    public List<graft.options.Option<?>> options() {
        return Stream.concat(DataArguments.READING.stream(), Stream.of(PlanOptions.THREADS))
                .toList();
    }

    /** The network, ready to be asked about the examples. */
    protected final Trust trust(Progress progress) {
        Reading reading = classes.of(options.reading());
        NetworkFile file = NetworkFile.at(network);
        DataSet examples = data.open(file, reading, progress);
        if (examples.classes().isEmpty()) {
            throw new Refusal(
                    data.source() + " has no classes: how sure a network is of one is what this command is about."
                            + " Its scores are told by `graft evaluate`.");
        }
        data.preparationLines().forEach(progress::note);
        Long seed = settings().get(DataArguments.SEED);
        return new Trust(
                file, reading, examples, seed == null ? 0 : seed, settings().get(PlanOptions.THREADS));
    }

    protected final Path network() {
        return network;
    }
}
