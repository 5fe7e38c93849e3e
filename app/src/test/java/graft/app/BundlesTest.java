package graft.app;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.controls.Numbers;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text of the window in German as well, with the same places for what is put in. */
class BundlesTest {
    private static final Path FOLDER = Path.of("src", "main", "resources", "graft", "app");

    /** Its example is what is to be typed, where commas stand between numbers. */
    private static final String TYPED = "network.preprocessing.number";

    static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .filter(file -> !file.toString().endsWith("_de.properties"))
                    .sorted()
                    .toList();
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties out = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            out.load(reader);
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void noTextIsMissingInGerman(Path english) throws IOException {
        Properties texts = read(english);
        Properties german = read(Path.of(english.toString().replace(".properties", "_de.properties")));
        assertThat(new TreeSet<>(german.keySet())).isEqualTo(new TreeSet<>(texts.keySet()));
        for (String key : texts.stringPropertyNames()) {
            if (texts.getProperty(key).contains("{")) {
                assertThat(places(german.getProperty(key))).as(key).isEqualTo(places(texts.getProperty(key)));
            }
        }
    }

    /** Words of one language, numbers of another: both are chosen by themselves. */
    @ParameterizedTest
    @MethodSource("bundles")
    void numbersInTextsHaveTheMarkOfTheirLanguage(Path english) throws IOException {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        try {
            for (Path bundle : List.of(english, Path.of(english.toString().replace(".properties", "_de.properties")))) {
                Properties texts = read(bundle);
                for (String key : texts.stringPropertyNames()) {
                    String text = texts.getProperty(key);
                    if (text.contains("{") && places(text) > 0 && !key.equals(TYPED)) {
                        Locale.setDefault(Locale.Category.FORMAT, Locale.GERMAN);
                        assertThat(rendered(text)).as(bundle + " " + key).doesNotContainPattern("[0-9][.][0-9]");
                        Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
                        assertThat(rendered(text)).as(bundle + " " + key).doesNotContainPattern("[0-9],[0-9]");
                    }
                }
            }
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    private static String rendered(String text) {
        Format[] formats = new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex();
        Object[] values = new Object[formats.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = formats[i] instanceof DecimalFormat ? (Object) 1234.5 : 1234L;
        }
        return Numbers.message(text, values);
    }

    /** How many values a text takes. */
    private static int places(String text) {
        return new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex().length;
    }
}
