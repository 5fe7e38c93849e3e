package graft.problem;

import graft.features.Features;
import graft.features.LabelledFeatures;
import java.util.Optional;

/**
 * What a run was given beside the examples to learn from; techniques make streams and companions of it.
 *
 * @param target examples of another domain, whose targets nothing is learnt from
 * @param judged examples of that domain that scores are given for; they choose nothing
 * @param teacher answers of another network to the examples to learn from
 */
public record Sources(Optional<LabelledFeatures> target, Optional<LabelledFeatures> judged, Optional<Teacher> teacher) {
    public static final Sources NONE = new Sources(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A teacher.
     *
     * @param output name of its logits among the features
     * @param places of the classes to learn among those that it knows
     */
    public record Teacher(Features features, String output, long[] places) {}
}
