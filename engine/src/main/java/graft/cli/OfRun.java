package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands below {@code graft runs} that are about one run have in common. */
abstract class OfRun<R> extends GraftCommand<R> {
    @Parameters(index = "0", paramLabel = "RUN", description = "Its number, its name, its folder or the folder's name.")
    private String run;

    @Option(names = "--project", paramLabel = "DIR", description = "The project (default: GRAFT_HOME/project).")
    private Optional<Path> project;

    /** The engine call. */
    protected abstract R run(ProjectFolder folder, RunEntry run, Progress progress);

    /** The run that is meant. */
    protected RunEntry find(ProjectFolder folder, String words) {
        return folder.run(words);
    }

    @Override
    protected final R run(Progress progress) {
        try (ProjectFolder folder = ProjectFolder.open(project.orElseGet(ProjectFolder::usual))) {
            return run(folder, find(folder, run), progress);
        }
    }
}
