package graft.data;

/**
 * How a data set is opened.
 *
 * @param seed decides the split of a folder that has none; the same seed gives the same split
 * @param skipUnreadable pictures that cannot be decoded are left out and reported, not refused
 */
public record DataOptions(long seed, boolean skipUnreadable) {
    public static final DataOptions DEFAULT = new DataOptions(1, false);
}
