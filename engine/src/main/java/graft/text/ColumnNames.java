package graft.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns that a user names: by name, or by number from 1. Those that are not named are found.
 *
 * @param text what is read
 * @param pair a second text that is read together with the first
 * @param label the class
 */
public record ColumnNames(Optional<String> text, Optional<String> pair, Optional<String> label) {
    public static final ColumnNames FOUND = new ColumnNames(Optional.empty(), Optional.empty(), Optional.empty());

    /** What is said where texts lie in files of their own and a column was named nevertheless. */
    Optional<String> idle(Path source) {
        List<String> named =
                Stream.of(text, pair, label).flatMap(Optional::stream).toList();
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of("The texts in " + source + " are files and no table: "
                        + (named.size() == 1 ? "the column " : "the columns ") + String.join(", ", named)
                        + (named.size() == 1 ? " was" : " were") + " named for nothing.");
    }
}
