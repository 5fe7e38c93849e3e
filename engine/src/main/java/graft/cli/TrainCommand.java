package graft.cli;

import graft.network.Importer;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.Recipes;
import graft.train.FineTuner;
import graft.train.RateFinder;
import graft.train.RecipeChooser;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft train}. */
@Command(name = "train", description = "Fine-tunes a network on examples.", sortOptions = false)
final class TrainCommand extends RunCommand {
    @Mixin
    private PlanArguments arguments;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The run folder to make.")
    private Path out;

    @Override
    protected Path folder() {
        return out;
    }

    @Override
    protected FineTuningResult train(FineTuningPlan plan, Progress progress) {
        return FineTuner.run(plan, arguments.file(), progress);
    }

    @Override
    protected int examplesAtOnce() {
        return settings().get(PlanOptions.BATCH);
    }

    @Override
    protected FineTuningPlan plan(Progress progress) {
        FineTuningPlan asked = arguments.plan(out, settings());
        arguments.notePreparation(progress);
        // Here, so that the history knows the rate and the stages too.
        FineTuningPlan plan = RateFinder.settled(
                RecipeChooser.settled(asked, arguments.file(), progress), arguments.file(), progress);
        return plan.isToBeExpanded()
                ? Recipes.expanded(
                        plan, Importer.of(plan.network(), arguments.file().model(), plan.reading()))
                : plan;
    }
}
