package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    @TempDir
    private Path folder;

    /** "train", "bench step", … */
    static Stream<String> commands() {
        return below(Main.line());
    }

    private static Stream<String> below(CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .flatMap(command -> Stream.concat(
                        Stream.of(command.getKey()),
                        below(command.getValue()).map(inner -> command.getKey() + " " + inner)));
    }

    private static Graft.Answer run(String words) {
        return Graft.run(words.split(" "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        Graft.Answer answer = run(command + " --help");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).startsWith("Usage: graft " + command).contains("-h, --help");
        assertThat(run(command + " -h")).isEqualTo(answer);
        if (!command.equals("help")) { // `help help` is the list
            assertThat(run("help " + command)).isEqualTo(answer);
        }
    }

    @Test
    void helpGoesBeforeWhatIsWrongOtherwise() {
        assertThat(run("train --epochs 0 --help").exitCode()).isZero();
        assertThat(run("train --network= --help").exitCode()).isZero();
    }

    @Test
    void theUsageNamesWhatACommandCannotDoWithout() {
        assertThat(run("train --help").out().lines())
                .first()
                .isEqualTo("Usage: graft train --network NET --data DATA --out DIR [options]");
        assertThat(run("layers --help").out().lines()).first().isEqualTo("Usage: graft layers NET [options]");
    }

    @Test
    void aCommandWithCommandsOfItsOwnHasHeadingsToo() {
        List<String> lines = run("runs --help").out().lines().toList();
        assertThat(lines).containsSubsequence("Options:", "What is printed:", "Commands:");
    }

    @Test
    void theShellCompletesTasks() {
        assertThat(run("completion").out())
                .contains("TASK_option_args=(", "\"image-classification\"", "\"text-classification\"");
    }

    @Test
    void optionsStandUnderHeadings() {
        List<String> lines = run("train --help").out().lines().toList();
        int data = lines.indexOf("Data:");
        int computing = lines.indexOf("Computing:");
        int printed = lines.indexOf("What is printed:");
        assertThat(data).isPositive().isLessThan(computing);
        assertThat(printed).isGreaterThan(computing);
        assertThat(lines.subList(data, computing)).anyMatch(line -> line.contains("--data=DATA"));
        assertThat(lines.subList(computing, printed)).anyMatch(line -> line.contains("--device"));
        assertThat(lines.subList(printed, lines.size())).anyMatch(line -> line.contains("--json"));
        List<String> options =
                lines.stream().filter(line -> line.matches(" +(-h, )?--.*")).toList();
        assertThat(options).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trian|There is no command 'trian'; did you mean train?",
                "help evalute|There is no command 'evalute'; did you mean evaluate?",
                "bench stp|There is no command 'stp'; did you mean step?",
                "train --epoch 3|Unknown option '--epoch'; did you mean --epochs?",
                "train --network=n --data=d --out=o --lerning-rate=1|Unknown option '--lerning-rate'",
                "layers net.onnx --jso|Unknown option '--jso'; did you mean --json?",
                "layers a.onnx b.onnx|'b.onnx' is one argument too many",
                "qqq|There is no command 'qqq'. Usage: graft COMMAND; `graft --help` lists the commands.",
            })
    void whatIsMisspeltIsNamedAndTheNearestSuggested(String words, String message) {
        Graft.Answer answer = run(words);
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("graft: " + message);
        assertThat(answer.err().lines()).hasSize(1);
    }

    @Test
    void bashCompletesWhatIsTyped() throws Exception {
        Graft.Answer answer = run("completion");
        assertThat(answer.exitCode()).isZero();
        Path script = Files.writeString(folder.resolve("graft.bash"), answer.out());
        assumeTrue(isThere("bash"), "there is no bash here");
        assertThat(bash("bash", "-n", script.toString())).isEmpty();
        Files.createFile(folder.resolve("net work.onnx"));
        Map<List<String>, String> typed = Map.of(
                List.of("tra"), "train",
                List.of("train", "--block"), "--block-size",
                List.of("train", "--network", "net"), "net work.onnx",
                List.of("layers", "net"), "net work.onnx",
                List.of("bench", "st"), "step",
                List.of("train", "--optimizer", "ad"), "adamw",
                List.of("help", "qua"), "quantize");
        for (Map.Entry<List<String>, String> one : typed.entrySet()) {
            List<String> command = new ArrayList<>(List.of("bash", "-c", LOOK_UP, script.toString()));
            command.addAll(one.getKey());
            assertThat(bash(command.toArray(String[]::new)))
                    .as(one.getKey().toString())
                    .isEqualTo(one.getValue());
        }
    }

    /** What bash does when Tab is pressed: it calls the function that {@code complete} was told. */
    private static final String LOOK_UP = """
            source "$0"
            COMP_WORDS=(graft "$@") COMP_CWORD=$# COMP_LINE="graft $*" COMP_POINT=${#COMP_LINE}
            called=$(complete -p graft | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
            compopt() { :; } # works only while bash reads keys
            "$called" graft "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf %s "${COMPREPLY[*]}"
            """;

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, program)));
    }

    private String bash(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
