package graft.text;

import graft.Refusal;
import graft.data.Corrections;
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
    /** A text and the word for its class; "" where it has none. */
    record Labelled(String name, String text, Optional<String> pair, String label) {
        Labelled named(String other) {
            return new Labelled(other, text, pair, label);
        }

        Labelled of(String className) {
            return className.equals(label) ? this : new Labelled(name, text, pair, className);
        }

        /** What tells it from other texts, whatever its label. */
        String fingerprint() {
            return Corrections.fingerprint(TextExample.words(text, pair));
        }
    }

    /** @param called what the file is called in names of examples */
    static LabelledRows of(Table table, Columns columns, String called, boolean skipUnreadable) {
        List<Labelled> out = new ArrayList<>();
        Problems empty = new Problems(table.file());
        Problems broken = new Problems(table.file());
        int[] trimmed = {0};
        RowNames names = new RowNames(called);
        columns.read(table, row -> {
            Optional<RowFault> fault = RowFault.of(row, columns);
            if (fault.isPresent()) {
                (fault.get().broken() ? broken : empty).add(fault.get().words(), row.line());
                return;
            }
            String raw = columns.label(row);
            String label = raw.strip();
            trimmed[0] += label.length() < raw.length() ? 1 : 0;
            out.add(new Labelled(names.of(row), columns.text(row), columns.pair(row), label));
        });
        if (broken.count() > 0 && !skipUnreadable) {
            throw new Refusal(table.file() + " has " + broken.words()
                    + "."
                    + (broken.words().contains(" cell")
                            ? " A cell that holds a separator, a quote or a line break is to be put in quotes."
                            : "")
                    + " Mend the rows, or pass"
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
}
