package graft.data;

/**
 * A stretch of a text, and what it is.
 *
 * @param start where it begins, in {@code char}s of Java (UTF-16), of which an emoji takes two
 * @param end where it ends, exclusive
 */
public record Span(int start, int end, String type) {}
