package graft.text;

import graft.Refusal;
import graft.data.FileNames;
import graft.data.Skipped;
import graft.text.LabelledRows.Labelled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder with a sub-folder of {@code .txt} files for each class: one text a file. */
final class TextFolder {
    private static final int NOTES = 3;

    private TextFolder() {}

    /** @param notes gets what was assumed of the files */
    static LabelledRows read(Path folder, Path source, boolean skipUnreadable, List<String> notes) {
        List<Labelled> rows = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        List<String> assumed = new ArrayList<>();
        for (Path classFolder : TextFiles.folders(folder)) {
            read(classFolder, source, skipUnreadable, rows, skipped, assumed);
        }
        note(assumed, notes);
        return new LabelledRows(rows, skipped, 0);
    }

    /** The texts of one class. */
    static LabelledRows readClass(Path classFolder, Path source, boolean skipUnreadable, List<String> notes) {
        List<Labelled> rows = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        List<String> assumed = new ArrayList<>();
        read(classFolder, source, skipUnreadable, rows, skipped, assumed);
        note(assumed, notes);
        return new LabelledRows(rows, skipped, 0);
    }

    private static void read(
            Path classFolder,
            Path source,
            boolean skipUnreadable,
            List<Labelled> rows,
            List<Skipped> skipped,
            List<String> assumed) {
        for (Path file : TextFiles.textsIn(classFolder)) {
            try {
                String text = file.toFile().length() == 0 ? "" : TextEncoding.text(file, assumed);
                if (text.isBlank()) {
                    skipped.add(new Skipped(file, "it holds no text"));
                } else {
                    rows.add(new Labelled(
                            FileNames.inside(source, file), text, Optional.empty(), FileNames.last(classFolder)));
                }
            } catch (Refusal e) {
                if (!skipUnreadable) {
                    throw new Refusal(e.getMessage() + " Or pass --skip-unreadable to leave such files out.", e);
                }
                skipped.add(new Skipped(file, e.getMessage()));
            }
        }
    }

    private static void note(List<String> assumed, List<String> notes) {
        notes.addAll(assumed.subList(0, Math.min(NOTES, assumed.size())));
        if (assumed.size() > NOTES) {
            notes.add("So it is with " + (assumed.size() - NOTES) + " more files.");
        }
    }
}
