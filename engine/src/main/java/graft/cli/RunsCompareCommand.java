package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunComparison;
import graft.project.RunEntry;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft runs compare}. */
@Command(
        name = "compare",
        description = "Says in what two runs differ: score, settings, seed, network, examples to learn from.")
final class RunsCompareCommand extends OfRun<RunComparison> {
    @Parameters(index = "1", paramLabel = "OTHER", description = "The run that it is compared with.")
    private String other;

    @Override
    protected RunComparison run(ProjectFolder folder, RunEntry run, Progress progress) {
        return folder.compare(run, find(folder, other));
    }

    @Override
    protected void print(RunComparison result, PrintWriter out) {
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
