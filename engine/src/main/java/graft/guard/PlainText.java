package graft.guard;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Text for a terminal without what would steer the terminal: names come from files, and a file may hold escape sequences that
 * clear the screen, change its title or turn the direction of writing. Such characters are written as {@code \u001b}, which is
 * also how JSON writes them.
 */
public final class PlainText extends FilterWriter {

    /** What is written here arrives in {@code out} with control characters made visible; line ends and tabs stay. */
    public PlainText(Writer out) {
        super(out);
    }

    /** A text on one line, whatever it holds. */
    public static String line(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c == '\n' || c == '\t') {
                out.append(' ');
            } else {
                append(out, (char) c);
            }
        });
        return out.toString();
    }

    private static void append(StringBuilder out, char c) {
        if (steers(c)) {
            out.append(String.format("\\u%04x", (int) c));
        } else {
            out.append(c);
        }
    }

    private static boolean steers(char c) {
        return c < 0x20 && c != '\n' && c != '\t'
                || c >= 0x7f && c < 0xa0
                || c == 0x061c // directions of writing
                || c == 0x200e
                || c == 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069
                || c == 0xfeff;
    }

    @Override
    public void write(int c) throws IOException {
        write(new char[] {(char) c}, 0, 1);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        write(text.toCharArray(), from, length);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        boolean plain = true;
        for (int i = from; plain && i < from + length; i++) {
            plain = !steers(text[i]);
        }
        if (plain) {
            out.write(text, from, length);
            return;
        }
        StringBuilder clean = new StringBuilder();
        for (int i = from; i < from + length; i++) {
            append(clean, text[i]);
        }
        out.write(clean.toString());
    }
}
