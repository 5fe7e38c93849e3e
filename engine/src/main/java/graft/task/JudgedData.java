package graft.task;

import graft.Refusal;
import graft.data.DataOptions;
import graft.data.DataSet;
import graft.data.Target;
import graft.image.Preprocessing;
import graft.onnx.Model;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Data to judge a network by, or to take its ranges from: read as it was trained with them. */
public final class JudgedData {
    private JudgedData() {}

    /** The task that the user names; else the one that the file notes, if the data are of that one; else that of the data. */
    public static Task task(Path source, Model network, Settings given) {
        Optional<String> noted = Optional.ofNullable(network.metadata().get(Task.NOTE))
                .filter(name -> TaskTable.all().stream()
                        .anyMatch(task ->
                                task.name().equals(name) && task.reading().suits(source)));
        return TaskTable.of(source, given.get(PlanOptions.TASK).or(() -> noted));
    }

    /**
     * Opens data for a network. Without a seed, what has no parts is split as when the network was trained.
     *
     * @param images how pictures are prepared, asked where there are any
     * @param fixed inputs of the network that were given a value for all examples
     */
    public static DataSet open(
            Path source,
            Path file,
            Model network,
            Supplier<Optional<Preprocessing>> images,
            Settings given,
            Set<String> fixed,
            Progress progress) {
        Settings seeded = seeded(network, given);
        Task task = task(source, network, given);
        task.refuseForeignReading(source, given);
        DataSet data = task.reading().open(source, file, new Reading.How(network, images, seeded, fixed), progress);
        data.encoder().strangeTo(network.metadata()).ifPresent(how -> {
            throw new Refusal(file + " " + how + ".");
        });
        return task.reading().judgedBy(data, task.reading().notes(file, network));
    }

    /**
     * Opens examples of another domain than that of {@code source}, read as that is.
     *
     * @param classes of the source
     */
    public static Target target(
            Path folder,
            Path source,
            List<String> classes,
            Path file,
            Model network,
            Supplier<Optional<Preprocessing>> images,
            Settings given,
            Set<String> fixed,
            Progress progress) {
        Reading.How how = new Reading.How(network, images, seeded(network, given), fixed);
        return task(source, network, given).reading().target(folder, classes, file, how, progress);
    }

    private static Settings seeded(Model network, Settings given) {
        DataOptions noted = DataOptions.forJudging(network.metadata(), false);
        return Settings.NONE
                .with(PlanOptions.SEED, noted.seed())
                .with(PlanOptions.VAL_SHARE, noted.share())
                .and(given);
    }
}
