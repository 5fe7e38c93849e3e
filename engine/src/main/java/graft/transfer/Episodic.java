package graft.transfer;

import graft.episodes.EpisodeOrder;
import graft.episodes.EpisodeTargets;
import graft.problem.Sampling;
import graft.run.PlanOptions;
import java.util.List;

/** Steps that are episodes of a prototypical network (Snell et al. 2017). */
final class Episodic implements Sampling {
    static final Technique TECHNIQUE = new Technique(
            "episodes",
            "Each step is an episode of a few classes, known by a few examples each and asked about others: for features that serve"
                    + " classes to come.",
            List.of(
                    PlanOptions.FIT,
                    PlanOptions.WAY,
                    PlanOptions.SHOT,
                    PlanOptions.QUERY,
                    PlanOptions.EPISODES,
                    PlanOptions.WITHIN,
                    PlanOptions.DISTANCE,
                    PlanOptions.SHARPNESS,
                    PlanOptions.HELD_OUT),
            (plain, settings) -> plain.train().targets() instanceof EpisodeTargets episodes
                    ? plain.with(new Episodic(episodes))
                    : plain);

    private final EpisodeOrder order;
    private final int length;

    private Episodic(EpisodeTargets targets) {
        this.order = EpisodeOrder.of(targets.kinds());
        this.length = order.epoch(0).length;
    }

    @Override
    public int[] order(int epoch) {
        return order.epoch(epoch);
    }

    @Override
    public int length(int examples) {
        return length;
    }
}
