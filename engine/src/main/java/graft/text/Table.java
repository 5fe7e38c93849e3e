package graft.text;

import graft.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A file of rows. What is read is never held: each row is shown and forgotten. */
interface Table {
    /**
     * A cell may have this many characters. Networks read a few thousand at most, so that a longer one is a quote that never
     * closes, or a file that was meant to be something else.
     */
    int MOST_CHARACTERS = 1_000_000;

    Path file();

    /** Names of the columns where the format itself has them (JSON); a table of cells may have them in its first row. */
    Optional<List<String>> keys();

    /** What was assumed of the format, for the user. */
    List<String> notes();

    /**
     * Shows the rows in the order of the file, until the visitor answers false.
     *
     * @throws Refusal where the file is damaged, with the line
     */
    void read(Predicate<Row> visitor);

    /** The first rows. */
    default List<Row> first(int count) {
        List<Row> out = new ArrayList<>();
        read(row -> {
            out.add(row);
            return out.size() < count;
        });
        return out;
    }

    /** Opens a file by its ending. */
    static Table open(Path file) {
        TableKind kind = TableKind.of(file)
                .orElseThrow(() -> new Refusal(file + " is no table that Graft can read. Give a file that ends in "
                        + TableKind.ENDINGS + "."));
        TextEncoding encoding = TextEncoding.of(file);
        return kind == TableKind.JSON ? new JsonTable(file, encoding) : CsvTable.open(file, encoding, kind);
    }
}
