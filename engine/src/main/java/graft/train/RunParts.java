package graft.train;

import graft.data.DataSet;
import graft.features.FeatureSets;
import graft.features.LabelledFeatures;
import graft.network.Network;
import graft.network.TrainableSpec;
import graft.problem.Problem;
import graft.problem.Sampling;
import graft.problem.Sources;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.task.Task;
import graft.transfer.TechniqueTable;
import java.util.Arrays;

/**
 * What all stages of a run have in common.
 *
 * @param plan of the whole run
 * @param further what is given beside the data
 * @param headed the network with its new head, as the run found it
 * @param small what learns beside or behind weights of it
 */
record RunParts(
        FineTuningPlan plan,
        Task task,
        DataSet data,
        Further further,
        Network headed,
        SmallParts small,
        Company company,
        Progress progress) {
    /** The network with what {@code stage} lets learn. */
    Network selected(FineTuningPlan stage) {
        return small.on(TrainableSpec.apply(headed, stage.get(PlanOptions.TRAINABLE)));
    }

    /**
     * What a stage is to solve.
     *
     * @param network with what learns in it
     * @param found the same as the run found it
     * @param stage the plan of that stage alone
     * @param sources what there is beside the data
     */
    Problem problem(Network network, Network found, FeatureSets sets, FineTuningPlan stage, Sources sources) {
        boolean kept = sets.isTrainEven();
        LabelledFeatures train = LabelledFeatures.of(
                sets.train(),
                data.train(),
                task.objectives().targets(data.train().targets(), stage.settings()),
                kept);
        Problem plain = new Problem(
                network,
                found,
                task.objectives().of(network.head().orElseThrow()),
                sampling(train, stage),
                train,
                LabelledFeatures.of(sets.val(), data.val(), data.val().targets(), sets.isValEven()),
                targets -> task.judging().of(targets, data.classes()),
                task.objectives().guessing(data),
                sources);
        return TechniqueTable.applied(plain, stage.settings());
    }

    private Sampling sampling(LabelledFeatures train, FineTuningPlan stage) {
        int versions = data.train().targets().versions();
        int size = train.size() / versions;
        Sampling plain = stage.get(PlanOptions.SHUFFLE)
                ? Sampling.bySize(Arrays.copyOf(train.sizes(), size), stage.stepSize(), stage.get(PlanOptions.SEED))
                : Sampling.inOrder(size);
        return versions == 1 ? plain : Sampling.ofVersions(plain, size, versions);
    }
}
