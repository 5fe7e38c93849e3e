package graft.text;

import java.util.Optional;

/**
 * Why a row cannot be used.
 *
 * @param words that follow "a row", such as "without a label"
 * @param broken whether the row is damaged, and does not only lack something
 */
record RowFault(String words, boolean broken) {

    /** Empty for a row that is in order. */
    static Optional<RowFault> of(Row row, Columns columns) {
        String text = columns.text(row);
        Optional<String> pair = columns.pair(row);
        if (columns.ofCells() && !fits(row, columns)) {
            return broken("with " + row.cells().size() + (row.cells().size() == 1 ? " cell" : " cells") + " instead of "
                    + columns.names().size());
        }
        if (text.isBlank()) {
            return lacking("without a text");
        }
        if (pair.isPresent() && pair.get().isBlank()) {
            return lacking("without a second text");
        }
        if (columns.label().isPresent() && columns.label(row).isBlank()) {
            return lacking("without a label");
        }
        if (Math.max(text.length(), pair.map(String::length).orElse(0)) > Table.MOST_CHARACTERS) {
            return broken("with a text of more than " + String.format("%,d", Table.MOST_CHARACTERS) + " characters");
        }
        boolean nul = text.indexOf('\0') >= 0 || pair.isPresent() && pair.get().indexOf('\0') >= 0;
        return nul ? broken("with a NUL character") : Optional.empty();
    }

    private static Optional<RowFault> lacking(String words) {
        return Optional.of(new RowFault(words, false));
    }

    private static Optional<RowFault> broken(String words) {
        return Optional.of(new RowFault(words, true));
    }

    /** Empty cells may follow, and cells that nobody reads may be missing. */
    private static boolean fits(Row row, Columns columns) {
        int cells = row.cells().size();
        for (int i = columns.names().size(); i < cells; i++) {
            if (!row.cell(i).isBlank()) {
                return false;
            }
        }
        int needed = Math.max(
                columns.text(),
                Math.max(columns.pair().orElse(0), columns.label().orElse(0)));
        return cells > needed;
    }
}
