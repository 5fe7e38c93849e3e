package graft.cli;

import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.train.RateFinder;
import graft.train.RecipeChooser;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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

    @Mixin
    private PlanArguments arguments;

    @picocli.CommandLine.Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many steps are tried (default: 100).")
    private int steps;

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
        FineTuningPlan asked = arguments.plan(Path.of("."), settings());
        arguments.notePreparation(progress);
        FineTuningPlan plan = RecipeChooser.settled(asked, arguments.file(), progress);
        return RateFinder.find(plan, arguments.file(), steps, progress);
    }

    @Override
    protected void print(RateFinder.Found result, PrintWriter out) {
        int every = Math.max(1, result.curve().size() / SHOWN);
        for (int i = 0; i < result.curve().size(); i += every) {
            RateFinder.Point point = result.curve().get(i);
            out.printf(Locale.ROOT, "%.2e  loss %.4f%n", point.lr(), point.smoothed());
        }
        if (result.suggestion() == null && result.brisk() == null) {
            out.println("The loss fell nowhere: no rate can be suggested.");
        }
        if (result.suggestion() != null) {
            out.printf(Locale.ROOT, "Suggested: --lr %.2g, the careful choice, for long runs.%n", result.suggestion());
            out.println(proof(result.trials()));
        }
        if (result.brisk() != null) {
            out.println("For some ten epochs: --lr " + result.brisk()
                    + ", a third of where the loss was lowest, at most 0.3.");
        }
    }

    private static String proof(List<RateFinder.Trial> trials) {
        String tried = trials.stream()
                .map(trial -> String.format(
                        Locale.ROOT,
                        "at %.2g from %.4g to %s",
                        trial.lr(),
                        trial.before(),
                        trial.after() == null ? "no finite number" : String.format(Locale.ROOT, "%.4g", trial.after())))
                .collect(Collectors.joining(", "));
        return "Proved by some steps from the start, the loss went " + tried
                + (trials.get(trials.size() - 1).learns()
                        ? "."
                        : ": none of these learns so soon, and the one that ended lowest is suggested.");
    }
}
