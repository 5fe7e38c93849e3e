package graft.cli;

import graft.progress.Progress;
import graft.project.ProjectFolder;
import graft.project.Projects;
import graft.project.Projects.Known;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code graft projects}, and what can be done with one of them. */
@Command(
        name = "projects",
        description =
                "Lists the projects that the window knows, the one opened last first: each has runs, networks and data of its own."
                        + " Other commands take one by --project.",
        subcommands = {ProjectsCommand.New.class, ProjectsCommand.Open.class, ProjectsCommand.Forget.class})
final class ProjectsCommand extends GraftCommand<ProjectsCommand.Listed> {
    /**
     * A project.
     *
     * @param there whether its folder is there at the moment
     * @param runs how many it remembers; 0 where it is not there
     * @param opened when the window opened it last, ISO 8601; "" where it never did
     */
    record Listing(Path folder, boolean there, int runs, String opened) {
        static Listing of(Known known) {
            boolean there = Files.isDirectory(known.folder());
            return new Listing(known.folder(), there, there ? runs(known.folder()) : 0, known.opened());
        }

        private static int runs(Path folder) {
            if (!Projects.isProject(folder)) {
                return 0; // one that has no run yet
            }
            try (ProjectFolder project = ProjectFolder.open(folder)) {
                return project.runs().size();
            }
        }
    }

    record Listed(List<Listing> projects) {}

    @Override
    protected Listed run(Progress progress) {
        return new Listed(Projects.ofUser().all().stream().map(Listing::of).toList());
    }

    @Override
    protected void print(Listed result, PrintWriter out) {
        result.projects().forEach(project -> out.println(line(project)));
    }

    private static String line(Listing project) {
        return String.format(
                Locale.ROOT,
                "%-20s  %-9s  %s",
                project.opened().isEmpty() ? "not opened yet" : project.opened().replaceFirst("\\.\\d+Z$", "Z"),
                !project.there() ? "not there" : project.runs() + (project.runs() == 1 ? " run" : " runs"),
                project.folder());
    }

    /** What the commands about one project have in common. */
    abstract static class OfProject extends GraftCommand<Listing> {
        @Parameters(paramLabel = "DIR", description = "Its folder.")
        private Path folder;

        /** The engine call. */
        protected abstract Path run(Projects projects, Path folder);

        @Override
        protected final Listing run(Progress progress) {
            Projects projects = Projects.ofUser();
            Path done = run(projects, folder);
            return projects.all().stream()
                    .filter(known -> known.folder().equals(done))
                    .findFirst()
                    .map(Listing::of)
                    .orElseGet(() -> Listing.of(new Known(done, "")));
        }
    }

    @Command(
            name = "new",
            description =
                    "Makes a project in a folder that is empty or not there yet; the window begins with it at its next start.")
    static final class New extends OfProject {
        @Override
        protected Path run(Projects projects, Path folder) {
            Path made = projects.create(folder);
            projects.opened(made);
            return made;
        }

        @Override
        protected void print(Listing result, PrintWriter out) {
            out.println("Made " + result.folder() + ". Runs go there with --project " + result.folder() + ".");
        }
    }

    @Command(name = "open", description = "Lets the window begin with a project at its next start.")
    static final class Open extends OfProject {
        @Override
        protected Path run(Projects projects, Path folder) {
            Path found = projects.find(folder);
            projects.opened(found);
            return found;
        }

        @Override
        protected void print(Listing result, PrintWriter out) {
            out.println("The window will begin with " + result.folder() + ".");
        }
    }

    @Command(name = "forget", description = "Takes a project off the list; its folder stays as it is.")
    static final class Forget extends OfProject {
        @Override
        protected Path run(Projects projects, Path folder) {
            projects.forget(folder);
            return folder.toAbsolutePath().normalize();
        }

        @Override
        protected void print(Listing result, PrintWriter out) {
            out.println("Off the list; " + result.folder() + " stays as it is.");
        }
    }
}
