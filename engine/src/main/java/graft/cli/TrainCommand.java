package graft.cli;

import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.Computing;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.train.FineTuner;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft train}. */
@Command(name = "train", description = "Fine-tunes a network on examples.", sortOptions = false)
final class TrainCommand extends RunCommand {
    @Option(
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

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run folder to make.")
    private Path out;

    @Override
    public List<graft.options.Option<?>> options() {
        return PlanOptions.ALL;
    }

    private NetworkFile file;

    @Override
    protected Path folder() {
        return out;
    }

    @Override
    protected FineTuningResult train(FineTuningPlan plan, Progress progress) {
        data.preparationLines().forEach(progress::note);
        return FineTuner.run(plan, file, progress);
    }

    @Override
    protected int examplesAtOnce() {
        return settings().get(PlanOptions.BATCH);
    }

    @Override
    protected FineTuningPlan plan() {
        file = NetworkFile.at(network);
        Settings given = settings();
        return new FineTuningPlan(
                network.toAbsolutePath().normalize(),
                data.source().toAbsolutePath().normalize(),
                out.toAbsolutePath().normalize(),
                given.get(PlanOptions.TRAINABLE),
                given.get(PlanOptions.EPOCHS),
                given.get(PlanOptions.BATCH),
                given.get(PlanOptions.ACCUMULATE),
                given.get(PlanOptions.OPTIMIZER),
                given.get(PlanOptions.LEARNING_RATE),
                given.get(PlanOptions.MOMENTUM),
                given.get(PlanOptions.WEIGHT_DECAY),
                given.get(PlanOptions.SCHEDULE),
                given.get(PlanOptions.AUGMENT),
                given.get(PlanOptions.EARLY_STOP),
                given.get(PlanOptions.CLASS_WEIGHTS),
                given.get(PlanOptions.LABEL_SMOOTHING),
                given.get(PlanOptions.KEEP_STATISTICS),
                given.get(PlanOptions.DROPOUT),
                given.get(PlanOptions.SEED),
                given.get(PlanOptions.VIEWS_PER_EXAMPLE),
                given.get(PlanOptions.SHUFFLE),
                given.get(PlanOptions.HEAD_INIT),
                given.get(PlanOptions.FEATURES),
                data.preprocessing(file, options.reading()),
                given.get(PlanOptions.SKIP_UNREADABLE),
                given.get(PlanOptions.THREADS),
                given.get(PlanOptions.CHECKPOINT_SECONDS),
                new Computing(
                        given.get(PlanOptions.DEVICE),
                        given.get(PlanOptions.PRECISION),
                        given.get(PlanOptions.CHECKPOINT_ACTIVATIONS)),
                options.reading());
    }
}
