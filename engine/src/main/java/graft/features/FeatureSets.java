package graft.features;

import graft.data.DataSet;
import graft.data.Examples;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult.CacheUse;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Features of the training and the validation examples: kept where they are the same every epoch and there is room,
 * else computed each time.
 *
 * @param rows whether they are kept row by row, so that examples differ in size as they did before
 */
public record FeatureSets(Features train, Features val, CacheUse use, boolean rows) implements AutoCloseable {

    /** Whether features to learn from are kept, those of all examples of one size. */
    public boolean isTrainEven() {
        return use.views() > 0 && !rows;
    }

    /** Whether features to judge by are kept, those of all examples of one size. */
    public boolean isValEven() {
        return use.bytes() > 0 && !rows;
    }

    /** Empty if cancelled. */
    public static Optional<FeatureSets> prepare(
            FineTuningPlan plan, FrozenPart frozen, int fixedBatch, DataSet data, Progress progress) {
        Features train = frozen.features(data.train());
        Features val = frozen.features(data.val());
        FeatureFolder cache = FeatureFolder.usual();
        if (frozen.isEmpty()) {
            return Optional.of(computed(train, val));
        }
        Optional<Map<String, long[]>> shapes = CachedFeatures.shapesPerExample(val, data.val(), fixedBatch);
        Optional<KeptRows> rows =
                shapes.isEmpty() ? KeptRows.of(frozen, train, val, data, fixedBatch) : Optional.empty();
        if (rows.isPresent()) {
            shapes = Optional.of(rows.get().shapes());
        }
        if (shapes.isEmpty()) {
            progress.note("What crosses the frontier is not one value per example, so it is computed every epoch.");
            return Optional.of(computed(train, val));
        }
        long start = System.nanoTime();
        boolean augmented = !plan.get(PlanOptions.AUGMENT).isNone();
        int views = augmented ? Math.min(plan.get(PlanOptions.VIEWS_PER_EXAMPLE), plan.get(PlanOptions.EPOCHS)) : 1;
        String hash = frozen.hash();
        FeatureTable trainTable = new FeatureTable(
                FeatureKey.how(plan, data.encoder(), fixedBatch, augmented),
                hash,
                shapes.get(),
                augmented ? 1 : 0,
                views,
                rows.map(each -> each.train().keys(data.train())).orElseGet(() -> FeatureTable.keys(data.train())));
        FeatureTable valTable = new FeatureTable(
                FeatureKey.how(plan, data.encoder(), fixedBatch, false),
                hash,
                shapes.get(),
                0,
                1,
                rows.map(each -> each.val().keys(data.val())).orElseGet(() -> FeatureTable.keys(data.val())));
        long bytes = trainTable.bytes() + valTable.bytes();
        if (bytes > cache.mostBytes()) {
            progress.note("Keeping the features would take " + (bytes >> 20) + " MiB, more than the "
                    + (cache.mostBytes() >> 20) + " MiB that GRAFT_CACHE_MIB allows; they are computed every epoch.");
            return Optional.of(computed(train, val));
        }
        List<Path> ours = List.of(cache.file(trainTable), cache.file(valTable));
        if (bytes - cache.taken(ours) > cache.room() / 2) {
            progress.note("Keeping the features would take " + (bytes >> 20)
                    + " MiB of the disk, more than half of what is free; they are computed every epoch.");
            return Optional.of(computed(train, val));
        }
        // Opened first: what is mapped can still be read when it had to be deleted.
        List<FeatureFile> forTrain = cache.filesOf(trainTable.how());
        List<FeatureFile> forVal = cache.filesOf(valTable.how());
        cache.makeRoom(bytes, ours);
        Features keptTrain = new Prefetch(train);
        if (views > 0) {
            Optional<? extends Features> filled = rows.isPresent()
                    ? rows.get().train(trainTable, forTrain, cache, progress)
                    : fill(trainTable, data.train(), train, forTrain, frozen, fixedBatch, cache, progress);
            if (filled.isEmpty()) {
                return Optional.empty();
            }
            keptTrain = filled.get();
        }
        Optional<? extends Features> keptVal = rows.isPresent()
                ? rows.get().val(valTable, forVal, cache, progress)
                : fill(valTable, data.val(), val, forVal, frozen, fixedBatch, cache, progress);
        if (keptVal.isEmpty()) {
            keptTrain.close();
            return Optional.empty();
        }
        CacheUse use = new CacheUse(views, bytes, (System.nanoTime() - start) / 1e9);
        return Optional.of(new FeatureSets(keptTrain, keptVal.get(), use, rows.isPresent()));
    }

    private static FeatureSets computed(Features train, Features val) {
        return new FeatureSets(new Prefetch(train), new Prefetch(val), new CacheUse(0, 0, 0), false);
    }

    /** Empty if cancelled. */
    private static Optional<CachedFeatures> fill(
            FeatureTable table,
            Examples examples,
            Features computed,
            List<FeatureFile> kept,
            FrozenPart frozen,
            int fixedBatch,
            FeatureFolder cache,
            Progress progress) {
        return new FeatureBuilder(
                        table,
                        examples.bySize(),
                        computed,
                        kept,
                        file -> frozen.raised(file, table.keys()),
                        fixedBatch,
                        progress)
                .fill(cache.file(table));
    }

    @Override
    public void close() {
        train.close();
        val.close();
    }
}
