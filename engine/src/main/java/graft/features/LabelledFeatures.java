package graft.features;

import graft.data.Examples;
import graft.data.Targets;

/**
 * Features of all examples of a split, with what is to be answered for each.
 *
 * @param sizes of the features of each example; those of one size have features of the same shapes
 */
public record LabelledFeatures(Features features, Targets targets, int[] sizes) {
    /**
     * @param targets as the objective takes them; they may be weighted or smoothed
     * @param kept whether the features are all of one size, however the examples are
     */
    public static LabelledFeatures of(Features features, Examples examples, Targets targets, boolean kept) {
        return new LabelledFeatures(features, targets, kept ? new int[examples.size()] : examples.sizes());
    }

    public int size() {
        return sizes.length;
    }
}
