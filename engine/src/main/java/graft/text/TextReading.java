package graft.text;

import graft.Refusal;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.Parts;
import graft.data.Places;
import graft.data.Remark;
import graft.data.Skipped;
import graft.progress.Progress;
import graft.text.LabelledRows.Labelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads the rows and files of one folder or table, as they lie there and as the user corrected them. */
final class TextReading {
    private final Path source;
    private final TextOptions options;
    private final Progress progress;
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final Map<Parts, List<Labelled>> parts = new EnumMap<>(Parts.class);

    private TextReading(Path source, TextOptions options, Progress progress) {
        this.source = source;
        this.options = options;
        this.progress = progress;
    }

    static TextReading of(Path source, TextOptions options, Progress progress) {
        TextReading out = new TextReading(source, options, progress);
        TextFiles files = TextFiles.of(source);
        out.skipped.addAll(files.skipped());
        out.remarks.addAll(files.remarks());
        if (files.tables()) {
            out.readTables(files);
        } else {
            out.readFolders(files);
        }
        out.correct();
        return out;
    }

    /** One of several that are taken together: where texts lie in a folder itself they are of one class. */
    static TextReading member(Path source, String label, TextOptions options, Progress progress) {
        boolean oneClass = Files.isDirectory(source)
                && TextFiles.tablesIn(source).isEmpty()
                && !TextFiles.textsIn(source).isEmpty();
        TextReading out;
        if (oneClass) {
            out = new TextReading(source, options, progress);
            List<String> notes = new ArrayList<>();
            out.add(Parts.TRAIN, TextFolder.readClass(source, source, options.skipUnreadable(), notes));
            options.columns().idle(source).ifPresent(notes::add);
            out.note(notes);
            out.remarks.add(Remark.of(
                    Remark.Kind.LAYOUT,
                    "The texts that lie in " + source + " are one class, " + FileNames.last(source) + ".",
                    List.of(source)));
            out.correct();
        } else {
            out = of(source, options, progress);
        }
        out.parts.replaceAll((part, rows) -> rows.stream()
                .map(row -> row.named(out.under(label, row.name())))
                .toList());
        return out;
    }

    private String under(String label, String name) {
        if (Places.isWhole(name)) {
            return name;
        }
        return Files.isDirectory(source)
                ? label + "/" + name
                : label + name.substring(FileNames.last(source).length());
    }

    /** In the order of the files; without a part to judge by all are to be split. */
    Map<Parts, List<Labelled>> parts() {
        return parts;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    List<Remark> remarks() {
        return remarks;
    }

    private void readTables(TextFiles files) {
        Columns columns = null;
        int trimmed = 0;
        for (Map.Entry<Parts, Path> part : new EnumMap<>(files.parts()).entrySet()) {
            progress.stage("reading texts", 0, 0);
            Table table = Table.open(part.getValue());
            table.notes().forEach(note -> remarks.add(Remark.of(Remark.Kind.READING, note, List.of(table.file()))));
            if (columns == null) { // the part to learn from is the first
                columns = Columns.of(table, options.columns(), true);
                remarks.add(Remark.of(Remark.Kind.LAYOUT, columns.sentence(table), List.of(table.file())));
            }
            Columns here = part.getKey() == Parts.TRAIN ? columns : columns.in(table);
            LabelledRows rows = here.label().isEmpty()
                    ? new LabelledRows(List.of(), List.of(), 0)
                    : LabelledRows.of(table, here, part.getValue().getFileName().toString(), options.skipUnreadable());
            boolean unlabelled = here.label().isEmpty()
                    || rows.rows().stream().allMatch(row -> row.label().equals("-1"));
            if (unlabelled && part.getKey() != Parts.TRAIN) {
                if (part.getKey() == Parts.VAL) {
                    throw new Refusal(table.file() + " has no labels, so that nothing can be judged by it. Add a column"
                            + " of labels as in " + files.parts().get(Parts.TRAIN)
                            + ", or move the file elsewhere.");
                }
                skipped.add(new Skipped(table.file(), "its rows have no labels"));
                continue;
            }
            trimmed += rows.trimmed();
            add(part.getKey(), rows);
        }
        if (trimmed > 0) {
            remarks.add(Remark.of(
                    Remark.Kind.READING,
                    trimmed + (trimmed == 1 ? " label had" : " labels had") + " blanks around, which were cut off.",
                    List.of()));
        }
    }

    private void readFolders(TextFiles files) {
        List<String> notes = new ArrayList<>();
        files.parts()
                .forEach((part, folder) -> add(part, TextFolder.read(folder, source, options.skipUnreadable(), notes)));
        options.columns().idle(source).ifPresent(notes::add);
        note(notes);
    }

    private void note(List<String> notes) {
        notes.forEach(note -> remarks.add(Remark.of(Remark.Kind.READING, note, List.of())));
    }

    private void add(Parts part, LabelledRows rows) {
        skipped.addAll(rows.skipped());
        parts.put(part, rows.rows());
    }

    private void correct() {
        Corrections said = Corrections.of(source);
        if (!said.isNone()) {
            CorrectedRows rows = CorrectedRows.of(parts, said, source);
            parts.putAll(rows.parts());
            skipped.addAll(rows.skipped());
            remarks.addAll(rows.remarks());
        }
    }
}
