package graft.testdata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for properties, whose engine has no {@code @TempDir}. */
public final class TemporaryFolders {
    /** Work that may fail to read or write. */
    public interface Work {
        void in(Path folder) throws IOException;
    }

    private TemporaryFolders() {}

    /** Does the work in a folder that is gone afterwards. */
    public static void with(Work work) throws IOException {
        Path folder = Files.createTempDirectory("graft-test");
        try {
            work.in(folder);
        } finally {
            List<Path> all;
            try (Stream<Path> files = Files.walk(folder)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
