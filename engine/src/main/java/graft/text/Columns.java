package graft.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Which column of a table holds what.
 *
 * @param names of all columns; their numbers where they have none
 * @param ofCells whether rows are cells one after the other, and not keys and values
 * @param header whether the first row holds the names
 */
record Columns(List<String> names, boolean ofCells, boolean header, int text, OptionalInt pair, OptionalInt label) {

    /** Finds the columns of a table, or those that are named. */
    static Columns of(Table table, ColumnNames named, boolean labelled) {
        return new ColumnFinder(table, named, labelled).find();
    }

    /** The same columns in another file of the data set: by name where they have names, else by position. */
    Columns in(Table other) {
        Optional<String> nothing = Optional.empty();
        if (!header && other.keys().isEmpty()) {
            return this;
        }
        List<String> there = other.keys().orElseGet(() -> other.first(1).stream()
                .findFirst()
                .map(row -> row.cells().stream().map(String::strip).toList())
                .orElse(List.of()));
        boolean judged = label.isPresent() && there.contains(names.get(label.getAsInt()));
        return of(
                other,
                new ColumnNames(
                        Optional.of(names.get(text)),
                        pair.isPresent() ? Optional.of(names.get(pair.getAsInt())) : nothing,
                        judged ? Optional.of(names.get(label.getAsInt())) : nothing),
                judged);
    }

    /** Shows the rows below the names. */
    void read(Table table, Consumer<Row> receiver) {
        boolean[] first = {header};
        table.read(row -> {
            if (!first[0]) {
                receiver.accept(row);
            }
            first[0] = false;
            return true;
        });
    }

    String text(Row row) {
        return row.cell(text);
    }

    Optional<String> pair(Row row) {
        return pair.isPresent() ? Optional.of(row.cell(pair.getAsInt())) : Optional.empty();
    }

    /** "" where there are no labels. */
    String label(Row row) {
        return label.isPresent() ? row.cell(label.getAsInt()) : "";
    }

    /** For the user. */
    String sentence(Table table) {
        StringBuilder out = new StringBuilder();
        out.append("In ").append(table.file()).append(" the texts are in ").append(called(text));
        pair.ifPresent(column -> out.append(", read together with those in ").append(called(column)));
        label.ifPresent(column -> out.append(", the labels in ").append(called(column)));
        if (ofCells) {
            out.append(header ? "; the first row holds the names" : "; the first row is an example, not names");
        }
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            boolean used =
                    i == text || pair.isPresent() && pair.getAsInt() == i || label.isPresent() && label.getAsInt() == i;
            if (!used) {
                rest.add(names.get(i).isEmpty() ? "column " + (i + 1) + " without a name" : names.get(i));
            }
        }
        if (!rest.isEmpty()) {
            out.append("; not read: ")
                    .append(rest.stream().limit(8).collect(Collectors.joining(", ")))
                    .append(rest.size() > 8 ? ", …" : "");
        }
        return out.append(". Others are chosen with ")
                .append(label.isPresent() ? "--text, --text-pair and --label." : "--text and --text-pair.")
                .toString();
    }

    private String called(int column) {
        return "column " + names.get(column);
    }
}
