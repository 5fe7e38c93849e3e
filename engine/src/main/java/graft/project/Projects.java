package graft.project;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * The projects that the user works with, in {@code projects.json} of his home. The one in {@code GRAFT_HOME/project} is always among
 * them; the others lie where he put them. Other processes may change the list at any time.
 */
public final class Projects {
    private static final String LIST = "projects.json";
    private static final String HISTORY = "runs.db";
    private static final int MOST = 40;

    private final Path home;

    /** @param home {@code GRAFT_HOME} */
    public Projects(Path home) {
        this.home = home;
    }

    public static Projects ofUser() {
        return new Projects(Home.folder());
    }

    /** {@code GRAFT_HOME}. */
    public Path home() {
        return home;
    }

    /**
     * One of them.
     *
     * @param opened when it was opened last, ISO 8601; "" where it never was
     */
    public record Known(Path folder, String opened) {
        public Known {
            folder = same(folder);
            opened = Objects.requireNonNullElse(opened, "");
        }
    }

    private record Listed(List<Known> projects) {
        private Listed {
            projects = projects == null ? List.of() : List.copyOf(projects);
        }
    }

    /** The one that there is without anybody having made it. */
    public Path usual() {
        return same(home.resolve("project"));
    }

    private static Path same(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /** All of them, the one opened last first, also those whose folders are not there at the moment. */
    public List<Known> all() {
        List<Known> out = new ArrayList<>(listed());
        if (out.stream().noneMatch(each -> each.folder().equals(usual()))) {
            out.add(new Known(usual(), ""));
        }
        return List.copyOf(out);
    }

    private List<Known> listed() {
        Path file = home.resolve(LIST);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Json.read(file, Listed.class).projects();
        } catch (Refusal damaged) {
            putAside(file, damaged);
            return List.of();
        }
    }

    /** The projects themselves are untouched, and can be opened by their folders, which the file may still name. */
    private static void putAside(Path file, Refusal damaged) {
        Path aside = file.resolveSibling(LIST + ".damaged");
        LoggerFactory.getLogger(Projects.class).warn("{} It is kept as {}.", damaged.getMessage(), aside);
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LoggerFactory.getLogger(Projects.class).warn("cannot move it there: {}", AtomicFile.reason(e));
        }
    }

    private void write(List<Known> list) {
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new Refusal(
                    "The list of projects cannot be kept in " + home + ": " + AtomicFile.reason(e)
                            + ". Set GRAFT_HOME to a folder that you may write to.",
                    e);
        }
        Json.write(home.resolve(LIST), new Listed(list.subList(0, Math.min(MOST, list.size()))));
    }

    /** The folder of the one that was opened last. */
    public Path last() {
        return all().get(0).folder();
    }

    /** Notes that a project is opened: it is the one that the next start offers. */
    public void opened(Path folder) {
        List<Known> list = new ArrayList<>(listed());
        list.removeIf(each -> each.folder().equals(same(folder)));
        list.add(0, new Known(folder, Instant.now().toString()));
        write(list);
    }

    /** Takes a project off the list; nothing of it is touched. */
    public void forget(Path folder) {
        List<Known> list = new ArrayList<>(listed());
        if (list.removeIf(each -> each.folder().equals(same(folder)))) {
            write(list);
        }
    }

    /** Whether a folder is a project: it has a history of runs. */
    public static boolean isProject(Path folder) {
        return Files.isRegularFile(folder.resolve(HISTORY));
    }

    /**
     * The project in a folder.
     *
     * @throws Refusal where there is none
     */
    public Path find(Path folder) {
        Path found = same(folder);
        if (found.equals(usual()) || isProject(found)) {
            return found;
        }
        if (!Files.exists(found)) {
            throw new Refusal(
                    "The project " + found
                            + " is not there. If its drive is not connected, connect it; if the folder was moved, open it where it is now.");
        }
        throw new Refusal(
                found + " is no project: it holds no " + HISTORY
                        + ". Choose the folder of a project, or make a new one. To learn from what is in the folder, open it as data.");
    }

    /**
     * Makes a project in a folder that is empty or not there yet.
     *
     * @throws Refusal where the folder holds something, or cannot be made
     */
    public Path create(Path folder) {
        Path made = same(folder);
        if (isProject(made)) {
            throw new Refusal(made + " is a project already. Open it, or choose another name.");
        }
        if (holdsSomething(made)) {
            throw new Refusal(made
                    + " is not empty, and a project needs a folder of its own. Choose another name or another place.");
        }
        ProjectFolder.open(made).close();
        return made;
    }

    private static boolean holdsSomething(Path folder) {
        if (!Files.exists(folder)) {
            return false;
        }
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            return inside.iterator().hasNext();
        } catch (NotDirectoryException e) {
            return true;
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot look into " + folder + ": " + AtomicFile.reason(e) + ". Choose another place.", e);
        }
    }
}
