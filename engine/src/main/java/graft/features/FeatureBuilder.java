package graft.features;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.onnx.Values;
import graft.progress.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Fills a file of features: what another file has is copied, what an earlier frontier left is taken up there, the rest is
 * computed from the examples. A file that is being filled is a {@code .part}; what was begun goes on.
 */
final class FeatureBuilder {
    /** Examples per run of the frozen part, where they are of one size. Always the same groups, so that a resumed run sees the same bits. */
    private static final int GROUP = 16;

    private static final long WAIT_MILLIS = 200;
    /** Records are brought to the disk and counted this often while they are made. */
    private static final long NANOS_BETWEEN_MARKS = 2_000_000_000L;

    private final FeatureTable table;
    private final int[] order;
    private final Features computed;
    private final List<FeatureFile> kept;
    private final Function<FeatureFile, Optional<? extends Features>> raise;
    private final int fixedBatch;
    private final Progress progress;
    private final long records;
    private long done;
    private long marked;

    /**
     * @param order in which the examples are computed
     * @param computed from the examples; the caller's
     * @param kept files whose records are made in the way of the table, though their frozen part may be another
     * @param raise what the features of such another frozen part make of these, if anything
     * @param fixedBatch examples that the network insists on; 0 = any number
     */
    FeatureBuilder(
            FeatureTable table,
            int[] order,
            Features computed,
            List<FeatureFile> kept,
            Function<FeatureFile, Optional<? extends Features>> raise,
            int fixedBatch,
            Progress progress) {
        this.table = table;
        this.records = (long) table.count() * table.views();
        this.order = order;
        this.computed = computed;
        this.kept = kept;
        this.raise = raise;
        this.fixedBatch = fixedBatch;
        this.progress = progress;
    }

    /** The features found in {@code file}, or put there; empty if cancelled. */
    Optional<CachedFeatures> fill(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Path part = FeatureFolder.part(file);
            while (!progress.isCancelled()) {
                Optional<FeatureFile> whole = FeatureFile.whole(file, table);
                if (whole.isPresent()) {
                    FeatureFolder.touch(file);
                    return whole.map(CachedFeatures::new);
                }
                try (FileChannel channel = open(part);
                        FileLock lock = tryLock(channel)) {
                    // Another run may be computing the same, or have renamed the file before it was locked here.
                    if (lock == null || !Files.exists(part)) {
                        progress.stage("waiting for a run that computes the same features", 0, 0);
                        Thread.sleep(WAIT_MILLIS);
                        continue;
                    }
                    Optional<FeatureFile> begun = FeatureFile.toFill(channel, table);
                    if (begun.isEmpty()) {
                        // Cut short by a full disk, or damaged. Others may have it mapped, so it is not written over.
                        Files.delete(part);
                        continue;
                    }
                    if (!compute(begun.get(), file.getParent())) {
                        return Optional.empty();
                    }
                    rename(part, file);
                    return begun.map(CachedFeatures::new);
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot keep features in " + file + ": " + AtomicFile.reason(e)
                            + ". Free some space, or name another folder in GRAFT_CACHE_DIR.",
                    e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException filledByThisProcess) {
            return null;
        }
    }

    private static void rename(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException deletedMeanwhile) {
            // Somebody emptied the folder: this run keeps what it has mapped, the next one computes it again.
            return;
        }
    }

    /** False if cancelled. */
    private boolean compute(FeatureFile to, Path folder) throws IOException {
        for (FeatureFile other : kept) {
            if (other.table().frozen().equals(table.frozen())) {
                takeOver(other, to);
            }
        }
        for (long view = table.firstView(); view < table.firstView() + table.views(); view++) {
            done += table.count() - missing(to, view).length;
        }
        sayWhatIsDamaged(to, folder);
        for (FeatureFile other : kept) {
            if (done < records && !other.table().frozen().equals(table.frozen())) {
                Optional<? extends Features> raised = raise.apply(other);
                if (raised.isPresent()) {
                    try (Features source = raised.get()) {
                        if (!compute(source, to)) {
                            return false;
                        }
                    }
                }
            }
        }
        return compute(computed, to);
    }

    private void sayWhatIsDamaged(FeatureFile to, Path folder) {
        int damaged =
                to.damaged() + kept.stream().mapToInt(FeatureFile::damaged).sum();
        if (damaged > 0) {
            progress.note(
                    damaged + " of the features kept in " + folder
                            + " are not as they were written: the disk or another program changed them. They are computed again.");
        }
    }

    private void takeOver(FeatureFile from, FeatureFile to) throws IOException {
        for (long view = table.firstView(); view < table.firstView() + table.views(); view++) {
            for (int example : missing(to, view)) {
                Optional<Integer> position = from.position(table.keys().get(example));
                if (position.isPresent() && from.isThere(position.get(), view)) {
                    to.put(example, view, from.slot(position.get(), view));
                }
            }
        }
        to.mark();
    }

    private boolean compute(Features source, FeatureFile to) throws IOException {
        marked = System.nanoTime();
        for (long v = table.firstView(); v < table.firstView() + table.views(); v++) {
            long view = v;
            int[] wanted = Arrays.stream(order)
                    .filter(example -> !to.isThere(example, view))
                    .filter(example -> source.has(example, view))
                    .toArray();
            List<MicroBatch> passes = source.passes(wanted, fixedBatch, GROUP);
            boolean whole = passes.isEmpty()
                    || !progress.isCancelled()
                            && source.lanes().ask(passes, pass -> source.of(pass.examples(), view), (pass, batch) -> {
                                take(pass, view, batch, to);
                                return pass == passes.get(passes.size() - 1) || !progress.isCancelled();
                            });
            to.mark();
            if (!whole) {
                return false;
            }
        }
        return true;
    }

    private void take(MicroBatch pass, long view, Map<String, Values> batch, FeatureFile to) throws IOException {
        for (int i = 0; i < pass.real(); i++) {
            to.put(pass.examples()[i], view, batch, i, pass.examples().length);
        }
        done += pass.real();
        progress.stage("caching features", done, records);
        if (System.nanoTime() - marked > NANOS_BETWEEN_MARKS) {
            to.mark();
            marked = System.nanoTime();
        }
    }

    private int[] missing(FeatureFile to, long view) {
        return IntStream.range(0, table.count())
                .filter(example -> !to.isThere(example, view))
                .toArray();
    }
}
