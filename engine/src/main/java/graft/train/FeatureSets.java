package graft.train;

import graft.data.DataSet;
import graft.data.Examples;
import graft.progress.Progress;
import graft.train.FineTuningResult.CacheUse;
import java.util.Map;
import java.util.Optional;

/**
 * Features of the training and the validation examples: kept where they are the same every epoch and there is room,
 * else computed each time.
 */
record FeatureSets(Features train, Features val, CacheUse use) implements AutoCloseable {

    /** Empty if cancelled. */
    static Optional<FeatureSets> prepare(
            FineTuningPlan plan, FrozenPart frozen, int fixedBatch, DataSet data, Progress progress) {
        Examples trainExamples =
                plan.augment().isNone() ? data.train() : data.train().augmented(plan.augment(), plan.seed());
        Features train = frozen.features(trainExamples);
        Features val = frozen.features(data.val());
        FeatureFolder cache = FeatureFolder.usual();
        if (frozen.isEmpty()) {
            return Optional.of(new FeatureSets(train, val, new CacheUse(0, 0, 0)));
        }
        Optional<Map<String, long[]>> shapes = CachedFeatures.shapesPerExample(val, fixedBatch);
        if (shapes.isEmpty()) {
            progress.note("What crosses the frontier is not one value per example, so it is computed every epoch.");
            return Optional.of(new FeatureSets(train, val, new CacheUse(0, 0, 0)));
        }
        long start = System.nanoTime();
        int views = plan.augment().isNone() ? 1 : Math.min(plan.views(), plan.epochs());
        long firstView = plan.augment().isNone() ? 0 : 1;
        long bytes = CachedFeatures.bytes(shapes.get(), data.train().size(), views)
                + CachedFeatures.bytes(shapes.get(), data.val().size(), 1);
        if (bytes > cache.mostBytes()) {
            progress.note("Keeping the features would take " + (bytes >> 20) + " MiB, more than the "
                    + (cache.mostBytes() >> 20) + " MiB that GRAFT_CACHE_MIB allows; they are computed every epoch.");
            return Optional.of(new FeatureSets(train, val, new CacheUse(0, 0, 0)));
        }
        if (bytes > cache.room() / 2) {
            progress.note("Keeping the features would take " + (bytes >> 20)
                    + " MiB of the disk, more than half of what" + " is free; they are computed every epoch.");
            return Optional.of(new FeatureSets(train, val, new CacheUse(0, 0, 0)));
        }
        cache.makeRoom(bytes);
        Features keptTrain = train;
        if (views > 0) {
            Optional<CachedFeatures> filled = CachedFeatures.fill(
                    train,
                    shapes.get(),
                    data.train().size(),
                    firstView,
                    views,
                    fixedBatch,
                    cache.file(FeatureKey.of(
                            frozen.model(), data.fingerprint(), data.train(), plan, firstView, views, fixedBatch)),
                    progress);
            if (filled.isEmpty()) {
                return Optional.empty();
            }
            keptTrain = filled.get();
        }
        Optional<CachedFeatures> keptVal = CachedFeatures.fill(
                val,
                shapes.get(),
                data.val().size(),
                0,
                1,
                fixedBatch,
                cache.file(FeatureKey.of(frozen.model(), data.fingerprint(), data.val(), plan, 0, 1, fixedBatch)),
                progress);
        if (keptVal.isEmpty()) {
            keptTrain.close();
            return Optional.empty();
        }
        CacheUse use = new CacheUse(views, bytes, (System.nanoTime() - start) / 1e9);
        return Optional.of(new FeatureSets(keptTrain, keptVal.get(), use));
    }

    @Override
    public void close() {
        train.close();
        val.close();
    }
}
