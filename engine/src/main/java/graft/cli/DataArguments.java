package graft.cli;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.image.ImageData;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The examples that a command works on, and how they are prepared for its network. */
@Heading("Data")
final class DataArguments {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATA",
            description = "A folder with train/<class>/* and val/<class>/*, or <class>/*, or an .npz file.")
    private Path source;

    /** Of a network that is judged. */
    static final graft.options.Option<Long> SEED =
            PlanOptions.SEED.usually(null).says("Of everything random (default: what the network was trained with).");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private PreprocessingOptions preprocessing;

    DataSet open(NetworkFile network, Reading reading, Progress progress) {
        return ImageData.open(source, preprocessing(network, reading), options(network.model()), progress);
    }

    Optional<Preprocessing> preprocessing(NetworkFile network, Reading reading) {
        return preprocessing.forData(source, network, reading, OptionSpecs.given(command));
    }

    /** Where the preparation comes from; known once it was asked for. */
    List<String> preparationLines() {
        return preprocessing.lines();
    }

    Path source() {
        return source;
    }

    private DataOptions options(Model network) {
        Settings given = OptionSpecs.given(command);
        boolean skipUnreadable = given.get(PlanOptions.SKIP_UNREADABLE);
        return given.given(SEED)
                .map(chosen -> new DataOptions(chosen, skipUnreadable))
                .orElseGet(() -> DataOptions.forJudging(network.metadata(), skipUnreadable));
    }
}
