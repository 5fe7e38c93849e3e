package graft.evaluate;

import java.util.OptionalDouble;

/**
 * How one class fared; all scores 0…1.
 *
 * @param precision share of what was called this that is it; 0 where nothing was called this
 * @param recall share of this that was called this; 0 where there was none
 * @param f1 harmonic mean of the two
 * @param support number of examples of the class
 * @param ap average precision when the examples are ranked by the probability of this class; empty where probabilities are
 *     not known or the class has no example
 */
public record ClassScore(String name, double precision, double recall, double f1, int support, OptionalDouble ap) {}
