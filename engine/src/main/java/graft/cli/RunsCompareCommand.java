package graft.cli;

import graft.evaluate.McNemar;
import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunComparison;
import graft.project.RunEntry;
import graft.worker.PairedRuns;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft runs compare}. */
@Command(
        name = "compare",
        description = "Says in what two runs differ: score, settings, seed, network, examples to learn from.")
final class RunsCompareCommand extends OfRun<Record> {
    @Option(
            names = "--examples",
            description = "Judges both by the same examples, and lists those that one of them alone gets right.")
    private boolean examples;

    /** A comparison, with the examples beside it. */
    record WithExamples(
            RunEntry first,
            RunEntry second,
            List<RunComparison.Difference> settings,
            Boolean sameNetwork,
            Boolean sameData,
            String examples,
            Double gain,
            Double chance,
            PairedRuns.Paired answers) {
        static WithExamples of(RunComparison all, PairedRuns.Paired answers) {
            return new WithExamples(
                    all.first(),
                    all.second(),
                    all.settings(),
                    all.sameNetwork(),
                    all.sameData(),
                    all.examples(),
                    all.gain(),
                    all.chance(),
                    answers);
        }

        RunComparison comparison() {
            return new RunComparison(first, second, settings, sameNetwork, sameData, examples, gain, chance);
        }
    }

    @Parameters(index = "1", paramLabel = "OTHER", description = "The run that it is compared with.")
    private String other;

    @Override
    protected Record run(ProjectFolder folder, RunEntry run, Progress progress) {
        RunComparison all = folder.compare(run, find(folder, other));
        return examples
                ? WithExamples.of(
                        all,
                        PairedRuns.run(
                                new PairedRuns.Plan(
                                        Path.of(all.first().folder()),
                                        Path.of(all.second().folder())),
                                progress))
                : all;
    }

    @Override
    protected void print(Record result, PrintWriter out) {
        if (result instanceof WithExamples both) {
            print(both.comparison(), out);
            print(both.answers(), out);
        } else {
            print((RunComparison) result, out);
        }
    }

    private static void print(PairedRuns.Paired found, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "On the same %d examples A is right on %.1f %% (%.1f-%.1f), B on %.1f %% (%.1f-%.1f).%n",
                found.n(),
                100 * found.first(),
                100 * found.firstInterval()[0],
                100 * found.firstInterval()[1],
                100 * found.second(),
                100 * found.secondInterval()[0],
                100 * found.secondInterval()[1]);
        out.printf(
                Locale.ROOT,
                "Both right %d, only A %d, only B %d, both wrong %d. McNemar's test: p = %.4f (mid-p), %.4f (exact): %s.%n",
                found.bothRight(),
                found.onlyFirst(),
                found.onlySecond(),
                found.bothWrong(),
                found.mid(),
                found.exact(),
                new McNemar(found.onlyFirst(), found.onlySecond()).isMoreThanChance()
                        ? "more than chance"
                        : "it may be chance");
        found.remarks().forEach(out::println);
        found.changed()
                .forEach(each -> out.println((each.gained() ? "  now right  " : "  now wrong  ") + each.name()
                        + ": it is " + each.truth() + "; A says " + each.first() + ", B " + each.second()));
    }

    private static void print(RunComparison result, PrintWriter out) {
        out.println("A " + RunsCommand.line(result.first()));
        out.println("B " + RunsCommand.line(result.second()));
        if (result.gain() != null) {
            out.printf(
                    Locale.ROOT,
                    "B has %+.4f %s%s.%n",
                    result.gain(),
                    result.second().metric(),
                    result.chance() == null
                            ? ""
                            : String.format(Locale.ROOT, "; within ±%.4f it may be chance", result.chance()));
        }
        result.settings()
                .forEach(difference -> out.println(
                        "  " + difference.what() + ": " + difference.first() + " -> " + difference.second()));
        say(out, result.sameNetwork(), "They began with the same network.", "They began with different networks.");
        say(out, result.sameData(), "They learnt from the same examples.", "They learnt from different examples.");
        if (!result.examples().isEmpty()) {
            out.println("Of the examples " + result.examples() + ".");
        }
    }

    private static void say(PrintWriter out, Boolean same, String yes, String no) {
        if (same != null) {
            out.println(same ? yes : no);
        }
    }
}
