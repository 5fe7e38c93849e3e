package graft.app.memory;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the window's memory writes where things lie: what lies in the project by its place in it, so that the project can be moved and
 * renamed; what lies elsewhere by its whole path.
 */
final class ProjectPlaces {
    private static final Path INSIDE = Path.of("@project");

    private final Path project;

    ProjectPlaces(Path project) {
        this.project = project.toAbsolutePath().normalize();
    }

    Path written(Path place) {
        Path whole = place.toAbsolutePath().normalize();
        return whole.startsWith(project) && !whole.equals(project) ? INSIDE.resolve(project.relativize(whole)) : place;
    }

    /** Also of what an earlier version wrote, which knew whole paths alone: those of a project that was moved lead to where it was. */
    Path found(Path written) {
        if (written.startsWith(INSIDE) && written.getNameCount() > 1) {
            return project.resolve(written.subpath(1, written.getNameCount()));
        }
        if (!written.isAbsolute() || Files.exists(written)) {
            return written;
        }
        for (int parts = 2; parts < written.getNameCount(); parts++) {
            Path tail = written.subpath(written.getNameCount() - parts, written.getNameCount());
            boolean ofProject = tail.startsWith("data") || tail.startsWith("networks") || tail.startsWith("runs");
            if (ofProject && Files.exists(project.resolve(tail))) {
                return project.resolve(tail);
            }
        }
        return written;
    }
}
