package graft.testdata;

import graft.options.Option;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A value of an option that it usually has not. */
public final class OtherValues {
    /** For kinds whose values cannot be counted. */
    private static final List<String> WORDS = List.of("-f", "rotate:20", "7", "0.25", "stem:0.5", "tanh");

    /** Words for values that are places: a run has them whole. */
    private static final Set<String> PLACES = Set.of("DIR", "NET");

    private OtherValues() {}

    @SuppressWarnings("unchecked") // a flag's values are Booleans
    public static <T> T of(Option<T> option) {
        if (option.isFlag()) {
            return (T) (Object) !(Boolean) option.usual();
        }
        if (option.key().equals("task")) {
            return option.kind().parse("image-classification");
        }
        if (option.key().equals("recipe")) { // one that is what it is, whatever the data
            return option.kind().parse("head");
        }
        if (option.key().equals("stages")) {
            return option.kind().parse(stages());
        }
        if (PLACES.contains(option.label())) {
            return option.kind().parse(Path.of("place").toAbsolutePath().toString());
        }
        Stream<String> words = option.kind().choices().isEmpty() ? WORDS.stream() : option.kind().choices().stream();
        return words.filter(word -> isValue(option, word))
                .map(option.kind()::parse)
                .filter(value -> !value.equals(option.usual()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no other value of --" + option.key() + " is known"));
    }

    /** Two of them, each of which says everything. */
    private static String stages() {
        String each =
                " epochs=%d lr=0.5 schedule=cosine early-stop=0 warmup=0.5 lr-decay=0.75 lr-factors=a*:1,b:0.5 fit=steps";
        return "head" + String.format(each, 2) + "; trainable=y*,x*" + String.format(each, 3);
    }

    private static <T> boolean isValue(Option<T> option, String word) {
        try {
            return option.kind().complaint(option.kind().parse(word)).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
