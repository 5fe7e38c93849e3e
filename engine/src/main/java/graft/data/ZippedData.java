package graft.data;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip file of examples, which becomes a folder: all of it, or nothing. The file comes from strangers: what would lie outside of
 * the folder, or grow beyond all measure, is refused. Archives inside are files like others and are not opened.
 */
public final class ZippedData {
    private static final int MOST_FILES = 2_000_000;
    private static final long SMALL = 1L << 30;
    /** Pictures hardly shrink and texts to a tenth; what grows more was made to fill the disk. */
    private static final int MOST_GROWTH = 100;

    private static final int BUFFER = 1 << 16;

    private final Path zip;
    private final Path folder;
    private final Progress progress;
    private long left;

    private ZippedData(Path zip, Path folder, Progress progress) {
        this.zip = zip;
        this.folder = folder;
        this.progress = progress;
    }

    /** Whether a file is a zip file, by its name. */
    public static boolean isOne(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip") && !Files.isDirectory(file);
    }

    /**
     * Unpacks a zip file.
     *
     * @param folder is made; must not be there
     * @throws Refusal where the file is damaged or was made to mislead; nothing is left of it then
     * @throws CancellationException when {@code progress} was cancelled; nothing is left of it then
     */
    public static void unpack(Path zip, Path folder, Progress progress) {
        Path aside = folder.resolveSibling("." + folder.getFileName() + ".part");
        try {
            clear(aside);
            Files.createDirectories(aside);
            new ZippedData(zip, aside, progress).unpack();
            Files.move(aside, folder);
        } catch (ZipException | InvalidPathException e) {
            throw new Refusal(
                    zip + " is damaged, locked by a password, or no zip file: " + e.getMessage()
                            + ". Unpack it with another program, and give the folder.",
                    e);
        } catch (IOException e) {
            throw new Refusal("Cannot unpack " + zip + ": " + AtomicFile.reason(e) + ".", e);
        } finally {
            clear(aside);
        }
    }

    private void unpack() throws IOException {
        left = Math.min(
                Math.max(SMALL, MOST_GROWTH * Files.size(zip)),
                Files.getFileStore(folder).getUsableSpace());
        try (ZipFile open = open()) {
            if (open.size() > MOST_FILES) {
                throw misleading("it holds " + open.size() + " files");
            }
            int done = 0;
            for (ZipEntry entry : Collections.list(open.entries())) {
                if (progress.isCancelled()) {
                    throw new CancellationException("unpacking " + zip + " was cancelled");
                }
                Path place = place(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                } else {
                    Files.createDirectories(place.getParent());
                    copy(open, entry, place);
                }
                progress.stage("unpacking " + zip.getFileName(), ++done, open.size());
            }
        }
    }

    /** Names that are no UTF-8 are those of old programs. */
    private ZipFile open() throws IOException {
        try {
            return new ZipFile(zip.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            Charset old = Charset.isSupported("IBM437") ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1;
            return new ZipFile(zip.toFile(), old);
        }
    }

    private Path place(String name) {
        List<String> steps = List.of(name.replace('\\', '/').split("/"));
        boolean outside = name.startsWith("/")
                || steps.stream().anyMatch(step -> step.equals("..") || step.matches("[A-Za-z]:.*"));
        Path place = folder.resolve(String.join("/", steps)).normalize();
        if (outside || !place.startsWith(folder)) {
            throw misleading("\"" + name + "\" would lie outside of the folder that it is unpacked into");
        }
        return place;
    }

    private void copy(ZipFile open, ZipEntry entry, Path place) throws IOException {
        try (InputStream in = open.getInputStream(entry);
                OutputStream out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                left -= n;
                if (left < 0) {
                    throw misleading("unpacked it would be more than " + MOST_GROWTH
                            + " times as large as it is, or more than the disk has room for");
                }
                out.write(buffer, 0, n);
            }
        } catch (FileAlreadyExistsException e) {
            throw misleading("it holds " + entry.getName() + " twice");
        }
    }

    private Refusal misleading(String what) {
        return new Refusal(
                zip + " cannot be unpacked: " + what
                        + ". Nothing of it was taken; ask for another copy, or unpack it with another program and give the folder.");
    }

    /** Deletes what was unpacked; nothing happens where it is not there. */
    public static void clear(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new Refusal("Cannot clear " + folder + ": " + AtomicFile.reason(e) + ". Delete it by hand.", e);
        }
    }
}
