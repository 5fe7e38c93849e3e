package graft.online;

import graft.Refusal;
import graft.files.CannotWrite;
import graft.files.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What is there of a file that is being fetched: {@code NAME.download}, with a note of which file of which server it is a part of. Held
 * by one process at a time.
 */
final class PartialFile implements AutoCloseable {
    /** @param tag the server's name for this content (a strong ETag); "" where it has none, and nothing can be gone on with */
    record Origin(String address, String tag) {}

    private final Path file;
    private final Path lockFile;
    private final FileChannel channel;
    private final FileLock lock;

    private PartialFile(Path file, Path lockFile, FileChannel channel, FileLock lock) {
        this.file = file;
        this.lockFile = lockFile;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Empty where another process holds it just now. The caller closes it.
     *
     * @throws CannotWrite where nothing may be written there
     */
    static Optional<PartialFile> hold(Path file) {
        Path lockFile = beside(file, ".download.lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null || !Files.exists(lockFile)) { // or whoever held it has just removed it
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new PartialFile(file, lockFile, channel, lock));
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    Path path() {
        return beside(file, ".download");
    }

    private Path note() {
        return beside(file, ".download.json");
    }

    long bytes() throws IOException {
        return Files.exists(path()) ? Files.size(path()) : 0;
    }

    /** Where the bytes came from; empty where there are none, or nothing is known of them. */
    Optional<Origin> origin() throws IOException {
        if (bytes() == 0 || !Files.exists(note())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(note(), Origin.class));
        } catch (Refusal damaged) {
            return Optional.empty(); // by whatever ended the process: it is fetched anew
        }
    }

    /** Empties it; what follows comes from there. */
    void begin(Origin origin) throws IOException {
        discard();
        Json.write(note(), origin);
    }

    /** Writes behind what is there. The caller closes it. */
    OutputStream more() throws IOException {
        return Channels.newOutputStream(FileChannel.open(
                path(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    /** Gives the whole file its name. */
    void take() throws IOException {
        try (FileChannel written = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(path(), file, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(note());
    }

    void discard() throws IOException {
        Files.deleteIfExists(note());
        Files.deleteIfExists(path());
    }

    @Override
    public void close() {
        try (channel;
                lock) {
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw new CannotWrite(lockFile, e);
        }
    }
}
