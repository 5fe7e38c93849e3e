package graft.network;

import com.fasterxml.jackson.annotation.JsonIgnore;
import graft.Refusal;
import java.util.Optional;

/**
 * How thin the matrices of {@link Adapters} are, written {@code R} or {@code R:ALPHA}.
 *
 * @param rank columns of the one, rows of the other; 0 = none are put on
 * @param alpha what they add counts {@code alpha / rank} times
 */
public record LowRank(int rank, double alpha) {
    public static final LowRank NONE = new LowRank(0, 0);
    private static final int MOST = 4096;
    private static final double USUAL_ALPHA = 2;

    /** @throws IllegalArgumentException saying what is wrong */
    public static LowRank parse(String text) {
        String[] words = text.strip().split(":", 2);
        try {
            int rank = Integer.parseInt(words[0].strip());
            return new LowRank(rank, words.length == 1 ? USUAL_ALPHA * rank : Double.parseDouble(words[1].strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no rank. Write R or R:ALPHA, such as 8 or 8:16", e);
        }
    }

    public Optional<String> complaint() {
        if (rank < 0 || rank > MOST) {
            return Optional.of("a rank of " + rank + " is not from 0 to " + MOST);
        }
        return rank == 0 || alpha > 0 && alpha <= 1e6
                ? Optional.empty()
                : Optional.of("an alpha of " + alpha + " is not above 0 and at most 1000000");
    }

    @JsonIgnore
    public boolean isNone() {
        return rank == 0;
    }

    /** Times which their product is added. */
    public double scale() {
        return alpha / rank;
    }

    /** @throws Refusal where {@code globs} can name no layer; none at all is well */
    public static void checkTarget(String globs) {
        if (!globs.isBlank()) {
            TrainableSpec.checkForm(globs);
        }
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return isNone() ? "0" : rank + ":" + Double.toString(alpha).replaceFirst("\\.0$", "");
    }
}
