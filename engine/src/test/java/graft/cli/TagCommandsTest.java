package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags on the command line, with a tiny BERT: what is asked, and what is refused. */
class TagCommandsTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static String network;

    @BeforeAll
    static void train() throws URISyntaxException {
        data = Path.of(TagCommandsTest.class
                        .getResource("/pytorch/tags/train.conll")
                        .toURI())
                .getParent();
        Path run = folder.resolve("run");
        Graft.Answer said = Graft.run(
                "train",
                "--network",
                data.resolveSibling("text").resolve("net.onnx").toString(),
                "--data",
                data.toString(),
                "--epochs",
                "1",
                "--out",
                run.toString());
        assertThat(said.exitCode()).as(said.err()).isZero();
        network = run.resolve("network.onnx").toString();
    }

    private static Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static void refused(Graft.Answer said, String... words) {
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err().strip().lines().reduce((a, b) -> b).orElseThrow()).contains(words);
    }

    /** The words are those of the file: "ba-da" is one, and its tag is no word. */
    @Test
    void columnsAreAskedAboutAsSentencesOfTheirWords() throws IOException {
        Path file = write("ask.conll", "ba-da X B-a\nfe X O\n\nga X O\nlu X O\nmi X O\n");
        Path broken = write("broken.conll", "ba X B-a\nfe X O\n\nga X\n");
        Path text = write("plain.txt", "ba fe ga");
        Path out = folder.resolve("answers.jsonl");
        Graft.Answer said = Graft.run(
                "predict",
                "--network",
                network,
                file.toString(),
                text.toString(),
                broken.toString(),
                "--out",
                out.toString());
        assertThat(said.exitCode()).as(said.err()).isEqualTo(1);
        assertThat(said.err())
                .contains(file + " is read as sentences of words")
                .contains(broken + ", line 4, has 2 columns, line 1 has 3");
        assertThat(Files.readAllLines(out))
                .extracting(TagCommandsTest::input)
                .containsExactly(file + ":1 ba-da fe", file + ":4 ga lu mi", broken + ":1 ba fe", text + " ba fe ga");
    }

    /** A column more for what is predicted: scored, it is what the file was judged by. */
    @Test
    void predictedTagsAreTheLastColumn() throws IOException {
        Path out = folder.resolve("tagged.conll");
        Path dev = data.resolve("dev.conll");
        Graft.Answer said = Graft.run("predict", "--network", network, dev.toString(), "--out", out.toString());
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(Files.readAllLines(out)).first().satisfies(line -> assertThat(line)
                .startsWith(Files.readAllLines(dev).get(0) + "\t"));
        JsonNode scored = new ObjectMapper()
                .readTree(Graft.run("score", "--gold", dev.toString(), "--predicted", out.toString(), "--json")
                        .out());
        JsonNode judged = new ObjectMapper()
                .readTree(Graft.run("evaluate", "--network", network, "--data", data.toString(), "--json")
                        .out());
        assertThat(scored.get("scores")).isEqualTo(judged.get("scores"));
        assertThat(judged.get("sentences").asInt()).isEqualTo(6);
    }

    /** With words that are parted from punctuation, and a sentence in windows. */
    @Test
    void thePythonProgramFindsWhatGraftFinds() throws Exception {
        String[] texts = {"ba-da fe, (ga) lu's mi!", "bo ka de fi go ".repeat(9).strip()};
        List<String> said = saidByPython(network, texts);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            Path out = folder.resolve("python" + i + ".jsonl");
            Graft.run(
                    "predict",
                    "--network",
                    network,
                    write("python" + i + ".txt", texts[i]).toString(),
                    "--out",
                    out.toString());
            expected.add(texts[i]);
            for (JsonNode each : new ObjectMapper().readTree(out.toFile()).get("entities")) {
                expected.add(String.format(
                        Locale.ROOT,
                        "  %d-%d  %s  %s  %.4f",
                        each.get("start").asInt(),
                        each.get("end").asInt(),
                        each.get("text").asText(),
                        each.get("type").asText(),
                        each.get("probability").asDouble()));
            }
        }
        assertThat(said).containsExactlyElementsOf(expected);
    }

    /** What the printed program says of texts, line by line; skipped where there is no Python for it. */
    static List<String> saidByPython(String network, String... texts) throws IOException, InterruptedException {
        String python = Optional.ofNullable(System.getenv("GRAFT_TEST_PYTHON")).orElse("python3");
        Path folder = Path.of(network).getParent();
        Graft.Answer code = Graft.run("client-code", network, "--language", "python");
        assertThat(code.exitCode()).as(code.err()).isZero();
        Path program = Files.writeString(folder.resolve("client.py"), code.out());
        boolean there;
        try {
            there = new ProcessBuilder(python, "-c", "import onnxruntime, tokenizers, numpy")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            there = false;
        }
        Assumptions.assumeTrue(
                there,
                "skipped: no python3 with onnxruntime and tokenizers; GRAFT_TEST_PYTHON names one that is not in PATH");
        List<String> command = new ArrayList<>(List.of(python, program.toString()));
        command.addAll(List.of(texts));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        List<String> out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return out;
    }

    private static String input(String line) {
        try {
            JsonNode json = new ObjectMapper().readTree(line);
            return json.get("input").asText() + " " + json.get("text").asText();
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void aTagThatWasNeverLearntIsNamedWithItsLine() throws IOException {
        Path judged = write("judged.conll", "ba O\n\nfe B-a\n\nga O\nlu B-ship\n\nmi O\n");
        refused(
                Graft.run("evaluate", "--network", network, "--data", judged.toString()),
                judged.toString(),
                "line 6",
                "B-ship",
                "which the network does not know (a, b)");
        Path parts = Files.createDirectories(folder.resolve("parts"));
        Files.copy(data.resolve("train.conll"), parts.resolve("train.conll"));
        Files.writeString(parts.resolve("dev.conll"), "ba O\n\nga O\nlu B-ship\n");
        refused(
                Graft.run(
                        "train",
                        "--network",
                        data.resolveSibling("text").resolve("net.onnx").toString(),
                        "--data",
                        parts.toString(),
                        "--out",
                        folder.resolve("none").toString()),
                "dev.conll",
                "line 4",
                "B-ship",
                "which no sentence to learn from has");
    }

    @Test
    void sentencesOfWordsThatNobodyKnowsAreTold() throws IOException {
        Path file = write("strange.txt", "zzz qqq xxx");
        Graft.Answer said = Graft.run("predict", "--network", network, file.toString());
        assertThat(said.err()).contains("strange.txt", "characters that the tokenizer does not know");
    }

    @Test
    void theTokenizerOfAnotherNetworkIsRefused() throws IOException {
        StringBuilder words = new StringBuilder("[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
        for (int i = 0; i < 100; i++) {
            words.append("word").append(i).append('\n');
        }
        Path other = write("vocab.txt", words.toString());
        refused(
                Graft.run(
                        "train",
                        "--network",
                        data.resolveSibling("text").resolve("net.onnx").toString(),
                        "--data",
                        data.toString(),
                        "--tokenizer",
                        other.toString(),
                        "--out",
                        folder.resolve("other").toString()),
                "vocab.txt",
                "net.onnx");
    }

    /** Against central differences in double precision, head and body. */
    @Test
    void everyGradientOfANetworkOfTagsIsRight() {
        Graft.Answer said = Graft.run("gradcheck", network);
        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(said.out()).containsPattern("[1-9]\\d+ weights passed, 0 failed");
    }

    /** A sentence has words of several classes: it is left out or not, its kinds may be renamed. */
    @Test
    void asAWholeSentencesAreLeftOutAndNotRelabelled() throws IOException {
        Path file = write("mine.conll", "ba B-a\n\nfe O\n\nga B-b\nlu O\n\nmi B-a\n\nbo B-b\n\n".repeat(3));
        refused(
                Graft.run("data", "relabel", "--data", file.toString(), "mine.conll:1", "--to", "b"),
                "mine.conll",
                "words of a sentence");
        Graft.Answer left = Graft.run("data", "leave-out", "--data", file.toString(), "mine.conll:1");
        assertThat(left.exitCode()).as(left.err()).isZero();
        Graft.Answer now = Graft.run("data", "--data", file.toString());
        assertThat(now.err() + now.out()).contains("leaves out 1 sentence");
    }
}
