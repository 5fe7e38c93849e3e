package graft.text;

/**
 * A question with its passage as numbers of a vocabulary.
 *
 * @param pieces the passage's tokens; what stands before them is the question and what a network wants around both
 * @param cut whether the question was longer than it may be, and its end is missing
 */
public record Asked(Pieces pieces, boolean cut) {}
