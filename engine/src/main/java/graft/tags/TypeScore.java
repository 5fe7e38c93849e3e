package graft.tags;

/**
 * How one type of entity is found.
 *
 * @param precision share of what was said to be one that is
 * @param recall share of those that are there that were said to be one
 * @param f1 harmonic mean of both
 * @param support how many are there
 * @param said how many were said to be one
 * @param right how many of these are, from their first word to the last
 */
public record TypeScore(String type, double precision, double recall, double f1, int support, int said, int right) {
    /** From counts; what is divided by nothing is 0, as in seqeval. */
    static TypeScore of(String type, int support, int said, int right) {
        double precision = said == 0 ? 0 : (double) right / said;
        double recall = support == 0 ? 0 : (double) right / support;
        double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        return new TypeScore(type, precision, recall, f1, support, said, right);
    }
}
