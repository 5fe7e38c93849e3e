package graft.cli;

import graft.onnx.NetworkFile;
import graft.options.Option;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.train.RateFinder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graft lr-find}. */
@Command(
        name = "lr-find",
        description =
                "Looks for a learning rate by a short run in which it grows from step to step; nothing is written.",
        sortOptions = false)
final class LrFindCommand extends GraftCommand<RateFinder.Found> {
    private static final int SHOWN = 20;

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

    @picocli.CommandLine.Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many steps are tried (default: 100).")
    private int steps;

    @Override
    public List<Option<?>> options() {
        return PlanOptions.ALL;
    }

    @Override
    protected int examplesAtOnce() {
        return settings().get(PlanOptions.BATCH);
    }

    @Override
    protected RateFinder.Found run(Progress progress) {
        if (steps < SHOWN || steps > 1_000_000) {
            throw new graft.Refusal("--steps must be a whole number from " + SHOWN + " to 1000000; it was " + steps
                    + ". Fewer say nothing of a curve.");
        }
        NetworkFile file = NetworkFile.at(network);
        data.preparationLines().forEach(progress::note);
        FineTuningPlan plan = FineTuningPlan.of(
                        network.toAbsolutePath().normalize(),
                        data.source().toAbsolutePath().normalize(),
                        Path.of("."))
                .with(settings().only(PlanOptions.ALL))
                .withPreprocessing(data.preprocessing(file, options.reading()))
                .withReading(options.reading());
        return RateFinder.find(plan, file, steps, progress);
    }

    @Override
    protected void print(RateFinder.Found result, PrintWriter out) {
        int every = Math.max(1, result.curve().size() / SHOWN);
        for (int i = 0; i < result.curve().size(); i += every) {
            RateFinder.Point point = result.curve().get(i);
            out.printf(Locale.ROOT, "%.2e  loss %.4f%n", point.lr(), point.smoothed());
        }
        if (result.suggestion() == null) {
            out.println("The loss fell nowhere: no rate can be suggested.");
        } else {
            out.printf(Locale.ROOT, "Suggested: --lr %.2g%n", result.suggestion());
        }
    }
}
