package graft.features;

import graft.data.DataSet;
import graft.data.Examples;
import graft.onnx.ElementType;
import graft.onnx.Values;
import graft.progress.Progress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Features of examples of different sizes, kept row by row: as if each row, such as that of a token, were an example.
 *
 * @param shapes of one row's features by tensor name
 */
record KeptRows(
        ExampleRows train,
        ExampleRows val,
        Features ofTrain,
        Features ofVal,
        DataSet data,
        Map<String, long[]> shapes) {

    /** Empty where rows cannot be kept one by one. */
    static Optional<KeptRows> of(FrozenPart frozen, Features ofTrain, Features ofVal, DataSet data, int fixedBatch) {
        Optional<ExampleRows> train = ExampleRows.of(data.train());
        Optional<ExampleRows> val = ExampleRows.of(data.val());
        if (fixedBatch > 0 || !frozen.areRowsApart() || train.isEmpty() || val.isEmpty()) {
            return Optional.empty();
        }
        return shapes(ofVal, data.val(), val.get())
                .map(shapes -> new KeptRows(train.get(), val.get(), ofTrain, ofVal, data, shapes));
    }

    /** Empty where an example has not as many rows as its answer. */
    private static Optional<Map<String, long[]>> shapes(Features features, Examples examples, ExampleRows rows) {
        int[] bySize = examples.bySize();
        Map<String, long[]> out = new LinkedHashMap<>();
        for (int example : new int[] {bySize[0], bySize[bySize.length - 1]}) {
            for (Map.Entry<String, Values> each :
                    features.of(new int[] {example, example}, 0).entrySet()) {
                long[] shape = each.getValue().shape();
                if (each.getValue().type() != ElementType.FLOAT
                        || shape.length < 3
                        || shape[0] != 2
                        || shape[1] != rows.of(example)) {
                    return Optional.empty();
                }
                long[] ofRow = Arrays.copyOfRange(shape, 2, shape.length);
                long[] before = out.put(each.getKey(), ofRow);
                if (before != null && !Arrays.equals(before, ofRow)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(out);
    }

    /** Empty if cancelled. */
    Optional<PaddedRows> train(FeatureTable table, List<FeatureFile> kept, FeatureFolder cache, Progress progress) {
        return fill(table, data.train(), ofTrain, train, kept, cache, progress);
    }

    /** Empty if cancelled. */
    Optional<PaddedRows> val(FeatureTable table, List<FeatureFile> kept, FeatureFolder cache, Progress progress) {
        return fill(table, data.val(), ofVal, val, kept, cache, progress);
    }

    private static Optional<PaddedRows> fill(
            FeatureTable table,
            Examples examples,
            Features whole,
            ExampleRows rows,
            List<FeatureFile> kept,
            FeatureFolder cache,
            Progress progress) {
        // What an earlier frontier left is not gone on with: a row of it says nothing of those around it.
        return new FeatureBuilder(
                        table,
                        rows.rows(examples.bySize()),
                        new RowFeatures(whole, rows),
                        kept,
                        file -> Optional.empty(),
                        0,
                        progress)
                .fill(cache.file(table))
                .map(filled -> new PaddedRows(filled, rows));
    }
}
