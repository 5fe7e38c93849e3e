package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import graft.progress.Pace;
import graft.progress.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StageWordsTest {
    private static final Pattern STAGE = Pattern.compile("progress\\s*\\.stage\\(\\s*(?:\"([^\"]+)\"|([A-Z_]+))");

    /** Whatever the engine says it is doing, the window says in German where it speaks German. */
    @Test
    void everyStageOfTheEngineHasWordsInBothLanguages() throws IOException {
        Set<String> stages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("../engine/src/main/java/graft"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> collect(file, stages));
        }
        ResourceBundle english = ResourceBundle.getBundle("graft.app.stages", Locale.ROOT);
        ResourceBundle german = ResourceBundle.getBundle("graft.app.stages", Locale.GERMAN);
        assertThat(stages)
                .contains("caching features", "reading pictures", "exporting")
                .allSatisfy(stage -> {
                    String key = stage.strip().replace(' ', '.');
                    assertThat(english.containsKey(key)).as(stage).isTrue();
                    assertThat(english.getString(key)).isEqualTo(stage.strip());
                    assertThat(german.getString(key)).as(stage).isNotEqualTo(stage.strip());
                });
    }

    private static void collect(Path file, Set<String> stages) {
        try {
            String source = Files.readString(file);
            Matcher stage = STAGE.matcher(source);
            while (stage.find()) {
                if (stage.group(1) != null) {
                    stages.add(stage.group(1));
                    continue;
                }
                Matcher constant =
                        Pattern.compile(stage.group(2) + " = \"([^\"]+)\"").matcher(source);
                assertThat(constant.find()).as(file + ": " + stage.group(2)).isTrue();
                stages.add(constant.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFilesNameStandsBehindTheWordsAndCountsAndRatesAreSaid() {
        assertThat(StageWords.of("unpacking flowers.zip")).isEqualTo("unpacking flowers.zip");
        assertThat(StageWords.of("what nobody says")).isEqualTo("what nobody says");
        Pace pace = new Pace();
        assertThat(StageWords.line(pace, new Stage("reading pictures", 0, 397), 0))
                .isEqualTo("reading pictures 0 of 397");
        assertThat(StageWords.line(pace, new Stage("reading pictures", 170, 397), 2_000_000_000L))
                .isEqualTo("reading pictures 170 of 397 (85 a second)");
    }
}
