package graft.problem;

import graft.data.Targets;
import graft.features.LabelledFeatures;
import graft.judge.Judge;
import graft.network.Network;
import graft.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a stage of a run is to solve, whatever its task.
 *
 * @param network with its head, and with what learns; what earlier stages learnt is in it
 * @param found the same as the run began with it
 * @param objective what is made small
 * @param sampling which examples are in a step
 * @param train what is learnt from
 * @param val what epochs are chosen by
 * @param judge of answers to examples with these targets
 * @param rules for weights, beside the optimizer's
 * @param guessing loss of who knows nothing; NaN where that is not known
 * @param sources what was given beside the examples to learn from
 * @param streams further examples that are in each step
 * @param companions what is known of the examples to learn from beside their targets
 * @param atOnce how what learns is found without a step; empty where steps are taken
 * @param anew how some of it is found anew after each epoch of steps, by what the others have become
 */
public record Problem(
        Network network,
        Network found,
        Objective objective,
        Sampling sampling,
        LabelledFeatures train,
        LabelledFeatures val,
        Function<Targets, Judge> judge,
        List<WeightRule> rules,
        double guessing,
        Sources sources,
        List<ExampleStream> streams,
        List<Companion> companions,
        Optional<ClosedForm> atOnce,
        Optional<ClosedForm> anew) {

    /** With one stream, and no rules. */
    public Problem(
            Network network,
            Network found,
            Objective objective,
            Sampling sampling,
            LabelledFeatures train,
            LabelledFeatures val,
            Function<Targets, Judge> judge,
            double guessing,
            Sources sources) {
        this(
                network,
                found,
                objective,
                sampling,
                train,
                val,
                judge,
                List.of(),
                guessing,
                sources,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with one more rule, which acts after those that are there; before what finds weights at once is given. */
    public Problem with(WeightRule rule) {
        return changed(draft -> draft.rules = more(rules, rule));
    }

    /** The same with something else made small. */
    public Problem with(Objective other) {
        return changed(draft -> draft.objective = other);
    }

    /** The same with further examples in each step. */
    public Problem with(ExampleStream stream) {
        return changed(draft -> draft.streams = more(streams, stream));
    }

    /** The same with more known of the examples to learn from. */
    public Problem with(Companion companion) {
        return changed(draft -> draft.companions = more(companions, companion));
    }

    /** The same, learnt from other features of the examples. */
    public Problem with(LabelledFeatures learntFrom) {
        return changed(draft -> draft.train = learntFrom);
    }

    /** The same with other examples in a step. */
    public Problem with(Sampling other) {
        return changed(draft -> draft.sampling = other);
    }

    /** The same with what learns found at once: rules that act on steps have none to act on. */
    public Problem with(ClosedForm form) {
        return changed(draft -> {
            draft.atOnce = Optional.of(form);
            draft.rules = List.of();
        });
    }

    /** The same with weights that are found anew after each epoch. */
    public Problem withAnew(ClosedForm form) {
        return changed(draft -> draft.anew = Optional.of(form));
    }

    private Problem changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.problem();
    }

    private static <T> List<T> more(List<T> some, T one) {
        List<T> out = new ArrayList<>(some);
        out.add(one);
        return List.copyOf(out);
    }

    /** A problem that is being changed: each part once, however many ways there are to change it. */
    private static final class Draft {
        private Network network;
        private Network found;
        private Objective objective;
        private Sampling sampling;
        private LabelledFeatures train;
        private LabelledFeatures val;
        private Function<Targets, Judge> judge;
        private List<WeightRule> rules;
        private double guessing;
        private Sources sources;
        private List<ExampleStream> streams;
        private List<Companion> companions;
        private Optional<ClosedForm> atOnce;
        private Optional<ClosedForm> anew;

        Draft(Problem of) {
            network = of.network;
            found = of.found;
            objective = of.objective;
            sampling = of.sampling;
            train = of.train;
            val = of.val;
            judge = of.judge;
            rules = of.rules;
            guessing = of.guessing;
            sources = of.sources;
            streams = of.streams;
            companions = of.companions;
            atOnce = of.atOnce;
            anew = of.anew;
        }

        Problem problem() {
            return new Problem(
                    network,
                    found,
                    objective,
                    sampling,
                    train,
                    val,
                    judge,
                    rules,
                    guessing,
                    sources,
                    streams,
                    companions,
                    atOnce,
                    anew);
        }
    }
}
