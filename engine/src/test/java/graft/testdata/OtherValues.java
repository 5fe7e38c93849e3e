package graft.testdata;

import graft.options.Kinds;
import graft.options.Option;
import java.util.List;
import java.util.stream.Stream;

/** A value of an option that it usually has not. */
public final class OtherValues {
    /** For kinds whose values cannot be counted. */
    private static final List<String> WORDS = List.of("-f", "rotate:20", "7", "0.25");

    private OtherValues() {}

    @SuppressWarnings("unchecked") // a flag's values are Booleans
    public static <T> T of(Option<T> option) {
        if (option.isFlag()) {
            return (T) (Object) !(Boolean) option.usual();
        }
        if (option.key().equals("task")) {
            return option.kind().parse("image-classification");
        }
        Stream<String> words =
                option.kind() instanceof Kinds.Choice<?> ? option.kind().choices().stream() : WORDS.stream();
        return words.filter(word -> isValue(option, word))
                .map(option.kind()::parse)
                .filter(value -> !value.equals(option.usual()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no other value of --" + option.key() + " is known"));
    }

    private static <T> boolean isValue(Option<T> option, String word) {
        try {
            return option.kind().complaint(option.kind().parse(word)).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
