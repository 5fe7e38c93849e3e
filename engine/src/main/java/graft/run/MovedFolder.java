package graft.run;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run folder that was moved, alone or with the project around it: where what its plan names is now.
 *
 * @param from the outermost folder that was moved, as the plan knew it
 * @param to where that is now
 */
public record MovedFolder(Path from, Path to) {
    /** {@code runs/0001}: the project is that much further out. */
    private static final int DEPTH = 2;

    /** @param said the run folder as its plan names it; {@code is}: where it lies */
    public static MovedFolder of(Path said, Path is) {
        Path from = said.toAbsolutePath().normalize();
        Path to = is.toAbsolutePath().normalize();
        for (int i = 0; i < DEPTH && sameName(from, to); i++) {
            from = from.getParent();
            to = to.getParent();
        }
        return new MovedFolder(from, to);
    }

    private static boolean sameName(Path from, Path to) {
        return from.getFileName() != null
                && from.getFileName().equals(to.getFileName())
                && from.getParent() != null
                && to.getParent() != null;
    }

    /** What is no longer where it was, and came along; anything else stays as it is. */
    public Path now(Path path) {
        if (from.equals(to) || !path.isAbsolute() || !path.startsWith(from) || Files.exists(path)) {
            return path;
        }
        Path here = to.resolve(from.relativize(path));
        return Files.exists(here) ? here : path;
    }
}
