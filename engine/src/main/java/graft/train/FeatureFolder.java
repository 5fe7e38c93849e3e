package graft.train;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where features outlive the run that computed them: files named by the hash of all they depend on, the least recently used
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

    Path file(String key) {
        return folder.resolve(key + ENDING);
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

    /** Deletes what was not used for longest, until {@code more} bytes fit under the bound. */
    void makeRoom(long more) {
        try {
            List<Path> files;
            try (Stream<Path> found = Files.list(folder)) {
                files = new ArrayList<>(found.filter(file -> {
                            String name = file.getFileName().toString();
                            return name.endsWith(ENDING) || name.endsWith(PART);
                        })
                        .toList());
            }
            long taken = more;
            for (Path file : files) {
                taken += sizeOf(file);
            }
            files.sort(Comparator.comparingLong(FeatureFolder::usedAt));
            for (int i = 0; i < files.size() && taken > mostBytes; i++) {
                taken -= sizeOf(files.get(i));
                Files.deleteIfExists(files.get(i));
            }
        } catch (IOException e) {
            throw unusable(e);
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
