package graft.text;

import graft.Refusal;
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

    /**
     * The columns of a table that are called one of these, and one of those; none where it has no such columns, or cannot be read,
     * which is told by whoever reads it.
     */
    public static Optional<ColumnNames> called(Path table, List<String> texts, List<String> pairs) {
        try {
            Table opened = Table.open(table);
            List<String> names = opened.keys().orElseGet(() -> opened.first(1).stream()
                    .findFirst()
                    .map(row -> row.cells().stream().map(String::strip).toList())
                    .orElse(List.of()));
            Optional<String> text = first(names, texts);
            Optional<String> pair = first(names, pairs);
            return text.isPresent() && pair.isPresent()
                    ? Optional.of(new ColumnNames(text, pair, Optional.empty()))
                    : Optional.empty();
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private static Optional<String> first(List<String> names, List<String> wanted) {
        return wanted.stream()
                .flatMap(each -> names.stream().filter(name -> name.equalsIgnoreCase(each)))
                .findFirst();
    }

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
