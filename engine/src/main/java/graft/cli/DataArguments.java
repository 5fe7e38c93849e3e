package graft.cli;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.JoinedData;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import graft.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The examples that a command works on, and how they are prepared for its network. */
@Heading("Data")
final class DataArguments {
    static final String SOURCES =
            "Pictures or texts in folders train/<class>/* and val/<class>/*, or <class>/*; a .csv, .tsv or .jsonl file of texts,"
                    + " or a folder of such; or an .npz file. Given several times: all of them as one data set.";

    @Option(names = "--data", required = true, paramLabel = "DATA", description = SOURCES)
    private List<Path> sources = new ArrayList<>();

    private Path source;

    /** Of a network that is judged. */
    static final graft.options.Option<Long> SEED =
            PlanOptions.SEED.usually(null).says("Of everything random (default: what the network was trained with).");

    static final graft.options.Option<Double> VAL_SHARE = PlanOptions.VAL_SHARE
            .usually(null)
            .says("Share of each class that is set aside to judge by, where the data do not say which (default: as the"
                    + " network was trained).");

    /** How the examples of a network that is judged are read. */
    static final List<graft.options.Option<?>> READING = List.of(
            PlanOptions.SKIP_UNREADABLE,
            SEED,
            VAL_SHARE,
            PlanOptions.TASK,
            PlanOptions.TEXT,
            PlanOptions.TEXT_PAIR,
            PlanOptions.LABEL,
            PlanOptions.TOKENIZER,
            PlanOptions.MAX_LENGTH);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private PreprocessingOptions preprocessing;

    DataSet open(NetworkFile network, Reading reading, Progress progress) {
        return JudgedData.open(
                source(),
                network.path(),
                network.model(),
                () -> preprocessing(network, reading),
                OptionSpecs.given(command),
                reading.inputs().keySet(),
                progress);
    }

    /** What the network is to answer for them. */
    Task task(NetworkFile network) {
        return JudgedData.task(source(), network.model(), OptionSpecs.given(command));
    }

    /**
     * The same, where the file must have been trained for it: answers that are no classes cannot be told from others.
     *
     * @throws Refusal where the file does not say so
     */
    Task noted(NetworkFile network, DataSet examples) {
        Task task = task(network);
        if (examples.classes().isEmpty()
                && !task.name().equals(network.model().metadata().get(Task.NOTE))) {
            throw new Refusal(network.path() + " does not note that it was trained for " + task.name()
                    + ", so that nobody knows which of its outputs answers. Judge a file that `graft train` wrote, or name"
                    + " another task with --task.");
        }
        return task;
    }

    Optional<Preprocessing> preprocessing(NetworkFile network, Reading reading) {
        return preprocessing(network, reading, OptionSpecs.given(command));
    }

    /** @param given to the command, which a part of a part of it does not know */
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
