package graft.cli;

import graft.Refusal;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.Sweep;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.Recipes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft sweep}. */
@Command(
        name = "sweep",
        description =
                "Tries rates, recipes and networks: all for few epochs, the better half for twice as many, and so on. Given again,"
                        + " it goes on where it stopped.",
        sortOptions = false)
final class SweepCommand extends GraftCommand<Sweep.Result> {
    @Mixin
    private PlanArguments arguments;

    @Option(
            names = "--also",
            paramLabel = "NET",
            converter = NetworkArgument.class,
            description = "Another network to try; may be given several times.")
    private List<Path> also = new ArrayList<>();

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "X",
            converter = RateArgument.class,
            description = "Learning rates to try (default: --lr).")
    private List<Double> rates = new ArrayList<>();

    @Option(
            names = "--recipes",
            split = ",",
            paramLabel = "RECIPE",
            converter = RecipeArgument.class,
            description = "Recipes to try (default: --recipe, or what --trainable says).")
    private List<String> recipes = new ArrayList<>();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the sweep; a run folder each in it.")
    private Path out;

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "The project that remembers the runs (default: GRAFT_HOME/project).")
    private Optional<Path> project;

    @Override
    protected int examplesAtOnce() {
        return settings().get(PlanOptions.BATCH);
    }

    @Override
    protected Sweep.Result run(Progress progress) {
        FineTuningPlan plan = arguments.plan(out, settings());
        arguments.notePreparation(progress);
        List<FineTuningPlan> plans = new ArrayList<>(List.of(plan));
        also.forEach(other -> plans.add(arguments.plan(other, NetworkFile.at(other), out, settings())));
        List<Sweep.Candidate> candidates = candidates(plans);
        if (candidates.size() < 2) {
            throw new Refusal(
                    "There is one run to try, which `graft train` does. Name several with --rates, --recipes or --also.");
        }
        try (ProjectFolder history = ProjectFolder.open(project.orElseGet(ProjectFolder::usual))) {
            return new Sweep(out.toAbsolutePath().normalize(), candidates, history, progress).run();
        }
    }

    private List<Sweep.Candidate> candidates(List<FineTuningPlan> plans) {
        List<Sweep.Candidate> out = new ArrayList<>();
        for (FineTuningPlan plan : plans) {
            List<Optional<String>> ways = recipes.isEmpty()
                    ? List.of(plan.get(PlanOptions.RECIPE))
                    : recipes.stream().distinct().map(Optional::of).toList();
            List<Double> tried = rates.isEmpty()
                    ? List.of(plan.get(PlanOptions.LEARNING_RATE))
                    : rates.stream().distinct().toList();
            for (Optional<String> recipe : ways) {
                // Without a step one rate is as another: twins would crowd out what differs.
                long different = recipe.filter(Recipes::isAtOnce).isPresent() ? 1 : tried.size();
                tried.stream()
                        .limit(different)
                        .forEach(rate ->
                                out.add(new Sweep.Candidate(plan.with(PlanOptions.LEARNING_RATE, rate), recipe, rate)));
            }
        }
        return out;
    }

    @Override
    protected String afterInterruption() {
        return "the same command goes on where it stopped.";
    }

    @Override
    protected int exitCode(Sweep.Result result) {
        return result.finished() ? 0 : Interrupts.EXIT_CODE;
    }

    @Override
    protected void print(Sweep.Result result, PrintWriter out) {
        out.println("round  epochs  score   seconds  run");
        for (Sweep.Row row : result.runs()) {
            out.printf(
                    Locale.ROOT,
                    "%-6d %-7d %-7s %-8s %s%n",
                    row.round(),
                    row.epochs(),
                    row.valScore() == null ? row.status() : String.format(Locale.ROOT, "%.4f", row.valScore()),
                    row.seconds() == null ? "" : String.format(Locale.ROOT, "%.1f", row.seconds()),
                    row.folder().getFileName());
        }
        if (result.best() != null) {
            out.printf(
                    Locale.ROOT,
                    "Best: %s, %s %.4f. The best of several is a little too good on the examples that chose it; a test part says"
                            + " what holds.%n",
                    result.best().folder(),
                    result.best().metric(),
                    result.best().valScore());
        }
    }
}
