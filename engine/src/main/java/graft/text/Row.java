package graft.text;

import java.util.List;

/**
 * One row of a table.
 *
 * @param line where it begins in its file, from 1
 * @param cells by column; null where a JSON object has no such key
 */
record Row(long line, List<String> cells) {
    /** Empty where the row ends before the column, or the cell holds nothing. */
    String cell(int column) {
        String cell = column < cells.size() ? cells.get(column) : null;
        return cell == null ? "" : cell;
    }
}
