package graft.cli;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.image.ImageData;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The examples that a command works on, and how they are prepared for its network. */
@Heading("Data")
final class DataArguments {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATA",
            description = "A folder with train/<class>/* and val/<class>/*, or <class>/*, or an .npz file.")
    private Path source;

    @Option(names = "--skip-unreadable", description = "Leave out pictures that cannot be read.")
    private boolean skipUnreadable;

    @Option(
            names = "--seed",
            description = "Of everything random (default: 1; in judging, what the network was trained with).")
    private Optional<Long> seed;

    @Mixin
    private PreprocessingOptions preprocessing;

    DataSet open(Path network, Reading reading, Progress progress) {
        return ImageData.open(
                source, preprocessing(network, reading, progress), options(OnnxFile.read(network)), progress);
    }

    Optional<Preprocessing> preprocessing(Path network, Reading reading, Progress progress) {
        return preprocessing.forData(source, network, reading, progress);
    }

    /** Where the preparation comes from; known once it was asked for. */
    List<String> preparationLines() {
        return preprocessing.lines();
    }

    Path source() {
        return source;
    }

    long seed() {
        return seed.orElse(DataOptions.DEFAULT.seed());
    }

    boolean skipUnreadable() {
        return skipUnreadable;
    }

    private DataOptions options(Model network) {
        return seed.map(chosen -> new DataOptions(chosen, skipUnreadable))
                .orElseGet(() -> DataOptions.forJudging(network.metadata(), skipUnreadable));
    }
}
