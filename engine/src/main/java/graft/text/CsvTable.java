package graft.text;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rows of cells, in a file of commas, tabs, semicolons or bars. */
record CsvTable(Path file, CsvRows rows, boolean hinted, List<String> notes) implements Table {
    /** Share of the rows that an unusual separator must divide alike. */
    private static final double MOSTLY = 0.5;

    /** Excel's own hint of the separator, which is no row. */
    private static final Pattern HINT = Pattern.compile("sep=([,;\t|])[\r\n]");

    private static final int LOOKED_AT = 200;
    /** Share of the rows that have the number of cells that most have. */
    private static final double ALIKE = 0.9;

    private static final Map<Character, String> NAMES =
            Map.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "bars");

    static CsvTable open(Path file, TextEncoding encoding, TableKind kind) {
        List<String> notes = new ArrayList<>();
        encoding.note().ifPresent(notes::add);
        char usual = kind == TableKind.TSV ? '\t' : ',';
        Optional<Character> hint = hint(file, encoding);
        char separator = hint.orElseGet(() -> separator(file, encoding, usual));
        if (separator != usual) {
            notes.add("The cells of " + file + " are separated by " + NAMES.get(separator) + ".");
        }
        char quote = '"';
        if (separator == '\t' && !isQuoted(file, encoding)) {
            quote = CsvRows.NO_QUOTE;
        }
        return new CsvTable(file, new CsvRows(file, encoding, separator, quote), hint.isPresent(), List.copyOf(notes));
    }

    @Override
    public Optional<List<String>> keys() {
        return Optional.empty();
    }

    @Override
    public void read(Predicate<Row> visitor) {
        rows.read(row -> hinted && row.line() == 1 || visitor.test(row));
    }

    private static Optional<Character> hint(Path file, TextEncoding encoding) {
        try (Reader in = encoding.open(file)) {
            char[] beginning = new char[6];
            int length = Math.max(0, in.read(beginning));
            Matcher hint = HINT.matcher(new String(beginning, 0, length));
            return hint.matches() ? Optional.of(hint.group(1).charAt(0)) : Optional.empty();
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /**
     * The one by which the first rows have the most even number of cells, of two at least. Another than the usual one must divide
     * the first row, and most of the others alike: sentences in a single column hold commas, too.
     */
    private static char separator(Path file, TextEncoding encoding, char usual) {
        char best = usual;
        double most = 0;
        for (char separator : new char[] {usual, ',', ';', '\t', '|'}) {
            double alike = alike(file, encoding, separator, separator != usual);
            if (alike > most) {
                best = separator;
                most = alike;
            }
        }
        return best;
    }

    private static double alike(Path file, TextEncoding encoding, char separator, boolean unusual) {
        Map<Integer, Integer> counts = new HashMap<>();
        int[] rows = {0};
        int[] first = {0};
        char quote = separator == '\t' ? CsvRows.NO_QUOTE : '"';
        // Where a quote is wrong the rows before it tell.
        new CsvRows(file, encoding, separator, quote).isWellFormed(row -> {
            counts.merge(row.cells().size(), 1, Integer::sum);
            first[0] = rows[0] == 0 ? row.cells().size() : first[0];
            return ++rows[0] < LOOKED_AT;
        });
        double share = share(counts, rows[0]);
        return unusual && (first[0] < 2 || share < MOSTLY) ? 0 : share;
    }

    private static double share(Map<Integer, Integer> counts, int rows) {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() > 1)
                .mapToDouble(count -> (double) count.getValue() / rows)
                .max()
                .orElse(0);
    }

    /**
     * Whether quotes in a file of tabs are those of RFC 4180. Many such files have none, and a quote in them is a letter: read
     * as a quote it would swallow rows. They are quotes where every cell that begins with one also ends with one; and, where
     * cells seem to hold tabs or line breaks, if reading with quotes is what makes the rows even, or if somewhere a quote is
     * written twice inside quotes.
     */
    private static boolean isQuoted(Path file, TextEncoding encoding) {
        Evenness plain = new Evenness();
        boolean[] begins = {false};
        boolean[] stray = {false};
        boolean[] doubled = {false};
        new CsvRows(file, encoding, '\t', CsvRows.NO_QUOTE).read(row -> {
            plain.add(row);
            for (String cell : row.cells()) {
                if (cell.startsWith("\"")) {
                    begins[0] = true;
                    stray[0] |= !isWholeQuoted(cell);
                    doubled[0] |= isWholeQuoted(cell)
                            && cell.substring(1, cell.length() - 1).contains("\"\"");
                }
            }
            return true;
        });
        if (!begins[0]) {
            return false;
        }
        if (plain.share() == 1 && (!stray[0] || !doubled[0])) {
            return !stray[0];
        }
        Evenness quoted = new Evenness();
        boolean wellFormed = new CsvRows(file, encoding, '\t', '"').isWellFormed(row -> {
            quoted.add(row);
            return true;
        });
        return wellFormed
                && quoted.share() >= ALIKE
                && (quoted.share() > plain.share() || doubled[0] && quoted.share() == 1);
    }

    private static boolean isWholeQuoted(String cell) {
        return cell.length() > 1
                && cell.endsWith("\"")
                && !cell.substring(1, cell.length() - 1).replace("\"\"", "").contains("\"");
    }

    /** How many rows have as many cells as most have. */
    private static final class Evenness {
        private final Map<Integer, Integer> counts = new HashMap<>();
        private int rows;

        void add(Row row) {
            counts.merge(row.cells().size(), 1, Integer::sum);
            rows++;
        }

        double share() {
            return counts.values().stream().mapToInt(i -> i).max().orElse(0) / (double) Math.max(1, rows);
        }
    }
}
