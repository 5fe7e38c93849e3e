package graft.cli;

import graft.network.Importer;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.Recipes;
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
        FineTuningPlan plan = FineTuningPlan.of(
                        network.toAbsolutePath().normalize(),
                        data.source().toAbsolutePath().normalize(),
                        out.toAbsolutePath().normalize())
                .with(settings().only(PlanOptions.ALL))
                .withPreprocessing(data.preprocessing(file, options.reading()))
                .withReading(options.reading());
        // Here, so that the history knows the stages too.
        return plan.isToBeExpanded()
                ? Recipes.expanded(plan, Importer.of(plan.network(), file.model(), plan.reading()))
                : plan;
    }
}
