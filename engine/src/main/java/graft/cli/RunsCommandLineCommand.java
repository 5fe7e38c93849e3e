package graft.cli;

import graft.files.Json;
import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.run.FineTuningPlan;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code graft runs command}. */
@Command(name = "command", description = "Prints the command line that repeats a run.")
final class RunsCommandLineCommand extends OfRun<RunsCommandLineCommand.Line> {
    /**
     * @param command for a shell
     * @param words the same, unquoted
     */
    record Line(String command, List<String> words) {}

    @Override
    protected Line run(ProjectFolder folder, RunEntry run, Progress progress) {
        List<String> words = TrainArguments.of(Json.convert(run.plan(), FineTuningPlan.class));
        return new Line(TrainArguments.typed(words), words);
    }

    @Override
    protected void print(Line result, PrintWriter out) {
        out.println(result.command());
    }
}
