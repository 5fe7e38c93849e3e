package graft.testdata;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real networks and data that lie beside the project, not in it. Tests that use them are skipped where they are absent. */
public final class Shared {
    private Shared() {}

    /** A file or folder under {@code ../shared}, seen from the root of the project. */
    public static Path path(String name) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("graft"))) {
            root = root.getParent();
        }
        Path found =
                root == null ? Path.of(name) : root.resolveSibling("shared").resolve(name);
        Assumptions.assumeTrue(Files.exists(found), () -> "skipped: real test data is absent (" + found + ")");
        return found;
    }

    public static Path network(String name) {
        return path("data/networks/" + name);
    }
}
