package graft.tags;

import graft.Refusal;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;

/** Lines that end in a line feed, a carriage return or both; no other sign ends one. A line without end takes no memory without end. */
final class LineReader {
    private final Reader in;
    private final Path file;
    private final int most;
    private int number;
    private int ahead = NOTHING;

    private static final int NOTHING = -2;

    LineReader(Reader in, Path file, int most) {
        this.in = in;
        this.file = file;
        this.most = most;
    }

    /** Null after the last one. */
    String next() throws IOException {
        int letter = take();
        if (letter < 0) {
            return null;
        }
        number++;
        StringBuilder out = new StringBuilder();
        while (letter >= 0 && letter != '\n' && letter != '\r') {
            if (out.length() == most) {
                throw new Refusal(file + ", line " + number + ": it has more than " + String.format("%,d", most)
                        + " characters. Break it into sentences, or take it out of the file.");
            }
            out.append((char) letter);
            letter = take();
        }
        if (letter == '\r') {
            int following = in.read();
            ahead = following == '\n' ? NOTHING : following;
        }
        return out.toString();
    }

    private int take() throws IOException {
        int out = ahead == NOTHING ? in.read() : ahead;
        ahead = NOTHING;
        return out;
    }
}
