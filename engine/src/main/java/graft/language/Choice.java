package graft.language;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How the next token is chosen by the scores of a vocabulary; in the order of Hugging Face's {@code generate}: repetition penalty,
 * temperature, top-k, top-p.
 *
 * @param temperature that scores are divided by; 0 = always the likeliest token
 * @param topK only so many of the likeliest; 0 = all
 * @param topP only the likeliest that come to this probability together; 1 = all
 * @param repetitionPenalty that scores of tokens which were there are divided by (where negative: multiplied); 1 = none
 * @param seed of chance: the same one chooses the same tokens
 */
public record Choice(double temperature, int topK, double topP, double repetitionPenalty, long seed) {
    public static final Choice LIKELIEST = new Choice(0, 0, 1, 1, 0);

    /**
     * A choice for one text.
     *
     * @return chooses one token after the other
     */
    public Chooser chooser() {
        return new Chooser(new SplittableRandom(seed));
    }

    /** Chooses the tokens of one text. */
    public final class Chooser {
        private final SplittableRandom random;

        private Chooser(SplittableRandom random) {
            this.random = random;
        }

        /**
         * @param scores of each token
         * @param before tokens that were there
         */
        public int next(float[] scores, Collection<Integer> before) {
            double[] own = IntStream.range(0, scores.length)
                    .mapToDouble(i -> scores[i])
                    .toArray();
            for (int token : new LinkedHashSet<>(before)) {
                if (repetitionPenalty != 1 && token < own.length) {
                    own[token] = own[token] < 0 ? own[token] * repetitionPenalty : own[token] / repetitionPenalty;
                }
            }
            return temperature == 0 ? largest(own) : drawn(own);
        }

        private int drawn(double[] scores) {
            int[] order = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(topK > 0 ? topK : scores.length)
                    .mapToInt(i -> i)
                    .toArray();
            double[] shares = new double[order.length];
            double sum = 0;
            for (int i = 0; i < order.length; i++) {
                // The same on every machine, so that a seed means the same text.
                shares[i] = StrictMath.exp((scores[order[i]] - scores[order[0]]) / temperature);
                sum += shares[i];
            }
            int kept = 0;
            double mass = 0;
            while (kept < order.length && (kept == 0 || mass < topP * sum)) {
                mass += shares[kept++];
            }
            double at = random.nextDouble() * mass;
            for (int i = 0; i < kept; i++) {
                at -= shares[i];
                if (at < 0) {
                    return order[i];
                }
            }
            return order[kept - 1];
        }
    }

    /** The first of the largest. */
    private static int largest(double[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }
}
