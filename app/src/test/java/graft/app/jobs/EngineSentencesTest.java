package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSentencesTest {
    private static final Path ENGINE = Path.of("..", "engine", "src", "main", "java");

    private final EngineSentences german =
            EngineSentences.in(ResourceBundle.getBundle("graft.app.sentences", Locale.GERMAN));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "35 of 397 pictures, such as a/1.jpg, have a colour profile other than sRGB; their colours were converted to sRGB."
                        + "|35 von 397 Bildern, etwa a/1.jpg, haben ein anderes Farbprofil als sRGB; ihre Farben wurden in sRGB umgerechnet.",
                "1 picture lies in more than one class, such as a/1.png and b/2.png: one of its labels is wrong. Remove the wrong"
                        + " copies, or leave all of them out.|1 Bild liegt in mehr als einer Klasse, etwa a/1.png and b/2.png:"
                        + " Eines der Labels ist falsch. Entferne die falschen Kopien, oder lass alle weg.",
                "folders inside class folders are not read; 12 pictures in it"
                        + "|Ordner in den Ordnern der Klassen werden nicht gelesen; 12 Bilder darin",
                "training is what is learnt from. testing is judged once, at the end of a run."
                        + "|Aus training wird gelernt. An testing wird einmal gemessen, am Ende eines Laufs.",
                "2 classes differ only in capital letters: Cat (3), cat (4). They are learnt as different classes; put them"
                        + " together if they are one.|2 Klassen unterscheiden sich nur durch große Buchstaben: Cat (3), cat (4)."
                        + " Sie werden als verschiedene Klassen gelernt; lege sie zusammen, wenn sie eine sind.",
                "Something that nobody foresaw.|Something that nobody foresaw."
            })
    void aSentenceIsSaidInTheLanguageOfTheWindow(String said, String expected) {
        assertThat(german.of(said)).isEqualTo(expected);
    }

    @Test
    void theEnginesOwnLanguageStaysAsItIs() {
        EngineSentences own = EngineSentences.in(ResourceBundle.getBundle("graft.app.sentences", Locale.ROOT));
        if (own.of("it holds no pictures").startsWith("enth")) {
            return; // a machine whose own language is German finds that one first
        }
        assertThat(own.of("it lies in no class folder")).isEqualTo("it lies in no class folder");
    }

    /** A sentence that the engine says otherwise meanwhile would no longer be found. */
    @Test
    void eachSentenceIsOneOfTheEngine() throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(ENGINE)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                code.append(Files.readString(file));
            }
        }
        String joined = code.toString().replaceAll("\"\\s*\\+\\s*\"", "");
        Properties english = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/graft/app/sentences.properties"))) {
            english.load(reader);
        }
        for (String key : english.stringPropertyNames()) {
            String longest = Stream.of(english.getProperty(key).split("\\{\\d}|\\[[^]]*]"))
                    .max((one, other) -> one.length() - other.length())
                    .orElseThrow()
                    .replaceFirst("[.]$", "")
                    .replaceFirst("^[ ,;:]+", "")
                    .strip();
            String end = longest.substring(Math.max(0, longest.length() - 23)).strip();
            String begin = longest.substring(0, Math.min(longest.length(), 23)).strip();
            assertThat(joined.contains(end) || joined.contains(begin))
                    .as(key + ": " + longest)
                    .isTrue();
        }
    }
}
