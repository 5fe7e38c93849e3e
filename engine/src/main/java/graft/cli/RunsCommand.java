package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import graft.run.PlanJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft runs}, and what can be done with one of them. */
@Command(
        name = "runs",
        description =
                "Lists the runs of a project, the newest first; its own commands name, keep, compare and share them.",
        subcommands = {
            RunMarkCommands.Rename.class,
            RunMarkCommands.Note.class,
            RunMarkCommands.Tag.class,
            RunMarkCommands.Star.class,
            RunMarkCommands.Pin.class,
            RunTrashCommands.Delete.class,
            RunTrashCommands.Restore.class,
            RunTrashCommands.Empty.class,
            RunsCompareCommand.class,
            RunsCommandLineCommand.class,
            RunsExportCommand.class,
            RunsPackCommand.class,
            RunsOpenCommand.class
        })
final class RunsCommand extends GraftCommand<RunsCommand.Runs> {
    @Option(names = "--project", paramLabel = "DIR", description = "The project (default: GRAFT_HOME/project).")
    private Optional<Path> project;

    @Option(names = "--deleted", description = "Lists those that were deleted and can be restored.")
    private boolean deleted;

    record Runs(List<RunEntry> runs) {}

    @Override
    protected Runs run(Progress progress) {
        try (ProjectFolder folder = ProjectFolder.open(project.orElseGet(ProjectFolder::usual))) {
            List<RunEntry> runs = deleted ? folder.trash().runs() : folder.runs();
            return new Runs(runs.stream().map(RunsCommand::forScripts).toList());
        }
    }

    static RunEntry forScripts(RunEntry run) {
        return run.withPlan(PlanJson.withoutGroups(run.plan()));
    }

    /** A run on one line. */
    static String line(RunEntry run) {
        String score =
                run.valScore() == null ? "" : String.format(Locale.ROOT, "%s %.4f", run.metric(), run.valScore());
        return String.format(
                Locale.ROOT,
                "%4d %s %s  %-11s  %-15s  %s%s%s%s",
                run.id(),
                run.starred() ? "*" : " ",
                run.created(),
                run.status(),
                score,
                run.name().isEmpty() ? "" : run.name() + "  ",
                run.folder(),
                run.tags().isEmpty() ? "" : "  [" + run.tags() + "]",
                run.note().isEmpty() ? "" : "  " + run.note());
    }

    @Override
    protected void print(Runs result, PrintWriter out) {
        result.runs().forEach(run -> out.println(line(run)));
        if (result.runs().isEmpty()) {
            out.println(deleted ? "No run was deleted." : "No runs yet.");
        }
    }
}
