package graft.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * How the history writes where runs lie: what lies in the project by its place in it, so that the project can be moved and renamed;
 * what lies elsewhere by its whole path.
 */
final class RunPlaces {
    private static final String INSIDE = "project:";

    private final Path project;

    RunPlaces(Path project) {
        this.project = project.toAbsolutePath().normalize();
    }

    String written(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        if (!whole.startsWith(project) || whole.equals(project)) {
            return folder.toString();
        }
        StringJoiner out = new StringJoiner("/", INSIDE, "");
        project.relativize(whole).forEach(part -> out.add(part.toString()));
        return out.toString();
    }

    /** Also of what an earlier version wrote, which knew whole paths alone: those of a project that was moved lead to where it was. */
    Path found(String written) {
        if (written.startsWith(INSIDE)) {
            return project.resolve(written.substring(INSIDE.length()));
        }
        Path folder = Path.of(written);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        for (int parts = 2; parts <= folder.getNameCount(); parts++) {
            Path tail = folder.subpath(folder.getNameCount() - parts, folder.getNameCount());
            if ((tail.startsWith("runs") || tail.startsWith("trash")) && Files.isDirectory(project.resolve(tail))) {
                return project.resolve(tail);
            }
        }
        return folder;
    }

    /** Brings what an earlier version wrote into this form, while the project is where that left it. */
    void settle(ProjectFolder history) {
        Map<Long, String> whole =
                history.query("SELECT id, folder FROM runs WHERE folder NOT LIKE '" + INSIDE + "%'", statement -> {
                    Map<Long, String> out = new LinkedHashMap<>();
                    try (var row = statement.executeQuery()) {
                        while (row.next()) {
                            out.put(row.getLong(1), row.getString(2));
                        }
                    }
                    return out;
                });
        whole.forEach((run, folder) -> {
            String now = written(found(folder));
            if (!now.equals(folder)) {
                history.query("UPDATE OR IGNORE runs SET folder = ? WHERE id = ?", statement -> {
                    statement.setString(1, now);
                    statement.setLong(2, run);
                    return statement.executeUpdate();
                });
            }
        });
    }
}
