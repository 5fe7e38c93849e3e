package graft.tags;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.text.TextEncoding;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns as CoNLL's tasks have them: a line for each word, its tag in the last column, a blank line after each sentence. Quotes
 * are words like all others. Lines {@code -DOCSTART-} part documents; what begins with # and has no tag is a comment.
 */
final class ConllFile {
    /** Networks read a few thousand letters at most, and a word has a few. */
    static final int MOST_CHARACTERS = 1_000_000;

    private static final String DOCUMENT = "-DOCSTART-";
    private static final int NAMED = 3;

    private final Path file;
    private final List<Line> open = new ArrayList<>();
    private final List<List<Line>> sentences = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int wrongCount;
    private boolean spoilt;
    private int columns;
    private int columnsLine;

    /** A word and its tag. */
    record Line(int number, String word, String tag) {}

    /** What is read: sentences, and in words what could not be. */
    record Read(List<List<Line>> sentences, int left, String wrong) {}

    private ConllFile(Path file) {
        this.file = file;
    }

    /**
     * Reads the whole file.
     *
     * @param notes gets what was assumed of its letters
     * @param skip whether sentences with a line that cannot be read are left out
     * @throws Refusal where that is not so, naming the lines
     */
    static Read read(Path file, boolean skip, List<String> notes) {
        return read(file, skip, "mend it, or pass --skip-unreadable to leave such sentences out", notes);
    }

    /** The same where nothing is left out. */
    static List<List<Line>> sentences(Path file) {
        return read(file, false, "mend it", new ArrayList<>()).sentences();
    }

    private static Read read(Path file, boolean skip, String wayOut, List<String> notes) {
        ConllFile out = new ConllFile(file);
        TextEncoding encoding = TextEncoding.of(file);
        encoding.note().ifPresent(notes::add);
        try (Reader in = encoding.open(file)) {
            LineReader lines = new LineReader(in, file, MOST_CHARACTERS);
            int number = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                out.take(++number, line);
            }
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
        out.end();
        if (out.wrongCount > 0 && !skip) {
            throw new Refusal(out.words()
                    + ". Each line is to hold a word and, in its last column, a tag, apart by a tab or blanks; "
                    + wayOut + ".");
        }
        if (out.sentences.isEmpty()) {
            throw new Refusal(file + " holds no sentence"
                    + (out.wrongCount > 0
                            ? " that is in order: " + out.words()
                                    + ". Each line is to hold a word and, in its last column, a tag, apart by a tab or blanks."
                            : ". Check that it was saved or copied to the end."));
        }
        return new Read(out.sentences, out.wrongCount, out.wrongCount == 0 ? "" : out.words());
    }

    private String words() {
        String named = String.join("; ", wrong);
        return named + (wrongCount > wrong.size() ? "; and " + (wrongCount - wrong.size()) + " lines more" : "");
    }

    /** Cells of a line; a word may hold blanks where tabs stand between cells. */
    static String[] cells(String line) {
        return line.indexOf('\t') >= 0
                ? line.stripTrailing().split("\t+")
                : line.strip().split(" +");
    }

    /** Whether a line is there for people or for documents, and holds no word. */
    static boolean isAside(String line) {
        if (!line.startsWith("#")) {
            return line.startsWith(DOCUMENT);
        }
        String[] cells = cells(line);
        return cells.length < 2 || !Scheme.isTag(cells[cells.length - 1]);
    }

    private void take(int number, String line) {
        if (line.isBlank() || line.startsWith(DOCUMENT)) {
            end();
        } else if (!isAside(line)) {
            add(number, line, cells(line));
        }
    }

    private void add(int number, String line, String[] cells) {
        String tag = cells[cells.length - 1];
        if (columns == 0 && cells.length > 1) {
            columns = cells.length;
            columnsLine = number;
        }
        if (cells.length < 2) {
            fault(number, "has one column, no tag: \"" + shortened(line) + "\"");
        } else if (cells.length != columns) {
            fault(number, "has " + cells.length + " columns, line " + columnsLine + " has " + columns);
        } else if (cells[0].isBlank()) {
            fault(number, "has no word before its tag " + shortened(tag));
        } else if (!Scheme.isTag(tag)) {
            fault(
                    number,
                    "ends in \"" + shortened(tag)
                            + "\", which is neither O nor a tag that begins with B-, I-, E- or S-");
        } else {
            open.add(new Line(number, cells[0], Scheme.plain(tag)));
        }
    }

    private static String shortened(String text) {
        String line = text.strip();
        return line.length() <= 40 ? line : line.substring(0, line.offsetByCodePoints(0, 30)) + "…";
    }

    private void fault(int number, String what) {
        spoilt = true;
        wrongCount++;
        if (wrong.size() < NAMED) {
            wrong.add(file + ", line " + number + ", " + what);
        }
    }

    private void end() {
        if (!spoilt && !open.isEmpty()) {
            sentences.add(List.copyOf(open));
        }
        open.clear();
        spoilt = false;
    }
}
