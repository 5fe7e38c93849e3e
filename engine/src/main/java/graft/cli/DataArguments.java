package graft.cli;

import graft.data.JoinedData;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The examples that a command works on, and how they are prepared for its network. */
@Heading("Data")
final class DataArguments {
    static final String SOURCES =
            "Pictures or texts in folders train/<class>/* and val/<class>/*, or <class>/*; a .csv, .tsv or .jsonl file of texts,"
                    + " or a folder of such; or an .npz file. Given several times: all of them as one data set.";

    @Option(names = "--data", required = true, paramLabel = "DATA", description = SOURCES)
    private List<Path> sources = new ArrayList<>();

    private Path source;

    @Mixin
    private PreprocessingOptions preprocessing;

    /** @param given to the command, which a part of it does not know */
    Optional<Preprocessing> preprocessing(NetworkFile network, Reading reading, Settings given) {
        return preprocessing.forData(source(), network, reading, given);
    }

    /** Where the preparation comes from; known once it was asked for. */
    List<String> preparationLines() {
        return preprocessing.lines();
    }

    /** One folder or file; it stands for all of them where several were given. */
    Path source() {
        if (source == null) {
            source = JoinedData.of(sources);
        }
        return source;
    }
}
