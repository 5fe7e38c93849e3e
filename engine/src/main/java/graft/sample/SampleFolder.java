package graft.sample;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is made as a whole: it gets its name when it is complete, so that what was cut short is made again. */
public final class SampleFolder {
    private SampleFolder() {}

    /** Whether a folder is the sample. */
    @FunctionalInterface
    public interface Sign {
        boolean isSample(Path folder);
    }

    /** Puts the sample into a folder. */
    @FunctionalInterface
    public interface Content {
        void writeInto(Path folder) throws IOException;
    }

    /**
     * Makes {@code folder}; one that holds the sample is left as it is.
     *
     * @throws Refusal where the folder holds something else, or cannot be written
     */
    public static void make(Path folder, Sign sign, Content content) {
        if (sign.isSample(folder)) {
            return;
        }
        try {
            if (Files.exists(folder) && !isEmpty(folder)) {
                throw new Refusal(
                        folder + " holds something other than the sample. Name a folder that does not exist.");
            }
            Path absolute = folder.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            Path aside = Files.createTempDirectory(absolute.getParent(), absolute.getFileName() + ".part");
            try {
                content.writeInto(aside);
                // Another process may have made it meanwhile.
                if (!sign.isSample(folder)) {
                    Files.deleteIfExists(folder);
                    Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                deleteAll(aside);
            }
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot draw the sample into " + folder + ": " + AtomicFile.reason(e)
                            + ". Name a folder that you may write to, on a disk with room.",
                    e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> entries = Files.walk(folder)) {
            all = entries.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
