package graft.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** How many values a text takes. */
    private static int places(String text) {
        return new MessageFormat(text, Locale.ROOT).getFormatsByArgumentIndex().length;
    }
}
