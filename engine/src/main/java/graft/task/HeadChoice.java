package graft.task;

import graft.Refusal;
import graft.data.ClassTargets;
import graft.data.DataSet;
import graft.network.Head;
import graft.network.HeadEnd;
import graft.network.HeadShape;
import graft.network.MatchingHead;
import graft.options.Option;
import graft.options.Settings;
import graft.run.Fit;
import graft.run.PlanOptions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the user chooses of a head.
 *
 * @param fixed inputs of the network that were given a value for all examples
 * @param told what is taken to be so, for the user
 */
public record HeadChoice(Settings settings, Set<String> fixed, Consumer<String> told) {
    /** Where nobody listens. */
    public HeadChoice(Settings settings, Set<String> fixed) {
        this(settings, fixed, said -> {});
    }

    public <T> T get(Option<T> option) {
        return settings.get(option);
    }

    /** How its numbers begin. */
    public Head.Init init() {
        return get(PlanOptions.HEAD_INIT);
    }

    /** How it ends for the classes of some data. */
    public HeadEnd end(DataSet data) {
        Fit fit = Fit.of(settings);
        HeadShape shape = get(PlanOptions.HEAD_SHAPE);
        if (fit != Fit.STEPS && !shape.equals(HeadShape.LINEAR)) {
            throw new Refusal("A head of " + shape + " learns in steps, and "
                    + PlanOptions.FIT.kind().text(fit)
                    + " takes none that would teach it. Leave --head out, or take another recipe.");
        }
        if (fit == Fit.EPISODES) {
            return HeadEnd.features(EpisodicTask.OUTPUT);
        }
        if (fit != Fit.MATCHING) {
            return end(data.classes().size());
        }
        int[] labels = ClassTargets.of(data.train()).labels();
        return new MatchingHead(labels, data.classes().size(), get(PlanOptions.SHARPNESS));
    }

    /** How it ends where there are so many classes, and no examples yet. */
    public HeadEnd end(int classes) {
        return get(PlanOptions.HEAD_SHAPE).end(classes, init(), seed());
    }

    /** Of its first numbers. */
    public long seed() {
        return get(PlanOptions.SEED);
    }
}
