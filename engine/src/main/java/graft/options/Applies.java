package graft.options;

import java.util.function.Predicate;

/**
 * When an option makes a difference.
 *
 * @param words "with --optimizer sgd"; "" where it always does
 */
public record Applies(String words, Predicate<Settings> when) {
    public static final Applies ALWAYS = new Applies("", settings -> true);

    /** Only where another option has a value. */
    public static <T> Applies where(Option<T> other, T value) {
        return new Applies("with " + other.name() + " " + other.kind().text(value), settings -> settings.get(other)
                .equals(value));
    }

    /** Only where another option has not the value it usually has. */
    public static <T> Applies with(Option<T> other) {
        return new Applies(
                "with " + other.name(), settings -> !settings.get(other).equals(other.usual()));
    }
}
