package graft.features;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where features outlive the run that computed them: files named by hashes of all they depend on, the least recently used
 * deleted first. The folder may be deleted at any time.
 */
record FeatureFolder(Path folder, long mostBytes) {
    static final String ENDING = ".features";
    /** A file that is being filled. */
    static final String PART = ".part";

    private static final long USUAL_MIB = 20 << 10;

    /** {@code GRAFT_CACHE_DIR}, else {@code GRAFT_HOME/cache}; {@code GRAFT_CACHE_MIB} bounds it, to 20 GiB if not set. */
    static FeatureFolder usual() {
        String chosen = System.getenv("GRAFT_CACHE_DIR");
        String most = System.getenv("GRAFT_CACHE_MIB");
        Path folder = chosen == null || chosen.isBlank() ? Home.folder().resolve("cache") : Path.of(chosen);
        return new FeatureFolder(folder, mebibytes(most) << 20);
    }

    private static long mebibytes(String most) {
        if (most == null || most.isBlank()) {
            return USUAL_MIB;
        }
        try {
            return Math.max(0, Long.parseLong(most.strip()));
        } catch (NumberFormatException e) {
            throw new Refusal(
                    "GRAFT_CACHE_MIB is \"" + most + "\", which is no whole number. Set it to the mebibytes that"
                            + " features may take of the disk, or leave it out.");
        }
    }

    Path file(FeatureTable table) {
        return folder.resolve(table.fileName());
    }

    /** Files whose records are made in this way, finished or not, the latest first. */
    List<FeatureFile> filesOf(String how) {
        try {
            List<Path> paths = new ArrayList<>(files());
            paths.removeIf(path -> !path.getFileName().toString().startsWith(FeatureTable.common(how)));
            paths.sort(Comparator.comparingLong(FeatureFolder::usedAt).reversed());
            List<FeatureFile> out = new ArrayList<>();
            for (Path path : paths) {
                Optional<FeatureFile> file = FeatureFile.toRead(path);
                if (file.isPresent()) {
                    out.add(file.get());
                }
            }
            return out;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private List<Path> files() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(ENDING) || name.endsWith(ENDING + PART);
                    })
                    .toList();
        }
    }

    /** Notes that a file is in use. */
    static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
    }

    /** Bytes of the disk that are free, what could be deleted included. */
    long room() {
        try {
            Files.createDirectories(folder);
            // Not of the file store: Java looks that up among the mount points, of which a container may show none.
            return folder.toFile().getUsableSpace();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Bytes of the disk that files to be kept take already, finished or not. */
    long taken(Collection<Path> files) {
        try {
            long taken = 0;
            for (Path file : files) {
                taken += sizeOf(file) + sizeOf(part(file));
            }
            return taken;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Bytes of the disk that all files take, finished or not. */
    long bytes() {
        try {
            long bytes = 0;
            for (Path file : files()) {
                bytes += sizeOf(file);
            }
            return bytes;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + PART);
    }

    /** Deletes what was not used for longest, until {@code bytes} for {@code ours} fit under the bound. */
    void makeRoom(long bytes, Collection<Path> ours) {
        try {
            List<Path> files = new ArrayList<>(files());
            files.removeIf(file -> ours.stream().anyMatch(own -> file.equals(own) || file.equals(part(own))));
            long taken = bytes;
            for (Path file : files) {
                taken += sizeOf(file);
            }
            files.sort(Comparator.comparingLong(FeatureFolder::usedAt));
            for (int i = 0; i < files.size() && taken > mostBytes; i++) {
                long size = sizeOf(files.get(i));
                if (delete(files.get(i))) {
                    taken -= size;
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Who has a file mapped keeps what is in it; false where it is being filled, or the system does not let go of it. */
    private static boolean delete(Path file) throws IOException {
        if (file.toString().endsWith(PART)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    return false;
                }
                Files.deleteIfExists(file);
                return true;
            } catch (OverlappingFileLockException filledByThisProcess) {
                return false;
            } catch (NoSuchFileException gone) {
                return true;
            }
        }
        try {
            Files.deleteIfExists(file);
            return true;
        } catch (AccessDeniedException mapped) {
            // Windows keeps what a process has mapped; there may be others to delete.
            return false;
        }
    }

    /** 0 where another process has just deleted it. */
    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    private static long usedAt(Path file) {
        return file.toFile().lastModified();
    }

    private Refusal unusable(IOException e) {
        return new Refusal(
                "Cannot keep features in " + folder + ": " + AtomicFile.reason(e)
                        + ". Name another folder in GRAFT_CACHE_DIR.",
                e);
    }
}
