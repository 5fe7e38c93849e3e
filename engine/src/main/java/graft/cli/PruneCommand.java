package graft.cli;

import graft.progress.Progress;
import graft.prune.Pruning;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code graft prune}. */
@Command(
        name = "prune",
        description =
                "Takes channels out of a network until it does a share of its multiply-adds, and lets what is left learn again, taught"
                        + " by the whole network where that knows the classes. Given again, it goes on where it stopped.",
        sortOptions = false)
final class PruneCommand extends GraftCommand<Pruning.Result> {
    private static final int SHOWN = 8;

    @Mixin
    private PlanArguments arguments;

    @Option(
            names = "--macs",
            required = true,
            paramLabel = "SHARE",
            description = "The share of the multiply-adds that may stay, such as 0.5.")
    private double share;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The .onnx file to write.")
    private Path out;

    @Override
    protected int examplesAtOnce() {
        return settings().get(PlanOptions.BATCH);
    }

    @Override
    protected Pruning.Result run(Progress progress) {
        Path place = out.toAbsolutePath().normalize();
        Path folder = place.resolveSibling(place.getFileName() + ".pruning");
        FineTuningPlan plan = arguments.plan(folder, Pruning.usual().and(settings()));
        arguments.notePreparation(progress);
        return Pruning.run(new Pruning.Plan(plan, share, place), arguments.file(), progress);
    }

    @Override
    protected String afterInterruption() {
        return "the same command goes on where it stopped.";
    }

    @Override
    protected int exitCode(Pruning.Result result) {
        return result.finished() ? 0 : Interrupts.EXIT_CODE;
    }

    @Override
    protected void print(Pruning.Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%.4g million multiply-adds of %.4g million (%.1f %%).%n",
                result.macsAfter() / 1e6,
                result.macsBefore() / 1e6,
                100 * result.macsAfter() / result.macsBefore());
        result.layers().stream()
                .filter(each -> each.kept() < each.channels())
                .limit(SHOWN)
                .forEach(each -> out.printf(
                        Locale.ROOT,
                        "  %s: %d of %d channels stay (without the others alone, answers change by %.2f)%n",
                        each.name(),
                        each.kept(),
                        each.channels(),
                        each.change()));
        if (!result.finished()) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "Accuracy %.4f%s on %d examples; on unseen ones of the kind it lies between %.4f and %.4f (95 %%).%n",
                result.accuracy(),
                result.accuracyBefore() == null
                        ? ""
                        : String.format(Locale.ROOT, ", before %.4f,", result.accuracyBefore()),
                result.valExamples(),
                result.interval()[0],
                result.interval()[1]);
        out.printf(
                Locale.ROOT,
                "%,d bytes of %,d; %.2f ms for one example, before %.2f.%n",
                result.bytesAfter(),
                result.bytesBefore(),
                result.p50Ms(),
                result.p50MsBefore());
        out.println("Written: " + result.network() + ". How it learnt is in " + result.network() + ".pruning.");
    }
}
