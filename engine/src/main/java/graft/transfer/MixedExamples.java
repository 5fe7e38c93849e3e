package graft.transfer;

import graft.Refusal;
import graft.objective.CrossEntropy;
import graft.options.Option;
import graft.options.Settings;
import graft.problem.Problem;
import graft.run.PlanOptions;
import java.util.List;

/** Pairs of examples are mixed in each step, and so are their classes; the steps do it, here is what it can be had for. */
final class MixedExamples {
    static final Technique MIXUP = new Technique(
            "mixup",
            "Each example is mixed with another one of its step, and its class likewise: for few pictures and long runs that would"
                    + " learn them by heart; the share is drawn from Beta(A, A).",
            List.of(PlanOptions.MIXUP),
            (plain, settings) -> checked(plain, settings, PlanOptions.MIXUP));

    static final Technique CUTMIX = new Technique(
            "CutMix",
            "A rectangle of each picture is filled with that of another one of its step, and the class mixed by its area: as mixup,"
                    + " where parts of a picture should be enough to know it; with both, each step takes one of them.",
            List.of(PlanOptions.CUTMIX),
            (plain, settings) -> checked(plain, settings, PlanOptions.CUTMIX));

    private MixedExamples() {}

    private static Problem checked(Problem plain, Settings settings, Option<Double> option) {
        if (settings.get(option) == 0) {
            return plain;
        }
        String name = option.name();
        if (!CrossEntropy.is(plain.objective())
                || !plain.streams().isEmpty()
                || !plain.companions().isEmpty()) {
            throw new Refusal(
                    name + " mixes the classes of examples, and goes with a plain cross-entropy alone. Leave it out.");
        }
        if (plain.network().report().fixedBatch() == 1) {
            throw new Refusal(
                    name + " mixes examples that go through the network together, and this one takes them one by one."
                            + " Leave it out, or export the network with a free batch.");
        }
        return plain;
    }
}
