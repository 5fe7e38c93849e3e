package graft.fewshot;

import graft.episodes.EpisodePlan;
import graft.episodes.EpisodeScore;

/**
 * How well features serve where a class is known by a handful of examples, held against what needs no learning.
 *
 * @param accuracy mean over the episodes, 0…1
 * @param interval in which the mean of very many episodes lies with 95 %; null for a single episode
 * @param queries asked about in the first episode
 * @param features the tensor that was looked at
 * @param baselines the same episodes by other means
 */
public record EpisodeEvaluation(
        double accuracy,
        double[] interval,
        int way,
        int shot,
        int episodes,
        int queries,
        EpisodePlan.Distance distance,
        long seed,
        String features,
        Baselines baselines) {

    /**
     * What anybody reaches.
     *
     * @param pixels by what is fed to the network, number by number; null where that are no numbers
     * @param untrained by the same network with random weights
     * @param chance one of so many classes
     */
    public record Baselines(EpisodeScore pixels, EpisodeScore untrained, double chance) {}
}
