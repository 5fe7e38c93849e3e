package graft.features;

import graft.data.Encoder;
import graft.data.Examples;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What frozen layers have computed, as it lies on the disk for whoever needs it again. */
public final class KeptFeatures {
    private KeptFeatures() {}

    /**
     * Features of examples as they are, without augmentation: those that are kept, and the others computed and kept too.
     *
     * @param encoder how the examples became inputs
     * @param fixedBatch examples that the network insists on; 0 = any number
     * @param threads that {@code part} was opened for
     * @return empty where they cannot be kept, or computing them was cancelled; closed by the caller
     */
    public static Optional<Features> of(
            FrozenPart part, Examples examples, Encoder encoder, int fixedBatch, int threads, Progress progress) {
        Features computed = part.features(examples);
        Optional<Map<String, long[]>> shapes = CachedFeatures.shapesPerExample(computed, examples, fixedBatch);
        if (shapes.isEmpty()) {
            return Optional.empty();
        }
        FeatureTable table = FeatureTable.of(
                FeatureKey.plain(encoder, fixedBatch, threads), part.hash(), shapes.get(), Examples.PLAIN, 1, examples);
        FeatureFolder cache = FeatureFolder.usual();
        List<Path> ours = List.of(cache.file(table));
        long bytes = table.bytes();
        if (bytes > cache.mostBytes() || bytes - cache.taken(ours) > cache.room() / 2) {
            return Optional.empty();
        }
        List<FeatureFile> there = cache.filesOf(table.how());
        cache.makeRoom(bytes, ours);
        return new FeatureBuilder(
                        table,
                        examples.bySize(),
                        computed,
                        there,
                        file -> part.raised(file, table.keys()),
                        fixedBatch,
                        progress)
                .fill(cache.file(table))
                .map(kept -> kept);
    }

    /** What it takes of the disk. */
    public static long bytes() {
        return FeatureFolder.usual().bytes();
    }

    /** Deletes what no run is filling just now, and tells the bytes that are left. Runs that read a deleted file go on with it. */
    public static long clean() {
        FeatureFolder folder = FeatureFolder.usual();
        new FeatureFolder(folder.folder(), 0).makeRoom(0, List.of());
        return folder.bytes();
    }
}
