package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script's waiting for the process, with a shell in the place of Java. */
class SupervisedTest {
    private static final Path SCRIPT =
            Path.of("../installers/common/supervised").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private record End(int code, String out, String err) {}

    @BeforeAll
    static void onLinux() {
        assumeTrue(
                Files.isReadable(Path.of("/proc/self/status")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "supervision needs Linux and setpriv");
    }

    @Test
    void aCrashIsOneSentenceThatNamesTheFileAndExitCodeOne() throws IOException, InterruptedException {
        for (String signal : List.of("SEGV", "ABRT", "FPE", "BUS", "ILL")) {
            End end = start("kill -" + signal + " $$", "", "layers", "--json", file("net.onnx"));
            assertThat(end.code()).isEqualTo(1);
            assertThat(end.out()).isEmpty();
            assertThat(end.err().strip().lines()).hasSize(1);
            assertThat(end.err()).startsWith("graft: ").contains(folder.resolve("net.onnx") + " made the library");
        }
    }

    @Test
    void theFileIsWhatNetworkNamesAndNeverTheOutput() throws IOException, InterruptedException {
        assertThat(start("kill -SEGV $$", "", "deploy", "--out", file("here"), "--data", file("d"), "--network=n.onnx")
                        .err())
                .startsWith("graft: n.onnx made");
        assertThat(start("kill -SEGV $$", "", "convert", "--out", file("here"), file("in.onnx"))
                        .err())
                .startsWith("graft: " + folder.resolve("in.onnx") + " made");
    }

    @Test
    void exitCodesOutputAndInputPassThrough() throws IOException, InterruptedException {
        End end = start("read line; echo \"$line\"; exit 2", "hello\n", "runs");
        assertThat(end.code()).isEqualTo(2);
        assertThat(end.out()).isEqualTo("hello\n");
        assertThat(end.err()).isEmpty();
    }

    @Test
    void anInterruptOfTheScriptReachesTheCommandOnce() throws IOException, InterruptedException {
        Path ready = folder.resolve("ready");
        Process process = process("n=0; trap 'n=$((n+1))' INT; touch " + ready
                + "; i=0; while [ $i -lt 10 ]; do sleep 0.1; i=$((i+1)); done;" + " exit $((40+n))");
        while (!Files.exists(ready)) {
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(41);
    }

    @Test
    void aKilledScriptTakesTheCommandAlong() throws IOException, InterruptedException {
        Path pid = folder.resolve("pid");
        Process process = process("echo $$ > " + pid + ".part; mv " + pid + ".part " + pid + "; exec sleep 60");
        while (!Files.exists(pid)) {
            Thread.sleep(20);
        }
        ProcessHandle command =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        process.destroyForcibly();
        assertThat(command.onExit().orTimeout(20, TimeUnit.SECONDS)).succeedsWithin(20, TimeUnit.SECONDS);
    }

    private String file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "").toString();
    }

    private Process process(String command, String... arguments) throws IOException {
        Path java = folder.resolve("java");
        Files.writeString(java, command + "\n");
        List<String> words = new ArrayList<>(List.of(
                "sh", "-c", ". " + SCRIPT + "; supervised \"$@\"", "graft", "sh", java.toString(), "graft.cli.Main"));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).start();
    }

    private End start(String command, String input, String... arguments) throws IOException, InterruptedException {
        Process process = process(command, arguments);
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException alreadyGone) {
            assertThat(input).isEmpty();
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(process.waitFor(), out, err);
    }
}
