package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowWordsTest {
    /** Said by commands alone, about their own arguments. */
    private static final Set<String> OF_COMMANDS = Set.of(
            "optimizer",
            "project",
            "catalog",
            "macs",
            "file",
            "name",
            "to",
            "sha256",
            "tflite",
            "json",
            "no",
            "device",
            "top",
            "proba",
            "alpha",
            "examples",
            "network",
            "class",
            "method",
            "folds",
            "width",
            "prompt",
            "normalize",
            "query",
            "help",
            "enable-native-access"); // an option of Java

    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]++|\\\\.)*+\"");
    private static final Pattern OPTION = Pattern.compile("--([a-z][a-z-]+)");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Choose one with --label, by its name. | Choose one with “Class” in step 1, Columns, by its name.",
                "Others are chosen with --text, --text-pair and --label."
                        + " | Others are chosen with “Text”, “Second text” and “Class” in step 1, Columns.",
                "It learnt otherwise (--scale, --mean, --std). | It learnt otherwise (“Scale”, “Mean”, “Standard deviation” in"
                        + " step 2).",
                "With --scale 255 --mean 104,117,123 --std 1 it is better."
                        + " | With “Scale” 255 “Mean” 104,117,123 “Standard deviation” 1 in step 2 it is better.",
                "Use a smaller --lr (it was 1). | Use a smaller “Learning rate” in step 3, Advanced (it was 1).",
                "Give it a value with --input NAME=VALUE. | Give it a value with “Inputs” in step 2.",
                "Try --class-weights. | Try “Class weights” in step 3, Advanced.",
                "Make it fp32 with `graft convert net.onnx --out FILE`. | Make it fp32 with “Convert to fp32” in step 2.",
                "Rows a -- b and --unknown stay. | Rows a -- b and --unknown stay."
            })
    void optionsBecomePlacesOfTheWindow(String said, String shown) {
        assertThat(WindowWords.of(said)).isEqualTo(shown);
    }

    /** Whatever the engine's sentences name, the window has a place for. */
    @Test
    void everyOptionThatASentenceOfTheEngineNamesHasAPlace() throws IOException {
        Path sources = Path.of("../engine/src/main/java/graft");
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> Stream.of("cli", "project", "demo", "gradcheck", "conform", "options")
                            .noneMatch(room -> file.startsWith(sources.resolve(room))))
                    .forEach(file -> collect(file, named));
        }
        assertThat(named).contains("label", "lr").allSatisfy(option -> assertThat(
                        WindowWords.knows(option) || OF_COMMANDS.contains(option))
                .as(option)
                .isTrue());
    }

    private static void collect(Path file, Set<String> named) {
        try {
            Matcher literals = LITERAL.matcher(Files.readString(file));
            while (literals.find()) {
                Matcher options = OPTION.matcher(literals.group());
                while (options.find()) {
                    named.add(options.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
