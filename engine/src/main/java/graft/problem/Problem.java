package graft.problem;

import graft.data.Targets;
import graft.features.LabelledFeatures;
import graft.judge.Judge;
import graft.network.Network;
import graft.objective.Objective;
import java.util.ArrayList;
import java.util.List;
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
        double guessing) {

    /** The same with one more rule, which acts after those that are there. */
    public Problem with(WeightRule rule) {
        List<WeightRule> more = new ArrayList<>(rules);
        more.add(rule);
        return new Problem(network, found, objective, sampling, train, val, judge, List.copyOf(more), guessing);
    }

    /** The same with something else made small. */
    public Problem with(Objective other) {
        return new Problem(network, found, other, sampling, train, val, judge, rules, guessing);
    }
}
