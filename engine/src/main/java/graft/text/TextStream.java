package graft.text;

import graft.Refusal;
import graft.data.Clutter;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.InputWalk;
import graft.data.Unlabelled.Unread;
import graft.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** Texts to be answered, one after the other: nothing is held, labels are not needed, and what cannot be read is passed over. */
final class TextStream implements InputWalk.Visitor {
    /** Who gets the texts. */
    interface Receiver {
        /** @param example without a label */
        void text(TextExample example);

        /** A file or row that cannot be read. */
        void unread(Unread what);

        /** A file or folder that is no text by its name. */
        void other();

        /** What is assumed of a file. */
        void note(String sentence);
    }

    private final ColumnNames columns;
    private final Progress progress;
    private final Receiver receiver;
    private boolean told;

    private TextStream(ColumnNames columns, Progress progress, Receiver receiver) {
        this.columns = new ColumnNames(columns.text(), columns.pair(), Optional.empty());
        this.progress = progress;
        this.receiver = receiver;
    }

    /**
     * Reads tables (each row is a text), {@code .txt} files (one text), and all of them in folders and below. Texts are named as
     * the user named their files.
     *
     * @throws CancellationException when {@code progress} was cancelled
     */
    static void read(List<Path> inputs, ColumnNames columns, Progress progress, Receiver receiver) {
        InputWalk.over(inputs, new TextStream(columns, progress, receiver));
    }

    /** Whether a file is one of texts by its name, or a folder of any depth holds one. */
    static boolean areIn(Path input) {
        if (!Files.isDirectory(input)) {
            return isOne(input);
        }
        try (Stream<Path> files = Files.walk(input)) {
            return files.anyMatch(file -> isOne(file) && !Files.isDirectory(file));
        } catch (IOException | UncheckedIOException e) {
            return true; // what cannot be looked into is named when it is read
        }
    }

    private static boolean isOne(Path file) {
        String name = FileNames.last(file);
        boolean named =
                TableKind.of(file).isPresent() || name.toLowerCase(Locale.ROOT).endsWith(".txt");
        return named && Clutter.file(name).isEmpty() && !name.equals(Corrections.FILE);
    }

    @Override
    public void found(Path file, String name) {
        if (isOne(file)) {
            named(file, name);
        } else {
            receiver.other();
        }
    }

    @Override
    public void passed(Path folder) {
        receiver.other();
    }

    @Override
    public void unreadable(String name, String reason) {
        receiver.unread(new Unread(name, reason));
    }

    /** A file that is named by the user holds a text whatever it is called. */
    @Override
    public void named(Path file, String name) {
        refuseCancelled();
        try {
            if (TableKind.of(file).isPresent()) {
                table(file, name);
            } else {
                text(file, name);
            }
        } catch (Refusal e) {
            unreadable(name, e.getMessage());
        }
    }

    private void text(Path file, String name) {
        List<String> notes = new ArrayList<>();
        String text = TextEncoding.text(file, notes);
        if (!told) { // once, however many files there are
            columns.idle(file).ifPresent(notes::add);
            told = true;
        }
        notes.forEach(receiver::note);
        if (text.isBlank()) {
            unreadable(name, "it holds no text");
        } else {
            receiver.text(new TextExample(name, text, Optional.empty(), -1));
        }
    }

    private void table(Path file, String name) {
        Table table = Table.open(file);
        Columns found = Columns.of(table, columns, false);
        // Before anything comes out of it: a table that breaks off in its middle is none.
        table.read(row -> !progress.isCancelled());
        refuseCancelled();
        table.notes().forEach(receiver::note);
        receiver.note(found.sentence(table));
        RowNames rowNames = new RowNames(name);
        found.read(table, row -> {
            Optional<RowFault> fault = RowFault.of(row, found);
            String called = rowNames.of(row);
            if (fault.isPresent()) {
                unreadable(called, "it is a row " + fault.get().words());
            } else {
                receiver.text(new TextExample(called, found.text(row), found.pair(row), -1));
            }
        });
    }

    private void refuseCancelled() {
        if (progress.isCancelled()) {
            throw new CancellationException("cancelled while texts were read");
        }
    }
}
