package graft.text;

import graft.data.Corrections;
import java.util.Optional;

/**
 * One text, or two that are read together.
 *
 * @param name what the user calls it: its file and line, or its file
 * @param label index into the classes; -1 where it has none
 */
public record TextExample(String name, String text, Optional<String> pair, int label) {
    /** For people: of two texts both, a line each. */
    public String words() {
        return words(text, pair);
    }

    /** Whether it is a row of a table, and not a file of its own. */
    public boolean isRow() {
        return isRow(name);
    }

    /** The same, by its name. */
    public static boolean isRow(String name) {
        return name.matches("(?s).*:\\d+(#\\d+)?");
    }

    /** What tells its text from others. */
    public String fingerprint() {
        return Corrections.fingerprint(words());
    }

    static String words(String text, Optional<String> pair) {
        return pair.map(second -> text + "\n" + second).orElse(text);
    }
}
