package graft.text;

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
        return pair.map(second -> text + "\n" + second).orElse(text);
    }
}
