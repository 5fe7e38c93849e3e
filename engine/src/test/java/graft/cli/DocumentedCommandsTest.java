package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the pages tell people to type is understood: every whole command is parsed, every option that is named alone is one. */
class DocumentedCommandsTest {
    private static final Pattern IN_A_BLOCK = Pattern.compile("(?m)^(?:\\./|\\$ )?graft +([a-z].*)$");
    private static final Pattern IN_A_SENTENCE = Pattern.compile("`(?:\\./)?graft ([a-z][^`]*)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z][a-z-]*)(?:[ =]([^`]*))?`");

    static List<Path> pages() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("graft"))) {
            root = root.getParent();
        }
        List<Path> out = new ArrayList<>(List.of(root.resolve("README.md")));
        for (String folder : List.of("docs", "docs/guide")) {
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(out::add);
            }
        }
        return out;
    }

    /** Lines that end in a backslash go on; comments and what is sent elsewhere are no part of a command. */
    private static String text(Path page) throws IOException {
        return Files.readString(page).replaceAll("\\\\\\n\\s*", " ");
    }

    private static List<String> commands(Path page) throws IOException {
        String text = text(page);
        return Stream.of(IN_A_BLOCK, IN_A_SENTENCE)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(found ->
                        found.group(1).replaceFirst("\\s+(#|[|>&] ?).*", "").strip())
                .filter(command -> !command.contains("…") && !command.contains("..."))
                .filter(command -> !command.equals("gallery")) // the start script opens a window for it
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandOfThePagesIsUnderstood(Path page) throws IOException {
        for (String command : commands(page)) {
            String[] words = WORD.matcher(command)
                    .results()
                    .map(word -> word.group(1) == null ? word.group() : word.group(1))
                    .toArray(String[]::new);
            CommandLine line = Main.line(words);
            boolean isNamedAlone = Arrays.stream(words).noneMatch(word -> word.startsWith("-"));
            if (isNamedAlone && isCommand(line, words)) {
                continue; // it is spoken of, not told to be typed
            }
            assertThatCode(() -> line.parseArgs(words))
                    .as("graft " + command + " in " + page)
                    .doesNotThrowAnyException();
        }
    }

    private static boolean isCommand(CommandLine line, String... words) {
        CommandLine at = line;
        for (String word : words) {
            at = at.getSubcommands().get(word);
            if (at == null) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyOptionThatIsNamedAloneIsOneOfSomeCommand(Path page) throws IOException {
        List<OptionSpec> all = options(Main.line()).toList();
        Matcher named = OPTION.matcher(text(page));
        while (named.find()) {
            String name = named.group(1);
            List<OptionSpec> same = all.stream()
                    .filter(option -> Arrays.asList(option.names()).contains(name))
                    .toList();
            assertThat(same).as(named.group() + " in " + page).isNotEmpty();
            if (named.group(2) != null) {
                assertThat(same)
                        .as(named.group() + " in " + page + ": takes no value")
                        .anyMatch(option -> option.arity().max() > 0);
            }
        }
    }

    private static Stream<OptionSpec> options(CommandLine line) {
        return Stream.concat(
                line.getCommandSpec().options().stream(),
                line.getSubcommands().values().stream().flatMap(DocumentedCommandsTest::options));
    }

    @Test
    void thePagesHoldCommands() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path page : pages()) {
            all.addAll(commands(page));
        }
        assertThat(all.stream().collect(Collectors.joining("\n"))).contains("train --network", "runs compare 3 5");
        assertThat(all).hasSizeGreaterThan(30);
    }
}
