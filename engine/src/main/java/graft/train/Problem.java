package graft.train;

import graft.data.Targets;
import graft.features.LabelledFeatures;
import graft.judge.Judge;
import graft.network.Network;
import graft.objective.Objective;
import java.util.function.Function;

/**
 * What a run is to solve, whatever its task.
 *
 * @param network with its head, and with what learns
 * @param objective what is made small
 * @param sampling which examples are in a step
 * @param train what is learnt from
 * @param val what epochs are chosen by
 * @param judge of answers to examples with these targets
 * @param guessing loss of who knows nothing; NaN where that is not known
 */
record Problem(
        Network network,
        Objective objective,
        Sampling sampling,
        LabelledFeatures train,
        LabelledFeatures val,
        Function<Targets, Judge> judge,
        double guessing) {}
