package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft runs delete}, {@code restore} and {@code empty}. */
final class RunTrashCommands {
    private RunTrashCommands() {}

    @Command(
            name = "delete",
            description =
                    "Deletes a run. `graft runs restore` has it back; the folder of a run that lies outside of the"
                            + " project stays where it is.")
    static final class Delete extends OfRun<RunEntry> {
        @Override
        protected RunEntry run(ProjectFolder folder, RunEntry run, Progress progress) {
            folder.trash().delete(run);
            return RunsCommand.forScripts(folder.trash().run(Long.toString(run.id())));
        }

        @Override
        protected void print(RunEntry result, PrintWriter out) {
            out.println("Deleted; its folder is " + result.folder() + ". `graft runs restore " + result.id()
                    + "` has it back.");
        }
    }

    @Command(name = "restore", description = "Has a deleted run back; `graft runs --deleted` lists them.")
    static final class Restore extends OfRun<RunEntry> {
        @Override
        protected RunEntry find(ProjectFolder folder, String words) {
            return folder.trash().run(words);
        }

        @Override
        protected RunEntry run(ProjectFolder folder, RunEntry run, Progress progress) {
            folder.trash().restore(run);
            return RunsCommand.forScripts(folder.run(Long.toString(run.id())));
        }

        @Override
        protected void print(RunEntry result, PrintWriter out) {
            out.println("Restored: " + result.folder());
        }
    }

    @Command(name = "empty", description = "Throws deleted runs away for good.")
    static final class Empty extends GraftCommand<Empty.Emptied> {
        @Option(names = "--project", paramLabel = "DIR", description = "The project (default: GRAFT_HOME/project).")
        private Optional<Path> project;

        @Option(
                names = "--days",
                paramLabel = "N",
                defaultValue = "0",
                description = "Only those that were deleted at least so many days ago (default: 0).")
        private int days;

        record Emptied(int runs) {}

        @Override
        protected Emptied run(Progress progress) {
            try (ProjectFolder folder = ProjectFolder.open(project.orElseGet(ProjectFolder::usual))) {
                return new Emptied(folder.trash().empty(Duration.ofDays(days)));
            }
        }

        @Override
        protected void print(Emptied result, PrintWriter out) {
            out.println(result.runs() + (result.runs() == 1 ? " run was" : " runs were") + " thrown away.");
        }
    }
}
