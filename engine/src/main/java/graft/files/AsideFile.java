package graft.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that lies beside its place, under a name of its own, until it is complete and {@link #take takes} its name. Closed
 * before that, it is gone, and what had the name is untouched. Behind a link it is the linked file that is written; the link
 * stays.
 */
public final class AsideFile implements AutoCloseable {
    /** Name of the file, process, number within the process. */
    private static final Pattern NAME = Pattern.compile(".+\\.(\\d+)-\\d+\\.part");

    private static final int MOST_LINKS = 40;
    private static final int LONGEST_NAME = 200;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
    private static final Set<Path> CLEARED = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path target;
    private final Path path;

    private AsideFile(Path file, Path target, Path path) {
        this.file = file;
        this.target = target;
        this.path = path;
    }

    /**
     * Nothing is written yet. The caller closes it.
     *
     * @throws CannotWrite where {@code file} is no place for a file: a folder, a device, a pipe, or write-protected
     */
    public static AsideFile of(Path file) {
        Path target = target(file);
        try {
            if (CLEARED.add(target)) {
                clearDead(target);
            }
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
        String name = shortened(target) + "." + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".part";
        AsideFile aside = new AsideFile(file, target, target.resolveSibling(name));
        OPEN.add(aside.path);
        return aside;
    }

    /** Where {@code file} leads, through links; refuses what a file must not take the place of. */
    static Path target(Path file) {
        Path target = file.toAbsolutePath();
        try {
            for (int i = 0; Files.isSymbolicLink(target); i++) {
                if (i == MOST_LINKS) {
                    throw new CannotWrite(file + " is a link that leads in a circle. Name a file.");
                }
                target = target.resolveSibling(Files.readSymbolicLink(target));
            }
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
        if (Files.isDirectory(target)) {
            throw new CannotWrite(
                    file + " is a folder, not a file. Name a file, such as " + file.resolve("network.onnx") + ".");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target)) {
            throw new CannotWrite(file + " is a device or a pipe, which a file must not replace. Name a file.");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new CannotWrite(file + " is write-protected. Name another file, or allow writing to it.");
        }
        return target;
    }

    /** Names may not be longer than 255 bytes. */
    private static String shortened(Path target) {
        String name = target.getFileName().toString();
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                ? name
                : "graft-" + Integer.toHexString(name.hashCode());
    }

    /** Removes what processes that were killed left of this file. */
    private static void clearDead(Path target) throws IOException {
        Path folder = target.getParent();
        if (!Files.isDirectory(folder)) {
            return;
        }
        String beginning = shortened(target) + ".";
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(
                folder, path -> path.getFileName().toString().startsWith(beginning))) {
            for (Path each : beside) {
                Matcher name = NAME.matcher(each.getFileName().toString());
                if (name.matches() && !isBeingWritten(each, name.group(1))) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private static boolean isBeingWritten(Path part, String process) {
        try {
            Optional<ProcessHandle> writer = ProcessHandle.of(Long.parseLong(process));
            return writer.isPresent()
                    && (writer.get().pid() == ProcessHandle.current().pid()
                            ? OPEN.contains(part)
                            : writer.get().isAlive());
        } catch (NumberFormatException tooLargeForAProcess) {
            return true;
        }
    }

    /** Where it lies until it is taken. */
    public Path path() {
        return path;
    }

    /** The name it will have. */
    public Path file() {
        return file;
    }

    /**
     * Writes it, flushed to the disk.
     *
     * @throws CannotWrite if that fails
     */
    public void write(AtomicFile.Content content) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(channel)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
    }

    /**
     * Gives it its name, in place of an older file.
     *
     * @throws CannotWrite if that fails; an older file is then untouched
     */
    public void take() {
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CannotWrite(file, e);
        }
    }

    Path target() {
        return target;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new CannotWrite("Cannot remove " + path + ", which is incomplete: " + AtomicFile.reason(e)
                    + ". Delete it by hand.");
        } finally {
            OPEN.remove(path);
        }
    }
}
