package graft.text;

import graft.Refusal;
import graft.data.FileNames;
import graft.data.Skipped;
import graft.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Texts to be answered, one after the other: nothing is held, labels are not needed, and what cannot be read is passed over. */
public final class TextStream {
    /** Who gets the texts. */
    public interface Receiver {
        /** @param example without a label */
        void text(TextExample example);

        /** A file or row that cannot be read. */
        void skipped(Skipped what);
    }

    private TextStream() {}

    /**
     * Reads a table (each row is a text), a {@code .txt} file (one text), or all of them in a folder and below.
     *
     * @throws Refusal where there is no such file, or {@code columns} names one that the first table does not have
     * @throws CancellationException when {@code progress} was cancelled
     */
    public static void read(Path source, ColumnNames columns, Progress progress, Receiver receiver) {
        if (!Files.exists(source)) {
            throw new Refusal("There is no " + source + ". Check the path of the texts.");
        }
        if (!Files.isDirectory(source)) {
            if (TableKind.of(source).isPresent()) {
                table(source, FileNames.last(source), columns, progress, receiver);
            } else {
                file(source, FileNames.last(source), progress, receiver);
            }
            return;
        }
        folder(source, source, columns, progress, receiver);
    }

    private static void folder(Path root, Path folder, ColumnNames columns, Progress progress, Receiver receiver) {
        for (Path table : TextFiles.tablesIn(folder)) {
            try {
                table(table, FileNames.inside(root, table), columns, progress, receiver);
            } catch (Refusal e) {
                receiver.skipped(new Skipped(table, e.getMessage()));
            }
        }
        for (Path text : TextFiles.textsIn(folder)) {
            try {
                file(text, FileNames.inside(root, text), progress, receiver);
            } catch (Refusal e) {
                receiver.skipped(new Skipped(text, e.getMessage()));
            }
        }
        TextFiles.folders(folder).forEach(inside -> folder(root, inside, columns, progress, receiver));
    }

    private static void file(Path file, String name, Progress progress, Receiver receiver) {
        cancelled(progress);
        List<String> notes = new ArrayList<>();
        String text = TextEncoding.text(file, notes);
        notes.forEach(progress::note);
        if (text.isBlank()) {
            receiver.skipped(new Skipped(file, "it holds no text"));
        } else {
            receiver.text(new TextExample(name, text, Optional.empty(), -1));
        }
    }

    private static void table(Path file, String called, ColumnNames names, Progress progress, Receiver receiver) {
        Table table = Table.open(file);
        table.notes().forEach(progress::note);
        Columns columns = Columns.of(table, new ColumnNames(names.text(), names.pair(), Optional.empty()), false);
        progress.note(columns.sentence(table));
        RowNames rowNames = new RowNames(called);
        columns.read(table, row -> {
            cancelled(progress);
            Optional<RowFault> fault = RowFault.of(row, columns);
            if (fault.isPresent()) {
                receiver.skipped(new Skipped(
                        file, "line " + row.line() + ": a row " + fault.get().words()));
            } else {
                receiver.text(new TextExample(rowNames.of(row), columns.text(row), columns.pair(row), -1));
            }
        });
    }

    private static void cancelled(Progress progress) {
        if (progress.isCancelled()) {
            throw new CancellationException("cancelled while texts were read");
        }
    }
}
