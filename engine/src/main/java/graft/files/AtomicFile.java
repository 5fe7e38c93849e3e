package graft.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes a file aside, flushes it to the disk and gives it its name only then. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Puts content into a stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * @throws CannotWrite naming the file if it cannot be written; an older file of the name is then untouched
     * @throws CannotWrite where {@code file} is a folder, a device, a pipe, or write-protected
     */
    public static void write(Path file, Content content) {
        try (AsideFile aside = AsideFile.of(file)) {
            aside.write(content);
            aside.take();
        }
    }

    /** What went wrong, in words: many exceptions of the JDK carry only the path. */
    public static String reason(IOException e) {
        String kind = e.getClass().getSimpleName().replaceAll("(FileSystem)?Exception$", "");
        String words = kind.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(java.util.Locale.ROOT);
        return e instanceof java.nio.file.FileSystemException f && f.getReason() == null
                ? words
                : e.getMessage() == null ? words : e.getMessage();
    }
}
