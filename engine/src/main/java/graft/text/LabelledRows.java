package graft.text;

import graft.Refusal;
import graft.data.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts of one file with their labels as words, and what was left out.
 *
 * @param trimmed labels that had blanks around them
 */
record LabelledRows(List<Labelled> rows, List<Skipped> skipped, int trimmed) {
    static final String NO_LABEL = "without a label";
    private static final String NO_TEXT = "without a text";
    private static final String NUL = "with a NUL character";

    /** A text and the word for its class; "" where it has none. */
    record Labelled(String name, String text, Optional<String> pair, String label) {}

    /** @param called what the file is called in names of examples */
    static LabelledRows of(Table table, Columns columns, String called, boolean skipUnreadable) {
        List<Labelled> out = new ArrayList<>();
        Problems empty = new Problems(table.file());
        Problems broken = new Problems(table.file());
        int[] trimmed = {0};
        long[] last = {0, 0};
        boolean[] first = {columns.header()};
        int width = columns.names().size();
        boolean isCells = table.keys().isEmpty();
        table.read(row -> {
            if (first[0]) {
                first[0] = false;
                return true;
            }
            String text = row.cell(columns.text());
            Optional<String> pair = columns.pair().isPresent()
                    ? Optional.of(row.cell(columns.pair().getAsInt()))
                    : Optional.empty();
            String raw = columns.label().isPresent() ? row.cell(columns.label().getAsInt()) : "";
            String label = raw.strip();
            if (isCells && !fits(row, width, columns)) {
                broken.add("with " + row.cells().size() + " cells instead of " + width, row.line());
            } else if (text.isBlank()) {
                empty.add(NO_TEXT, row.line());
            } else if (pair.isPresent() && pair.get().isBlank()) {
                empty.add("without a second text", row.line());
            } else if (columns.label().isPresent() && label.isEmpty()) {
                empty.add(NO_LABEL, row.line());
            } else if (text.indexOf('\0') >= 0 || pair.isPresent() && pair.get().indexOf('\0') >= 0) {
                broken.add(NUL, row.line());
            } else {
                trimmed[0] += label.length() < raw.length() ? 1 : 0;
                last[1] = row.line() == last[0] ? last[1] + 1 : 1; // objects of JSON may share a line
                last[0] = row.line();
                String name = called + ":" + row.line() + (last[1] > 1 ? "#" + last[1] : "");
                out.add(new Labelled(name, text, pair, label));
            }
            return true;
        });
        if (broken.count() > 0 && !skipUnreadable) {
            throw new Refusal(table.file() + " has " + broken.words()
                    + ". A cell that holds a separator, a quote or a line break is to be put in quotes. Mend the rows, or pass"
                    + " --skip-unreadable to leave them out.");
        }
        int left = broken.count() + empty.count();
        if (left > out.size()) {
            List<String> words = new ArrayList<>();
            broken.skipped().forEach(each -> words.add(each.reason()));
            empty.skipped().forEach(each -> words.add(each.reason()));
            throw new Refusal(
                    "Most rows of " + table.file() + " cannot be used: " + String.join("; ", words)
                            + ". Check which columns hold the texts and the labels (--text, --label), and how the file was saved.");
        }
        List<Skipped> skipped = new ArrayList<>(broken.skipped());
        skipped.addAll(empty.skipped());
        return new LabelledRows(out, List.copyOf(skipped), trimmed[0]);
    }

    /** Empty cells may follow, and cells that nobody reads may be missing. */
    private static boolean fits(Row row, int width, Columns columns) {
        int cells = row.cells().size();
        for (int i = width; i < cells; i++) {
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
