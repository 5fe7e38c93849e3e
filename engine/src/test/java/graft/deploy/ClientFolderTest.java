package graft.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.testdata.TinyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is carried elsewhere, and its programs run there, on texts whose answers are known by hand. */
class ClientFolderTest {
    /** 128 tokens are read, two of them around the text. */
    private static final String CUT = "what ".repeat(126) + "bad bad";

    /**
     * The network's scores are one and a half times how often "bad" and "good" are in a text: 1 / (1 + exp(-1.5)) is 0.8176 where one of
     * them is there once more than the other.
     */
    private static final List<String> SAID = List.of(
            "good good bad",
            "  good  0.8176",
            "  bad  0.1824",
            "Ein \u00e4lterer Text, bad.",
            "  bad  0.8176",
            "  good  0.1824",
            CUT,
            "  bad  0.5000",
            "  good  0.5000");

    @TempDir
    private Path folder;

    private Path network;
    private Path made;

    @BeforeEach
    void write() throws IOException {
        network = TinyTexts.network(Files.createDirectory(folder.resolve("trained")));
        made = folder.resolve("made");
    }

    @Test
    void theJavaProgramForTextsSaysWhatTheNetworkSays() throws Exception {
        ClientFolder.write(network, made);
        String classes = System.getProperty("java.class.path");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        made.toString(),
                        "-cp",
                        classes,
                        made.resolve("Classify.java").toString());
        assertThat(failed).isZero();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(List.of(java, "-cp", made + System.getProperty("path.separator") + classes, "Classify")))
                .containsSubsequence(SAID);
    }

    @Test
    void thePythonProgramForTextsSaysWhatTheNetworkSays() throws Exception {
        String python = Optional.ofNullable(System.getenv("GRAFT_TEST_PYTHON")).orElse("python3");
        Assumptions.assumeTrue(
                isThere(python),
                "skipped: no python3 with onnxruntime and tokenizers; GRAFT_TEST_PYTHON names one that is not in PATH");
        ClientFolder.write(network, made);
        assertThat(run(List.of(python, "client.py"))).containsExactlyElementsOf(SAID);
    }

    @Test
    void theFolderHoldsWhatItTakesAndSaysHow() throws IOException {
        ClientFolder said = ClientFolder.write(network, made);
        assertThat(said.files())
                .containsExactly(
                        "texts.onnx", "tokenizer.json", "labels.txt", "client.py", "Classify.java", "README.md");
        assertThat(said.files())
                .allSatisfy(name -> assertThat(made.resolve(name)).exists());
        assertThat(made.resolve("labels.txt")).hasContent("bad\ngood");
        assertThat(made.resolve("texts.onnx")).hasSameBinaryContentAs(network);
        assertThat(Files.readString(made.resolve("README.md"))).contains(said.example());
    }

    @Test
    void aFolderOfGraftsIsWrittenAnewAndAnotherOneIsNot() throws IOException {
        ClientFolder.write(network, made);
        ClientFolder.write(network, made);
        Path own = Files.createDirectory(folder.resolve("own"));
        Files.writeString(own.resolve("client.py"), "print('mine')");
        assertThatThrownBy(() -> ClientFolder.write(network, own))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("client.py exists already");
        assertThat(own.resolve("client.py")).hasContent("print('mine')");
        assertThat(own).isDirectoryNotContaining("glob:**.onnx");
    }

    private static boolean isThere(String python) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(python, "-c", "import onnxruntime, tokenizers, numpy")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** In the folder, with the texts as arguments; what is printed, line by line. */
    private List<String> run(List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        SAID.stream().filter(line -> !line.startsWith("  ")).forEach(all::add);
        Path out = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(all).directory(made.toFile()).redirectOutput(out.toFile());
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("errors.txt").toFile()));
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8");
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("errors.txt")))
                .isZero();
        return Files.readAllLines(out);
    }
}
