package graft.data;

import java.nio.file.Path;

/** A file that was left out of a data set, and why, in the user's words. */
public record Skipped(Path file, String reason) {}
