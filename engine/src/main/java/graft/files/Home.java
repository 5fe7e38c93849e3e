package graft.files;

import java.nio.file.Path;

/** Where Graft keeps what belongs to the user and to no single project. */
public final class Home {
    private Home() {}

    /** {@code GRAFT_HOME}; {@code ~/.graft} where it is not set. The folder need not exist yet. */
    public static Path folder() {
        String home = System.getenv("GRAFT_HOME");
        return home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".graft") : Path.of(home);
    }
}
