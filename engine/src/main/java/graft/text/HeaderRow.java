package graft.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Whether the first row of a table holds the names of its columns, or an example. */
final class HeaderRow {
    /** Of a column of labels; what people write above others may be a whole sentence. */
    private static final int LONGEST_NAME = 40;

    private final List<Row> rows;
    private final List<String> first;

    HeaderRow(List<Row> rows) {
        this.rows = rows;
        this.first = rows.get(0).cells().stream().map(String::strip).toList();
    }

    boolean holdsNames() {
        // The first column that pandas writes has no name.
        List<String> filled = first.stream().filter(cell -> !cell.isEmpty()).toList();
        if (filled.isEmpty()) {
            return false;
        }
        if (areCounted(filled) || ColumnFinder.areTextAndLabel(filled)) {
            return true;
        }
        boolean isAnExample = IntStream.range(0, first.size())
                .anyMatch(column -> counts(rows, column, 1).containsKey(first.get(column)));
        if (isAnExample) {
            return false;
        }
        if (filled.stream().noneMatch(HeaderRow::isNumber)
                && filled.stream().distinct().count() == filled.size()
                && filled.stream().allMatch(HeaderRow::isShort)
                && filled.stream().anyMatch(ColumnFinder::isKnown)) {
            return true;
        }
        return filled.size() == first.size()
                && first.size() > 1
                && IntStream.range(0, first.size()).anyMatch(this::standsAboveLabels);
    }

    /** Numbers from 0 on, as pandas calls columns without names; above something that is no number. */
    private boolean areCounted(List<String> filled) {
        return filled.size() > 1
                && filled.size() >= first.size() - 1
                && IntStream.range(0, filled.size()).allMatch(i -> filled.get(i).equals(Integer.toString(i)))
                && rows.size() > 1
                && IntStream.range(0, first.size())
                        .anyMatch(column -> !first.get(column).isEmpty()
                                && rows.stream()
                                        .skip(1)
                                        .noneMatch(
                                                row -> isNumber(row.cell(column).strip())));
    }

    /** Below it few values, each in several rows, and it is none of them. */
    private boolean standsAboveLabels(int column) {
        Map<String, Integer> below = counts(rows, column, 1);
        return rows.size() > 4
                && isShort(first.get(column))
                && !isNumber(first.get(column))
                && below.size() > 1
                && below.values().stream().allMatch(count -> count > 1);
    }

    private static boolean isShort(String cell) {
        return cell.length() <= LONGEST_NAME;
    }

    private static boolean isNumber(String cell) {
        return cell.matches("[+-]?[0-9]+([.,][0-9]+)?");
    }

    /** How often each value is in a column, empty cells left out. */
    static Map<String, Integer> counts(List<Row> rows, int column, int from) {
        Map<String, Integer> out = new HashMap<>();
        for (Row row : rows.subList(Math.min(from, rows.size()), rows.size())) {
            String cell = row.cell(column).strip();
            if (!cell.isEmpty()) {
                out.merge(cell, 1, Integer::sum);
            }
        }
        return out;
    }
}
