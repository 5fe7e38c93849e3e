package graft.cli;

import graft.progress.Progress;
import graft.project.OpenedPack;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code graft runs open}. */
@Command(name = "open", description = "Takes the run in a .graft file into a project.")
final class RunsOpenCommand extends GraftCommand<RunEntry> {
    @Parameters(paramLabel = "FILE", description = "The .graft file.")
    private Path file;

    @Option(names = "--project", paramLabel = "DIR", description = "The project (default: GRAFT_HOME/project).")
    private Optional<Path> project;

    @Override
    protected RunEntry run(Progress progress) {
        try (ProjectFolder folder = ProjectFolder.open(project.orElseGet(ProjectFolder::usual))) {
            return RunsCommand.forScripts(OpenedPack.open(folder, file));
        }
    }

    @Override
    protected void print(RunEntry result, PrintWriter out) {
        out.println(RunsCommand.line(result));
    }
}
