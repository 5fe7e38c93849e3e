package graft.image;

import graft.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of a picture file. What is no plain file is never opened: a pipe would make the program wait for ever. */
final class PictureContent {
    private static final long MOST = Integer.MAX_VALUE - 8;
    private static final double MIB = 1024 * 1024;

    private PictureContent() {}

    /** @throws IOException whose message says, after "the file cannot be read:", why */
    static byte[] of(Path file) throws IOException {
        long size = check(file).size();
        if (size == 0) {
            throw new IOException("it is empty");
        }
        if (size > PictureKind.HEAD) {
            // Known before a film of some gigabytes is read.
            PictureKind.of(head(file));
        }
        if (size > MOST) {
            throw new IOException("it has " + Math.round(size / MIB) + " MiB, more than the 2048 that Graft reads");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw inWords(e);
        } catch (OutOfMemoryError e) {
            throw new IOException("its " + Math.round(size / MIB) + " MiB do not fit into the memory", e);
        }
    }

    /** The first bytes, enough to tell its kind. */
    static byte[] head(Path file) throws IOException {
        check(file);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(PictureKind.HEAD);
        } catch (IOException e) {
            throw inWords(e);
        }
    }

    private static BasicFileAttributes check(Path file) throws IOException {
        BasicFileAttributes what;
        try {
            what = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            if (Files.isSymbolicLink(file)) {
                throw new IOException("it is a link to " + target(file) + ", which is not there", e);
            }
            throw inWords(e);
        }
        if (what.isDirectory()) {
            throw new IOException("it is a folder");
        }
        if (!what.isRegularFile()) {
            throw new IOException("it is no file but a pipe, a socket or a device");
        }
        return what;
    }

    private static String target(Path link) throws IOException {
        return Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                ? Files.readSymbolicLink(link).toString()
                : "nothing";
    }

    private static IOException inWords(IOException e) {
        if (e instanceof AccessDeniedException) {
            return new IOException("you may not read it", e);
        }
        if (e instanceof NoSuchFileException) {
            return new IOException("it is not there any more", e);
        }
        return new IOException("it cannot be opened (" + AtomicFile.reason(e) + ")", e);
    }
}
