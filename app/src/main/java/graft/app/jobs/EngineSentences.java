package graft.app.jobs;

import graft.app.controls.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the engine says most often of data and files, in the language of the window. The engine's own sentences are the keys:
 * {@code sentences.properties} has them as it says them, each other bundle what stands for them. What is not among them stays.
 */
final class EngineSentences {
    private static final String BUNDLE = "graft.app.sentences";
    private static final String ENGLISH = "/graft/app/sentences.properties";

    /** A place, or one of several words. */
    private static final Pattern OPEN = Pattern.compile("\\{(\\d)}|\\[([^]]*)]");

    /** A count, as the engine writes it. */
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    private record Sentence(String key, Pattern says, List<Integer> places) {
        static Sentence of(String key, String english) {
            StringBuilder pattern = new StringBuilder();
            List<Integer> places = new ArrayList<>();
            Matcher open = OPEN.matcher(english);
            int at = 0;
            while (open.find()) {
                pattern.append(Pattern.quote(english.substring(at, open.start())));
                if (open.group(1) != null) {
                    places.add(Integer.valueOf(open.group(1)));
                    pattern.append("((?:(?![.!?] ).)+?)"); // of one sentence
                } else {
                    pattern.append(Stream.of(open.group(2).split("[|]"))
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|", "(?:", ")")));
                }
                at = open.end();
            }
            pattern.append(Pattern.quote(english.substring(at)));
            return new Sentence(key, Pattern.compile(pattern.toString(), Pattern.DOTALL), List.copyOf(places));
        }
    }

    private static final List<Sentence> SENTENCES = read();

    private final ResourceBundle texts;

    private EngineSentences(ResourceBundle texts) {
        this.texts = texts;
    }

    /** In the language that is set. */
    static EngineSentences ofWindow() {
        return in(ResourceBundle.getBundle(BUNDLE));
    }

    static EngineSentences in(ResourceBundle texts) {
        return new EngineSentences(texts);
    }

    private static List<Sentence> read() {
        Properties english = new Properties();
        try (InputStream in = EngineSentences.class.getResourceAsStream(ENGLISH);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            english.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(ENGLISH + " is part of the program", e);
        }
        // The longest first: what is said of more is not taken for what is said of less.
        return new TreeSet<>(english.stringPropertyNames())
                .stream()
                        .sorted((one, other) -> english.getProperty(other).length()
                                - english.getProperty(one).length())
                        .map(key -> Sentence.of(key, english.getProperty(key)))
                        .toList();
    }

    /** The same in the window's language, as a whole or sentence by sentence. */
    String of(String said) {
        if (texts.getLocale().getLanguage().isEmpty()) {
            return said; // the engine's own language
        }
        return whole(said).orElseGet(() -> Stream.of(said.split("(?<=[.!?]) "))
                .map(each -> whole(each).orElse(each))
                .collect(Collectors.joining(" ")));
    }

    private Optional<String> whole(String said) {
        for (Sentence sentence : SENTENCES) {
            Matcher found = sentence.says().matcher(said);
            if (found.matches()) {
                Object[] values = new Object[sentence.places().size()];
                for (int i = 0; i < values.length; i++) {
                    values[sentence.places().get(i)] = value(found.group(i + 1));
                }
                return Optional.of(Numbers.message(texts.getString(sentence.key()), values));
            }
        }
        return Optional.empty();
    }

    private Object value(String part) {
        return COUNT.matcher(part).matches()
                ? (Object) Integer.valueOf(part)
                : whole(part).orElse(part);
    }
}
