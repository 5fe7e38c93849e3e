package graft.project;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names the folders of a project's runs: {@code runs/0001}, {@code runs/0002}, … */
public final class RunFolders {
    /** Also of a run that waits in the trash, behind its number: it may come back. */
    private static final Pattern NUMBERED = Pattern.compile("(?:\\d+-)?(\\d{4,9})");

    private RunFolders() {}

    /** One number further than any that was given away; the run itself makes the folder. */
    public static Path next(Path project) {
        int last = Math.max(largest(project.resolve("runs")), largest(project.resolve("trash")));
        return project.resolve("runs").resolve(String.format(Locale.ROOT, "%04d", last + 1));
    }

    private static int largest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> found = Files.list(folder)) {
            List<String> names =
                    found.map(path -> path.getFileName().toString()).toList();
            return names.stream()
                    .map(NUMBERED::matcher)
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new Refusal("Cannot read the folder " + folder + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
