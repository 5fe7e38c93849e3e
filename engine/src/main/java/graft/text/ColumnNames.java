package graft.text;

import java.util.Optional;

/**
 * The columns that a user names: by name, or by number from 1. Those that are not named are found.
 *
 * @param text what is read
 * @param pair a second text that is read together with the first
 * @param label the class
 */
public record ColumnNames(Optional<String> text, Optional<String> pair, Optional<String> label) {
    public static final ColumnNames FOUND = new ColumnNames(Optional.empty(), Optional.empty(), Optional.empty());
}
