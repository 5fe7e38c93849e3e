package graft.cli;

import graft.catalog.NetworkPath;
import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A plan as a command line gives it: a network, examples, and everything that can be set of a run. */
final class PlanArguments implements Offering {
    @picocli.CommandLine.Option(
            names = "--network",
            required = true,
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description =
                    "What to start from: an .onnx file, a folder that holds one, or a built-in network (graft-resnet, minilm).")
    private Path network;

    @Mixin
    private NetworkOptions options;

    @Mixin
    private DataArguments data;

    private NetworkFile file;

    @Override
    public List<Option<?>> options() {
        return PlanOptions.ALL;
    }

    /** The network's file, read once. */
    NetworkFile file() {
        if (file == null) {
            file = NetworkFile.at(network);
        }
        return file;
    }

    /** @param settings what was given to the command */
    FineTuningPlan plan(Path out, Settings settings) {
        return plan(network, file(), out, settings);
    }

    /** The same from another network, with the preparation that this one's file asks for. */
    FineTuningPlan plan(Path other, NetworkFile file, Path out, Settings settings) {
        return FineTuningPlan.of(
                        other.toAbsolutePath().normalize(),
                        data.source().toAbsolutePath().normalize(),
                        out.toAbsolutePath().normalize())
                .with(placed(settings.only(PlanOptions.ALL)))
                .withPreprocessing(data.preprocessing(file, options.reading(), settings))
                .withReading(options.reading());
    }

    /** Places in settings as a run finds them wherever it goes on. */
    private static Settings placed(Settings given) {
        Settings out = given;
        Optional<String> target = given.get(TransferOptions.TARGET);
        if (target.isPresent()) {
            out = out.with(TransferOptions.TARGET, target.map(PlanArguments::placed));
        }
        Optional<String> teacher = given.get(TransferOptions.TEACHER);
        if (teacher.isPresent()) {
            out = out.with(
                    TransferOptions.TEACHER,
                    teacher.map(typed -> placed(NetworkPath.of(Path.of(typed)).toString())));
        }
        return out;
    }

    private static String placed(String typed) {
        return Path.of(typed).toAbsolutePath().normalize().toString();
    }

    /** Says where the preparation of pictures comes from; known once the plan is. */
    void notePreparation(Progress progress) {
        data.preparationLines().forEach(progress::note);
    }
}
