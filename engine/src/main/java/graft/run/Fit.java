package graft.run;

import graft.Refusal;
import graft.options.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a stage finds the weights that learn. */
public enum Fit {
    /** Step by step down the loss. */
    STEPS,
    /** The head is the means of the classes' features, at once (Snell et al. 2017). */
    PROTOTYPES,
    /** The head is the examples' features themselves, at once (Vinyals et al. 2016). */
    MATCHING,
    /** Steps that are episodes: the features learn to lie near the mean of their kind. There is no head. */
    EPISODES,
    /** Steps on pairs of examples; after each epoch the head is a logistic regression (SetFit). */
    PAIRS;

    /** Whether no step is taken: one look at every example says all. */
    public boolean isAtOnce() {
        return this == PROTOTYPES || this == MATCHING;
    }

    /** The way that a recipe of its name is about. */
    static Optional<Fit> named(String recipe) {
        return Stream.of(values())
                .filter(fit -> fit != STEPS && PlanOptions.FIT.kind().text(fit).equals(recipe))
                .findFirst();
    }

    /**
     * What decides the head of a run: what its stages do that is not taking steps.
     *
     * @throws Refusal where stages need different heads
     */
    public static Fit of(Settings settings) {
        List<Fit> all = Stream.of(
                        settings.get(PlanOptions.STAGES).list().stream().map(stage -> stage.get(PlanOptions.FIT)),
                        settings.get(PlanOptions.RECIPE).flatMap(Fit::named).stream(),
                        Stream.of(settings.get(PlanOptions.FIT)))
                .flatMap(each -> each)
                .filter(fit -> fit != STEPS)
                .distinct()
                .toList();
        if (all.size() > 1) {
            throw new Refusal("The stages of a run share one head, but these need several: fit="
                    + String.join(
                            " and fit=",
                            all.stream().map(PlanOptions.FIT.kind()::text).toList())
                    + ". Make a run of each; the second one takes the network that the first one wrote.");
        }
        return all.isEmpty() ? STEPS : all.get(0);
    }
}
