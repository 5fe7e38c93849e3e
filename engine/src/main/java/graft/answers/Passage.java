package graft.answers;

/**
 * A text that questions are about.
 *
 * @param article what it is of: passages of one are learnt from or judged by together
 * @param text as it stands in its file
 */
public record Passage(String article, String text) {}
