package graft.answers;

/**
 * An answer that is right.
 *
 * @param start where it begins in its passage, in {@code char}s of Java
 * @param end where it ends, exclusive
 * @param text as the file spells it
 */
public record Gold(int start, int end, String text) {}
