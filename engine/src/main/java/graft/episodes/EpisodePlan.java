package graft.episodes;

/**
 * How episodes are drawn.
 *
 * @param way classes of an episode, drawn without replacement
 * @param shot examples that a class is known by
 * @param query examples of each class that are asked about; 0 = all there are
 * @param episodes how many
 * @param distance by which the nearest class is found
 */
public record EpisodePlan(int way, int shot, int query, int episodes, Distance distance, long seed) {
    /** Of features to the mean of a class. */
    public enum Distance {
        /** Squared Euclidean (Snell et al. 2017). */
        EUCLIDEAN,
        /** One minus the cosine. */
        COSINE
    }
}
