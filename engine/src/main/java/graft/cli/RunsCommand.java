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

/** {@code graft runs}. */
@Command(name = "runs", description = "Lists the runs of a project, the newest first.")
final class RunsCommand extends GraftCommand<RunsCommand.Runs> {
    @Option(names = "--project", paramLabel = "DIR", description = "The project (default: GRAFT_HOME/project).")
    private Optional<Path> project;

    record Runs(List<RunEntry> runs) {}

    @Override
    protected Runs run(Progress progress) {
        try (ProjectFolder folder = ProjectFolder.open(project.orElseGet(ProjectFolder::usual))) {
            return new Runs(folder.runs().stream().map(RunsCommand::forScripts).toList());
        }
    }

    private static RunEntry forScripts(RunEntry run) {
        return new RunEntry(
                run.id(),
                run.folder(),
                run.created(),
                run.status(),
                run.network(),
                run.data(),
                run.valAccuracy(),
                run.valScore(),
                run.metric(),
                run.note(),
                run.tags(),
                PlanJson.withoutGroups(run.plan()));
    }

    @Override
    protected void print(Runs result, PrintWriter out) {
        for (RunEntry run : result.runs()) {
            String score =
                    run.valScore() == null ? "" : String.format(Locale.ROOT, "%s %.4f", run.metric(), run.valScore());
            out.printf(
                    "%4d  %s  %-11s  %-15s  %s  %s%n",
                    run.id(), run.created(), run.status(), score, run.folder(), run.note());
        }
        if (result.runs().isEmpty()) {
            out.println("No runs yet.");
        }
    }
}
