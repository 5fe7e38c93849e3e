package graft.project;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.run.RunFolder;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs that were deleted. The folder of one that lies in the project waits in {@code trash}; one that lies elsewhere stays where
 * its user put it, and is only listed no more.
 */
public final class RunTrash {
    private final ProjectFolder project;

    RunTrash(ProjectFolder project) {
        this.project = project;
    }

    /** Deleted runs, the newest run first; their folder is where it is now. */
    public List<RunEntry> runs() {
        return project.entries("marks.deleted IS NOT NULL");
    }

    /**
     * The run that somebody means.
     *
     * @throws Refusal where none of that name was deleted
     */
    public RunEntry run(String words) {
        return RunSearch.in(runs(), words, project.file());
    }

    /** @throws Refusal where a process is working on it, or its folder cannot be moved */
    public void delete(RunEntry run) {
        Path folder = Path.of(run.folder());
        if (RunFolder.holdsRun(folder)) {
            RunFolder.open(folder).close(); // refused while it is under way
        }
        boolean ours = folder.toAbsolutePath()
                        .normalize()
                        .startsWith(
                                project.path().resolve("runs").toAbsolutePath().normalize())
                && Files.isDirectory(folder);
        if (ours) {
            Path waiting = trash().resolve(run.id() + "-" + folder.getFileName());
            move(folder, waiting);
            place(run.id(), waiting);
            project.marks().mark(run.id(), "place", project.places().written(folder));
        }
        project.marks().mark(run.id(), "deleted", Instant.now().toString());
    }

    /** @throws Refusal where its place is taken meanwhile */
    public void restore(RunEntry run) {
        String place = mark(run.id(), "place");
        if (place != null) {
            Path back = project.places().found(place);
            if (Files.exists(back)) {
                throw new Refusal(back + ", where the run " + run.id()
                        + " was, is taken meanwhile: move that away, then restore the run again.");
            }
            move(Path.of(run.folder()), back);
            place(run.id(), back);
            project.marks().mark(run.id(), "place", null);
        }
        project.marks().mark(run.id(), "deleted", null);
    }

    /** Throws away what was deleted at least so long ago; how many runs. */
    public int empty(Duration ago) {
        Instant last = Instant.now().minus(ago);
        int out = 0;
        for (RunEntry run : runs()) {
            if (Instant.parse(mark(run.id(), "deleted")).isAfter(last)) {
                continue;
            }
            Path folder = Path.of(run.folder()).toAbsolutePath().normalize();
            if (folder.startsWith(trash().toAbsolutePath().normalize())) {
                remove(folder);
            }
            project.forget(run.id());
            out++;
        }
        return out;
    }

    private Path trash() {
        return project.path().resolve("trash");
    }

    private String mark(long run, String column) {
        return project.query("SELECT " + column + " FROM marks WHERE run = ?", statement -> {
            statement.setLong(1, run);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        });
    }

    private void place(long run, Path folder) {
        project.query("UPDATE runs SET folder = ? WHERE id = ?", statement -> {
            statement.setString(1, project.places().written(folder));
            statement.setLong(2, run);
            return statement.executeUpdate();
        });
    }

    private static void move(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot move " + from + " to " + to + ": " + AtomicFile.reason(e)
                            + ". Close what uses the folder, and try again.",
                    e);
        }
    }

    private static void remove(Path folder) {
        List<Path> found = new ArrayList<>();
        try {
            if (!Files.exists(folder)) {
                return;
            }
            // Links are not followed: what they lead to is not ours.
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    found.add(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failed) {
                    found.add(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
            for (Path each : found) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new Refusal("Cannot delete " + folder + ": " + AtomicFile.reason(e) + ". Delete it by hand.", e);
        }
    }
}
