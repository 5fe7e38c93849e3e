package graft.data;

import graft.Refusal;
import java.util.Map;

/**
 * How a data set is opened.
 *
 * @param seed decides the split of a folder that has none; the same seed gives the same split
 * @param skipUnreadable pictures that cannot be decoded are left out and reported, not refused
 * @param share of each class that such a split sets aside to judge by
 */
public record DataOptions(long seed, boolean skipUnreadable, double share) {
    /** Note of a network's file: the seed it was trained with. */
    public static final String SEED = "graft.seed";

    /** Note of a network's file: the share of the examples that it was judged by, where it was not the usual one. */
    public static final String SHARE = "graft.val_share";

    public static final DataOptions DEFAULT = new DataOptions(1, false);

    public DataOptions(long seed, boolean skipUnreadable) {
        this(seed, skipUnreadable, Split.SHARE);
    }

    /**
     * For judging a network: a folder without parts is split with the seed that split it when the network was trained, so
     * that no example it learned from is among those it is judged by; with the default where the file names none.
     *
     * @param notes of the network's file
     */
    public static DataOptions forJudging(Map<String, String> notes, boolean skipUnreadable) {
        String seed = notes.getOrDefault(SEED, Long.toString(DEFAULT.seed()));
        try {
            return new DataOptions(Long.parseLong(seed), skipUnreadable, share(notes));
        } catch (NumberFormatException e) {
            throw new Refusal(
                    "The network's note " + SEED + " should be a whole number but is: " + seed
                            + ". Export the network again, or remove the note.",
                    e);
        }
    }

    private static double share(Map<String, String> notes) {
        String noted = notes.getOrDefault(SHARE, Double.toString(Split.SHARE));
        boolean possible = noted.matches("0\\.[0-9]{1,17}") && Double.parseDouble(noted) > 0;
        if (!possible) {
            throw new Refusal("The network's note " + SHARE + " should be a share between 0 and 1 but is: " + noted
                    + ". Export the network again, or remove the note.");
        }
        return Double.parseDouble(noted);
    }
}
