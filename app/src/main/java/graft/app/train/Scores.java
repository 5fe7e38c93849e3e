package graft.app.train;

import graft.app.controls.Numbers;

/** Scores in words. */
public final class Scores {
    private Scores() {}

    /** "94.8 %" of what may be a share of a whole, else the number itself. */
    public static String words(double score) {
        if (Double.isNaN(score)) {
            return "–";
        }
        return score >= 0 && score <= 1 ? Numbers.percent(score) : Numbers.format("%.3g", score);
    }
}
