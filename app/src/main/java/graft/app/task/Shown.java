package graft.app.task;

import java.nio.file.Path;

/**
 * An example to be shown.
 *
 * @param name what the user calls it
 * @param file where it lies; for texts of a table, the data set
 * @param words the example itself, where it is of words; else ""
 */
public record Shown(String name, Path file, String words) {
    static Shown picture(Path file) {
        return new Shown(file.getFileName().toString(), file, "");
    }
}
