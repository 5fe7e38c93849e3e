package graft.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;

/** What the values of an option are, and how they are written. */
public interface Kind<T> {
    /** @throws IllegalArgumentException saying what is wrong: "'fast' is no number" */
    T parse(String text);

    /** As {@link #parse} reads it. */
    String text(T value);

    /** What is wrong with a value that could be read; empty where nothing is. */
    default Optional<String> complaint(T value) {
        return Optional.empty();
    }

    /** Stands for the value in a usage: N, X, sgd|adamw. */
    String label();

    /** Which values there are: "a whole number from 1 to 65536". */
    String words();

    /** All values there are, where they can be counted. */
    default List<String> choices() {
        return List.of();
    }

    default JsonNode json(T value) {
        return TextNode.valueOf(text(value));
    }

    /** @throws IllegalArgumentException saying what is wrong */
    default T of(JsonNode json) {
        return parse(json.asText());
    }

    /** Whether null is a value in JSON. */
    default boolean mayBeNull() {
        return false;
    }
}
