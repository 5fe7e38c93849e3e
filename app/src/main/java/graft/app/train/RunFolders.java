package graft.app.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Names the folders of a project's runs: {@code runs/0001}, {@code runs/0002}, … */
final class RunFolders {
    private RunFolders() {}

    /** The first number that is free; the run itself makes the folder. */
    static Path next(Path project) {
        Path runs = project.resolve("runs");
        int number = 1;
        while (Files.exists(runs.resolve(name(number)))) {
            number++;
        }
        return runs.resolve(name(number));
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "%04d", number);
    }
}
