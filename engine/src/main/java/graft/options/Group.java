package graft.options;

/**
 * Options that belong together.
 *
 * @param key the name of their part of a plan's JSON
 * @param words above them, in the help of commands, the window and the documentation
 */
public record Group(String key, String words) {}
