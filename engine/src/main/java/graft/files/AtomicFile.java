package graft.files;

import graft.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file aside, flushes it to the disk and gives it its name only then. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Puts content into a stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * @throws Refusal naming the file if it cannot be written; an older file of the name is then untouched
     */
    public static void write(Path file, Content content) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                            aside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
                    OutputStream out = Channels.newOutputStream(channel)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot write " + file + ": " + reason(e)
                            + ". Check that the folder exists, may be written to and has room.",
                    e);
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
