package graft.cli;

import graft.Refusal;
import graft.data.DataSet;
import graft.data.Target;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import graft.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A network's file and the examples that it is asked about. */
final class JudgedNetwork implements Offering {
    static final graft.options.Option<Long> SEED =
            PlanOptions.SEED.usually(null).says("Of everything random (default: what the network was trained with).");

    private static final graft.options.Option<Double> VAL_SHARE = PlanOptions.VAL_SHARE
            .usually(null)
            .says("Share of each class that is set aside to judge by, where the data do not say which (default: as the"
                    + " network was trained).");

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "The .onnx file.")
    private Path path;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private ClassOptions classes;

    @Mixin
    private DataArguments data;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private NetworkFile file;

    @Override
    public List<graft.options.Option<?>> options() {
        return List.of(
                PlanOptions.SKIP_UNREADABLE,
                SEED,
                VAL_SHARE,
                PlanOptions.TASK,
                PlanOptions.TEXT,
                PlanOptions.TEXT_PAIR,
                PlanOptions.LABEL,
                PlanOptions.TOKENIZER,
                PlanOptions.MAX_LENGTH,
                PlanOptions.DOC_STRIDE,
                PlanOptions.MAX_ANSWER_LENGTH,
                PlanOptions.BLOCK_SIZE,
                PlanOptions.MASK_SHARE);
    }

    Path path() {
        return path;
    }

    /** The network's file, read once. */
    NetworkFile file() {
        if (file == null) {
            file = NetworkFile.at(path);
        }
        return file;
    }

    /** How the file is read. */
    Reading reading() {
        return classes.of(options.reading());
    }

    /** Where the examples are. */
    Path source() {
        return data.source();
    }

    DataSet open(Progress progress) {
        Reading reading = reading();
        return JudgedData.open(
                source(),
                path,
                file().model(),
                this::preprocessing,
                given(),
                reading.inputs().keySet(),
                progress);
    }

    /**
     * Examples of another domain, read as the data are.
     *
     * @param source examples of the domain whose classes are known
     */
    Target target(Path folder, DataSet source, Progress progress) {
        return JudgedData.target(
                folder,
                source(),
                source.classes(),
                path,
                file().model(),
                this::preprocessing,
                given(),
                reading().inputs().keySet(),
                progress);
    }

    /**
     * What the network is to answer for them. Where that is no classes, the file must have been trained for it, unless the task
     * finds its output by itself: such answers cannot be told from others.
     *
     * @throws Refusal where the file does not say so
     */
    Task task(DataSet examples) {
        Task task = JudgedData.task(source(), file().model(), given());
        boolean found = !task.judging()
                .of(examples.val().targets(), examples.classes())
                .reads()
                .isEmpty();
        if (examples.classes().isEmpty()
                && !found
                && !task.reading().isAnsweredBy(path, file().model())
                && !task.name().equals(file().model().metadata().get(Task.NOTE))) {
            throw new Refusal(path + " does not note that it was trained for " + task.name()
                    + ", so that nobody knows which of its outputs answers. Judge a file that `graft train` wrote, put the config.json"
                    + " beside it that it came with, or name another task with --task.");
        }
        return task;
    }

    Optional<Preprocessing> preprocessing() {
        return data.preprocessing(file(), reading(), given());
    }

    /** Where the preparation comes from; known once it was asked for. */
    List<String> preparationLines() {
        return data.preparationLines();
    }

    private Settings given() {
        return OptionSpecs.given(command);
    }
}
