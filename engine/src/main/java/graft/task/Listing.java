package graft.task;

import graft.data.Corrections;
import graft.data.Remark;
import graft.data.Skipped;
import graft.data.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The examples of a data set by name, as far as they are known without a network to read them for.
 *
 * @param task that they are of
 * @param remarks what was assumed, and what may mislead
 * @param corrections what the user said of them, in force
 */
public record Listing(
        Path source,
        String task,
        List<String> classes,
        List<Listed> examples,
        List<Skipped> skipped,
        List<Remark> remarks,
        Corrections corrections) {

    /**
     * One example.
     *
     * @param name as corrections call it
     * @param part {@code train}, {@code val} or {@code test}
     * @param file where it lies; of a row its table
     * @param fingerprint of the text of a row; "" where it is a file of its own
     * @param text of an example that is one with places in it; "" for all others
     * @param spans these places, each of a class; none where an example is of one class as a whole
     * @param question that the places answer; "" for all others
     */
    public record Listed(
            String name,
            String className,
            String part,
            Path file,
            String fingerprint,
            String text,
            List<Span> spans,
            String question) {

        /** Of one class as a whole. */
        public Listed(String name, String className, String part, Path file, String fingerprint) {
            this(name, className, part, file, fingerprint, "", List.of());
        }

        /** With places of classes in it. */
        public Listed(
                String name,
                String className,
                String part,
                Path file,
                String fingerprint,
                String text,
                List<Span> spans) {
            this(name, className, part, file, fingerprint, text, spans, "");
        }

        /** What of it counts as an example of its class: itself, or the places in it. */
        public List<String> counted() {
            return text.isEmpty() || !question.isEmpty()
                    ? List.of(className)
                    : spans.stream().map(Span::type).toList();
        }
    }

    /**
     * Of texts with places in them.
     *
     * @param parts by their names
     * @param listed makes a text and the name of its part an entry
     */
    static <T> Listing ofTexts(
            Path source,
            String task,
            List<String> classes,
            Map<String, List<T>> parts,
            BiFunction<T, String, Listed> listed,
            List<Skipped> skipped,
            List<Remark> remarks) {
        List<Listed> out = new ArrayList<>();
        parts.forEach((part, all) -> all.forEach(each -> out.add(listed.apply(each, part))));
        return new Listing(source, task, classes, List.copyOf(out), skipped, remarks, Corrections.of(source));
    }

    /** With more that was found; what it says already is not said twice. */
    public Listing with(List<Skipped> moreSkipped, List<Remark> moreRemarks) {
        return new Listing(
                source,
                task,
                classes,
                examples,
                Stream.concat(skipped.stream(), moreSkipped.stream()).distinct().toList(),
                Stream.concat(remarks.stream(), moreRemarks.stream()).distinct().toList(),
                corrections);
    }

    public Map<String, Listed> byName() {
        Map<String, Listed> out = new LinkedHashMap<>();
        examples.forEach(example -> out.put(example.name(), example));
        return out;
    }

    /** The class of each example, by name. */
    public Map<String, String> classOf() {
        Map<String, String> out = new LinkedHashMap<>();
        examples.forEach(example -> out.put(example.name(), example.className()));
        return out;
    }

    /** What tells the rows among examples from others, by name. */
    public static Map<String, String> rows(List<Listed> examples) {
        Map<String, String> out = new LinkedHashMap<>();
        examples.stream()
                .filter(each -> !each.fingerprint().isEmpty())
                .forEach(each -> out.put(each.name(), each.fingerprint()));
        return out;
    }
}
