package graft.train;

import graft.features.LabelledFeatures;
import graft.features.MicroBatch;
import graft.onnx.ElementType;
import graft.onnx.Values;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How examples go through a network, so many at once as it takes.
 *
 * @param fixedBatch examples that the network insists on; 0 = any number
 */
record Passes(int fixedBatch) {
    List<MicroBatch> of(int[] examples, int size) {
        return MicroBatch.of(examples, fixedBatch > 0 ? fixedBatch : size, fixedBatch > 0);
    }

    /** The features of one pass; those of the next are made while this one is computed. */
    static Map<String, Values> features(LabelledFeatures from, List<MicroBatch> passes, int pass, long view) {
        Map<String, Values> features = from.features().of(passes.get(pass).examples(), view);
        if (pass + 1 < passes.size()) {
            from.features().expect(passes.get(pass + 1).examples(), view);
        }
        return features;
    }

    /** The first of some examples whose features are no finite numbers. */
    Optional<Integer> firstNotFinite(LabelledFeatures from, int[] examples, long view) {
        for (int example : examples) {
            int[] pass = of(new int[] {example}, 1).get(0).examples();
            for (Values values : from.features().of(pass, view).values()) {
                if (values.type() == ElementType.FLOAT && !areFinite(values.floats())) {
                    return Optional.of(example);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean areFinite(FloatBuffer numbers) {
        while (numbers.hasRemaining()) {
            if (!Float.isFinite(numbers.get())) {
                return false;
            }
        }
        return true;
    }
}
