package graft.judge;

import java.util.Locale;

/**
 * One number by which answers are judged.
 *
 * @param name as the field calls it, in lower case: {@code accuracy}, {@code f1}, {@code rmse}
 * @param interval [low, high], in which it lies with 95 % on unseen examples of the same kind; null where that is not known
 * @param higherIsBetter whether a network with more of it is better
 * @param share whether it is a share, 0…1, which people read in per cent
 */
public record Score(String name, double value, double[] interval, boolean higherIsBetter, boolean share) {

    /** e to the power of the mean loss of tokens. */
    public static final String PERPLEXITY = "perplexity";

    /** Whether a network with less of the score of this name is better, for whoever knows no more of a score. */
    public static boolean isLessBetter(String name) {
        return name.equals(PERPLEXITY);
    }

    /** A share of the examples, 0…1, more of which is better. */
    public static Score share(String name, double value, double[] interval) {
        return new Score(name, value, interval, true, true);
    }

    /** "92.8 %" or "0.0412". */
    public String text() {
        return share ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : String.format(Locale.ROOT, "%.4g", value);
    }
}
