package graft.text;

import graft.data.JoinedData;
import graft.data.Parts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A table before its texts are read: for a person who is to say which column holds what.
 *
 * @param file the table; of several the one to learn from, or the first
 * @param columns their names; numbers from 1 where they have none
 * @param text the column of the texts, found or named
 * @param pair that of a second text; empty where there is none
 * @param label that of the classes
 * @param rows the first of them, a cell for each column
 * @param complaint why the columns cannot be told, in words for the user; {@code text} and {@code label} are empty then
 */
public record TableLook(
        Path file,
        List<String> columns,
        Optional<String> text,
        Optional<String> pair,
        Optional<String> label,
        List<List<String>> rows,
        Optional<String> complaint) {

    /**
     * Looks at a data set of texts.
     *
     * @param shown how many rows
     * @return empty where its texts are no rows of a table
     * @throws graft.Refusal where it cannot be read
     */
    public static Optional<TableLook> at(Path source, ColumnNames named, int shown) {
        if (!TextFiles.isText(source)) {
            return Optional.empty();
        }
        Optional<JoinedData> joined = JoinedData.at(source);
        if (joined.isPresent()) {
            return joined.get().members().values().stream()
                    .flatMap(member -> at(member, named, shown).stream())
                    .findFirst();
        }
        TextFiles files = TextFiles.of(source);
        return files.tables()
                ? Optional.of(new ColumnFinder(Table.open(files.parts().get(Parts.TRAIN)), named, true).look(shown))
                : Optional.empty();
    }
}
