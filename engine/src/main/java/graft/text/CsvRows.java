package graft.text;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cells by RFC 4180, or by tabs alone where quotes are letters like all others. */
final class CsvRows {
    /** No text holds it ({@link TextEncoding}), so nothing is ever quoted by it. */
    static final char NO_QUOTE = '\0';

    /** How strictly quotes are taken. */
    private enum Quotes {
        STRICT,
        /** Letters may follow a closing quote. */
        LOOSE_ENDS,
        /** The last quote may never close. */
        NEVER_CLOSED
    }

    private final Path file;
    private final TextEncoding encoding;
    private final char separator;
    private final char quote;

    CsvRows(Path file, TextEncoding encoding, char separator, char quote) {
        this.file = file;
        this.encoding = encoding;
        this.separator = separator;
        this.quote = quote;
    }

    /**
     * @return how many cells were quoted
     * @throws Refusal where a quote does not close, or a cell is too long
     */
    long read(Predicate<Row> visitor) {
        Handler handler = new Handler();
        try {
            read(Quotes.STRICT, handler, visitor);
            return handler.quoted;
        } catch (CsvParseException e) {
            throw refusal(handler.line(), e);
        }
    }

    /** Whether the file can be read this way to its end, or until {@code visitor} answers false. */
    boolean isWellFormed(Predicate<Row> visitor) {
        try {
            read(Quotes.STRICT, new Handler(), visitor);
            return true;
        } catch (CsvParseException e) {
            return false;
        }
    }

    private void read(Quotes quotes, Handler handler, Predicate<Row> visitor) {
        try (Reader in = encoding.open(file);
                CsvReader<Row> rows = CsvReader.builder()
                        .fieldSeparator(separator)
                        .quoteCharacter(quote)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowExtraCharsAfterClosingQuote(quotes == Quotes.LOOSE_ENDS)
                        .allowUnclosedQuote(quotes == Quotes.NEVER_CLOSED)
                        .maxBufferSize(Table.MOST_CHARACTERS)
                        .build(handler, in)) {
            for (Row row : rows) {
                if (!visitor.test(row)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        } catch (UncheckedIOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e.getCause()) + ".", e);
        }
    }

    /** Says which of three things is wrong: the one that, were it allowed, would let the row be read. */
    private Refusal refusal(long line, CsvParseException e) {
        if (getsBeyond(line, Quotes.NEVER_CLOSED)) {
            return new Refusal(
                    file + ", line " + line + ": a quote opens in the row that begins here and never closes before the"
                            + " end of the file. Close it, or write a quote that belongs to the text twice (\"\").",
                    e);
        }
        if (getsBeyond(line, Quotes.LOOSE_ENDS)) {
            return new Refusal(
                    file + ", line " + line
                            + ": after a cell's closing quote more text follows instead of the separator."
                            + " A quote that belongs to the text is to be written twice (\"\").",
                    e);
        }
        return new Refusal(
                file + ", line " + line + ": a cell of the row that begins here has more than "
                        + String.format("%,d", Table.MOST_CHARACTERS)
                        + " characters. Either its quote is never closed, or"
                        + " this is no table of texts: mend the row, or take it out.",
                e);
    }

    private boolean getsBeyond(long line, Quotes quotes) {
        Handler handler = new Handler();
        boolean[] beyond = {false};
        try {
            read(quotes, handler, row -> {
                beyond[0] |= row.line() >= line;
                return !beyond[0];
            });
        } catch (CsvParseException e) {
            return beyond[0];
        }
        return beyond[0];
    }

    private static final class Handler extends AbstractBaseCsvCallbackHandler<Row> {
        private List<String> cells = new ArrayList<>();
        private long quoted;

        /** Of the row that is being read. */
        long line() {
            return Math.max(1, getStartingLineNumber());
        }

        @Override
        protected void handleBegin(long line) {
            cells = new ArrayList<>();
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean isQuoted) {
            cells.add(new String(buffer, offset, length));
            quoted += isQuoted ? 1 : 0;
        }

        @Override
        protected Row buildRecord() {
            return new Row(getStartingLineNumber(), cells);
        }
    }
}
