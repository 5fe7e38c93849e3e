package graft.episodes;

/**
 * How episodes are drawn.
 *
 * @param way classes of an episode, drawn without replacement
 * @param shot examples that a class is known by
 * @param query examples of each class that are asked about; 0 = all there are
 * @param episodes how many
 * @param distance by which the nearest class is found
 * @param sharpness what cosines are multiplied by
 */
public record EpisodePlan(int way, int shot, int query, int episodes, Distance distance, double sharpness, long seed) {
    private static final double USUAL_SHARPNESS = 20;

    /** Of features to what a class is known by. */
    public enum Distance {
        /** Squared Euclidean, to the mean of its examples (Snell et al. 2017). */
        EUCLIDEAN,
        /** One minus the cosine, to the mean of its examples. */
        COSINE,
        /** To its examples: the softmax over all of them, added up by class (Vinyals et al. 2016). */
        MATCHING
    }

    public EpisodePlan(int way, int shot, int query, int episodes, Distance distance, long seed) {
        this(way, shot, query, episodes, distance, USUAL_SHARPNESS, seed);
    }
}
