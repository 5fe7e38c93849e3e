package graft.features;

import graft.data.Examples;
import graft.data.Targets;

/**
 * Features of all examples of a split, with what is to be answered for each.
 *
 * @param bySize an order in which neighbours are alike in size
 */
public record LabelledFeatures(Features features, Targets targets, int[] bySize) {
    /** @param targets as the objective takes them; they may be weighted or smoothed */
    public static LabelledFeatures of(Features features, Examples examples, Targets targets) {
        return new LabelledFeatures(features, targets, examples.bySize());
    }

    public int size() {
        return bySize.length;
    }
}
