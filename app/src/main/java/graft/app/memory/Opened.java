package graft.app.memory;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Data or a network that was opened.
 *
 * @param headline its number: "397", "1.7 MB"
 */
public record Opened(Path file, String name, String headline) {
    public Opened withName(String other) {
        return new Opened(file, other, headline);
    }

    Opened withHeadline(String other) {
        return new Opened(file, name, other);
    }

    Opened at(UnaryOperator<Path> places) {
        return new Opened(places.apply(file), name, headline);
    }
}
