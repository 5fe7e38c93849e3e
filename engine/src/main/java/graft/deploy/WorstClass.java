package graft.deploy;

import graft.evaluate.ClassEvaluation;
import graft.evaluate.ClassScore;
import java.util.Comparator;
import java.util.Optional;

/**
 * The class that a form recognises worst: what an average hides.
 *
 * @param recall share of its examples that were recognised, 0…1
 * @param n examples of the class
 */
public record WorstClass(String name, double recall, int n) {

    /** Of several that are as bad, that of most examples; empty where no class has an example. */
    static Optional<WorstClass> of(ClassEvaluation found) {
        return found.perClass().stream()
                .filter(score -> score.support() > 0)
                .min(Comparator.comparingDouble(ClassScore::recall)
                        .thenComparing(score -> -score.support())
                        .thenComparing(ClassScore::name))
                .map(score -> new WorstClass(score.name(), score.recall(), score.support()));
    }
}
