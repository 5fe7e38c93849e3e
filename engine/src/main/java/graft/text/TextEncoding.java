package graft.text;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the bytes of a file become letters: as its first bytes say (a byte order mark), else UTF-8; else, where the bytes are no
 * UTF-8, Windows-1252, of which Latin-1's letters are a part.
 *
 * @param mark bytes before the text
 * @param note what was assumed, for the user; empty for UTF-8
 */
public record TextEncoding(Charset charset, int mark, Optional<String> note) {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** In this order: the mark of UTF-16 is the beginning of UTF-32's. */
    private enum Mark {
        UTF_8(StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
        UTF_32LE(Charset.forName("UTF-32LE"), 0xff, 0xfe, 0, 0),
        UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xfe, 0xff),
        UTF_16LE(StandardCharsets.UTF_16LE, 0xff, 0xfe),
        UTF_16BE(StandardCharsets.UTF_16BE, 0xfe, 0xff);

        private final Charset charset;
        private final byte[] bytes;

        Mark(Charset charset, int... bytes) {
            this.charset = charset;
            this.bytes = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                this.bytes[i] = (byte) bytes[i];
            }
        }

        boolean begins(byte[] file) {
            return file.length >= bytes.length && Arrays.equals(file, 0, bytes.length, bytes, 0, bytes.length);
        }
    }

    /** What begins so is no text. */
    private enum Foreign {
        ZIP(
                "a spreadsheet or another archive",
                "Save it as CSV from the program that made it, or unpack it",
                'P',
                'K',
                3,
                4),
        GZIP("packed by gzip", "Unpack it", 0x1f, 0x8b),
        BZIP2("packed by bzip2", "Unpack it", 'B', 'Z', 'h'),
        PARQUET("a Parquet file", "Save it as CSV or JSON lines", 'P', 'A', 'R', '1'),
        PDF("a PDF document", "Save its text", '%', 'P', 'D', 'F'),
        OFFICE("a spreadsheet of an old version", "Save it as CSV", 0xd0, 0xcf, 0x11, 0xe0);

        private final String what;
        private final String wayOut;
        private final byte[] bytes;

        Foreign(String what, String wayOut, int... bytes) {
            this.what = what;
            this.wayOut = wayOut;
            this.bytes = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                this.bytes[i] = (byte) bytes[i];
            }
        }
    }

    /**
     * Reads the file once.
     *
     * @throws Refusal where it is no text: it holds NUL bytes, is empty, or another format
     */
    public static TextEncoding of(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // Opened, a pipe would be waited for.
            throw new Refusal(file + " is no file but a pipe, a socket or a device. Give a file of texts.");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.mark(1 << 12);
            byte[] head = in.readNBytes(1 << 12);
            in.reset();
            if (head.length == 0) {
                throw new Refusal(file + " is empty: it holds no byte. Check that it was saved or copied to the end.");
            }
            for (Foreign foreign : Foreign.values()) {
                if (head.length >= foreign.bytes.length
                        && Arrays.equals(head, 0, foreign.bytes.length, foreign.bytes, 0, foreign.bytes.length)) {
                    throw new Refusal(file + " is " + foreign.what + ", whatever its name says. " + foreign.wayOut
                            + " and give what comes out.");
                }
            }
            for (Mark mark : Mark.values()) {
                if (mark.begins(head)) {
                    Optional<String> note = mark == Mark.UTF_8
                            ? Optional.empty()
                            : Optional.of(file + " is read as " + mark.charset + ", as its first bytes say.");
                    return new TextEncoding(mark.charset, mark.bytes.length, note);
                }
            }
            return withoutMark(file, head, in);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    private static TextEncoding withoutMark(Path file, byte[] head, InputStream in) throws IOException {
        Optional<Charset> wide = wide(head);
        if (wide.isPresent()) {
            return new TextEncoding(
                    wide.get(),
                    0,
                    Optional.of(file + " is read as " + wide.get()
                            + ": every other byte is NUL, though the mark at its beginning is missing."));
        }
        Utf8Check check = Utf8Check.of(in);
        if (check.nulLine() > 0) {
            throw new Refusal(file + " holds a NUL byte in line " + check.nulLine()
                    + ", which no text does: it is damaged, or no text file. Save it again as UTF-8.");
        }
        if (check.wrong() == 0) {
            return new TextEncoding(StandardCharsets.UTF_8, 0, Optional.empty());
        }
        if (check.right() >= check.wrong()) {
            return new TextEncoding(
                    StandardCharsets.UTF_8,
                    0,
                    Optional.of(file + " is read as UTF-8, but " + check.wrong()
                            + (check.wrong() == 1 ? " place is" : " places are") + " none (the first in line "
                            + check.wrongLine()
                            + "): each stands as \ufffd in its text. Save the file again as UTF-8 if its"
                            + " letters matter there."));
        }
        return new TextEncoding(
                WINDOWS_1252,
                0,
                Optional.of(file + " is no UTF-8 (line " + check.wrongLine()
                        + ") and is read as Windows-1252 (Latin-1). If its letters come out wrong, save it as UTF-8."));
    }

    /** UTF-16 without a mark: of letters that are mostly ASCII every other byte is NUL. */
    private static Optional<Charset> wide(byte[] head) {
        int even = 0;
        int odd = 0;
        int pairs = head.length / 2;
        for (int i = 0; i < pairs; i++) {
            even += head[2 * i] == 0 ? 1 : 0;
            odd += head[2 * i + 1] == 0 ? 1 : 0;
        }
        if (pairs < 4) {
            return Optional.empty();
        }
        if (odd > 0.7 * pairs && even == 0) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return even > 0.7 * pairs && odd == 0 ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    /** The text, without its mark. The caller closes it. */
    public Reader open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(mark);
        return new BufferedReader(
                new InputStreamReader(
                        in,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)),
                1 << 16);
    }

    /** A whole small file. */
    static String text(Path file, List<String> notes) {
        return text(file, notes, Table.MOST_CHARACTERS);
    }

    /** A whole file of at most so many characters. */
    static String text(Path file, List<String> notes, int most) {
        TextEncoding encoding = of(file);
        encoding.note().ifPresent(notes::add);
        try (Reader in = encoding.open(file)) {
            // No encoding has more characters than bytes.
            char[] room = new char[(int) Math.min(Files.size(file), most) + 1];
            int length = 0;
            int read = in.read(room);
            while (read > 0) {
                length += read;
                read = in.read(room, length, room.length - length);
            }
            if (length > most) {
                throw new Refusal(file + " has more than " + String.format("%,d", most)
                        + " characters. One text is expected in each file: cut it, or take it out of the folder.");
            }
            return new String(room, 0, length);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
