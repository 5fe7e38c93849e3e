package graft.evaluate;

/**
 * Whether two networks that were judged by the same examples differ in how often they are right, or whether it may be chance: only the
 * examples that one of them alone got right tell.
 *
 * @param onlyFirst examples that only the first one got right
 * @param onlySecond examples that only the second one got right
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar, Psychometrika 12 (1947)</a>
 * @see <a href="https://doi.org/10.1186/1471-2288-13-91">Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91
 *     (2013)</a>: the exact test is too careful with few examples, the mid-p one is not
 */
public record McNemar(int onlyFirst, int onlySecond) {
    private static final double USUAL = 0.05;

    /** Two-sided, from the binomial distribution with a half: how often chance alone gives so uneven counts. 1 where none differ. */
    public double exact() {
        return Math.min(1, 2 * cumulative());
    }

    /** The same with half of the probability of the very counts: nearer to the chosen level. */
    public double mid() {
        return onlyFirst + onlySecond == 0 ? 1 : 2 * cumulative() - probability(Math.min(onlyFirst, onlySecond));
    }

    /** Whether chance gives so uneven counts in fewer than one of twenty cases (mid-p). */
    public boolean isMoreThanChance() {
        return mid() < USUAL;
    }

    private double cumulative() {
        double out = 0;
        double log = -all() * Math.log(2);
        for (int i = 0; i <= Math.min(onlyFirst, onlySecond); i++) {
            log += i == 0 ? 0 : odds(i);
            out += Math.exp(log);
        }
        return out;
    }

    /** Of so many among all that differ, where each side is as likely as the other. */
    private double probability(int some) {
        double log = -all() * Math.log(2);
        for (int i = 1; i <= some; i++) {
            log += odds(i);
        }
        return Math.exp(log);
    }

    /** Logarithm of how much likelier {@code some} are than one fewer. */
    private double odds(int some) {
        return Math.log((all() - some + 1) / some);
    }

    private double all() {
        return (double) onlyFirst + onlySecond;
    }
}
