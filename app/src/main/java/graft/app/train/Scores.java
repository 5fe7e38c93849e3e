package graft.app.train;

import java.util.Locale;

/** Scores in words. */
public final class Scores {
    private Scores() {}

    /** "94.8 %" of what may be a share of a whole, else the number itself. */
    public static String words(double score) {
        if (Double.isNaN(score)) {
            return "–";
        }
        return score >= 0 && score <= 1
                ? String.format(Locale.ROOT, "%.1f %%", 100 * score)
                : String.format(Locale.ROOT, "%.3g", score);
    }
}
