package graft.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of texts that are made otherwise than MiniLM: of six words, each a number of its own. */
class OtherTextNetworksTest {
    private static final List<String> WORDS =
            List.of("[PAD]", "[UNK]", "[CLS]", "good", "bad", "fine", "poor", "thing");
    private static final int WIDTH = 4;

    @TempDir
    Path folder;

    @BeforeEach
    void tokenizer() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer("[UNK]", 0, 3));
    }

    /** Words, one after the other, with [CLS] before them. */
    private static String tokenizer(String unknown, int padding, long good) {
        Map<String, Long> vocabulary = new LinkedHashMap<>();
        IntStream.range(0, WORDS.size()).forEach(i -> vocabulary.put(WORDS.get(i), i == 3 ? good : (long) i));
        return Json.write(Map.of(
                "version",
                "1.0",
                "padding",
                Map.of(
                        "strategy", "BatchLongest",
                        "direction", "Right",
                        "pad_id", padding,
                        "pad_type_id", 0,
                        "pad_token", "[PAD]"),
                "added_tokens",
                List.of(),
                "pre_tokenizer",
                Map.of("type", "Whitespace"),
                "post_processor",
                Map.of(
                        "type",
                        "TemplateProcessing",
                        "single",
                        List.of(
                                Map.of("SpecialToken", Map.of("id", "[CLS]", "type_id", 0)),
                                Map.of("Sequence", Map.of("id", "A", "type_id", 0))),
                        "pair",
                        List.of(
                                Map.of("SpecialToken", Map.of("id", "[CLS]", "type_id", 0)),
                                Map.of("Sequence", Map.of("id", "A", "type_id", 0)),
                                Map.of("Sequence", Map.of("id", "B", "type_id", 0))),
                        "special_tokens",
                        Map.of("[CLS]", Map.of("id", "[CLS]", "ids", List.of(2), "tokens", List.of("[CLS]")))),
                "model",
                Map.of("type", "WordLevel", "vocab", vocabulary, "unk_token", unknown)));
    }

    private static float[] numbers(int count) {
        Random random = new Random(5);
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }

    private GraphEditor embedding(String... inputs) {
        GraphEditor editor = Model.create("test", 8, 13).graph().edit();
        editor.put(Tensor.ofFloats("words", new long[] {WORDS.size(), WIDTH}, numbers(WORDS.size() * WIDTH)));
        editor.inputs(List.of(inputs).stream()
                .map(name -> ValueInfo.of(name, ElementType.INT64, Dim.free("N"), Dim.free("T")))
                .toList());
        editor.nodes().add(Node.of("Gather", "look", List.of("words", "input_ids"), List.of("tokens")));
        return editor;
    }

    private Path write(GraphEditor editor, String... outputs) {
        editor.outputs(List.of(outputs).stream()
                .map(name -> ValueInfo.ofType(name, ElementType.FLOAT))
                .toList());
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(Model.create("test", 8, 13).withGraph(editor.build()), file);
        return file;
    }

    /** The mean of all tokens, those that fill up among them, and a linear layer. */
    private Path withoutMask() {
        GraphEditor editor =
                embedding("input_ids").put(Tensor.ofFloats("w", new long[] {WIDTH, 2}, numbers(2 * WIDTH)));
        editor.nodes()
                .add(Node.of("ReduceMean", "mean", List.of("tokens"), List.of("features"))
                        .with("axes", new long[] {1})
                        .with("keepdims", 0));
        editor.nodes().add(Node.of("MatMul", "head", List.of("features", "w"), List.of("logits")));
        return write(editor, "logits");
    }

    /** Each token with the sum of all, and one row of a text; both called in a way that tells nothing. */
    private Path withPooler() {
        GraphEditor editor = embedding("input_ids", "attention_mask");
        editor.put(Tensor.ofLongs("zero", new long[0], 0))
                .put(Tensor.ofFloats("w", new long[] {WIDTH, WIDTH}, numbers(16)));
        editor.put(Tensor.ofLongs("one", new long[] {1}, 1));
        editor.nodes()
                .add(Node.of("Cast", "floats", List.of("attention_mask"), List.of("mask"))
                        .with("to", 1L));
        editor.nodes().add(Node.of("Unsqueeze", "column", List.of("mask", "two"), List.of("mask_column")));
        editor.put(Tensor.ofLongs("two", new long[] {1}, 2));
        editor.nodes().add(Node.of("Mul", "masked", List.of("tokens", "mask_column"), List.of("there")));
        editor.nodes()
                .add(Node.of("ReduceSum", "there_sum", List.of("there", "one"), List.of("seen"))
                        .with("keepdims", 1L));
        editor.nodes().add(Node.of("Add", "mix", List.of("tokens", "seen"), List.of("output_0")));
        editor.nodes()
                .add(Node.of("Gather", "pick", List.of("output_0", "zero"), List.of("picked"))
                        .with("axis", 1L));
        editor.nodes().add(Node.of("MatMul", "pool", List.of("picked", "w"), List.of("dense")));
        editor.nodes().add(Node.of("Tanh", "tanh", List.of("dense"), List.of("output_1")));
        return write(editor, "output_0", "output_1");
    }

    private Path table(int rows) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("text,other,label"));
        for (int i = 0; i < rows; i++) {
            boolean right = i % 2 == 0;
            String more = IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(k -> "thing")
                    .collect(Collectors.joining(" "));
            lines.add((right ? "good " : "bad ") + more + " " + i + "," + (right ? "fine" : "poor") + " " + i + ","
                    + (right ? "yes" : "no"));
        }
        return Files.write(folder.resolve("texts.csv"), lines);
    }

    private Graft.Answer train(Path network, Path data, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "train",
                "--network",
                network.toString(),
                "--data",
                data.toString(),
                "--out",
                folder.resolve("run").toString(),
                "--epochs",
                "2"));
        words.addAll(List.of(more));
        return Graft.run(words.toArray(String[]::new));
    }

    @Test
    void withoutAMaskATextIsAnsweredAmongOthersAsAlone() throws IOException {
        Path network = withoutMask();
        Path together = Files.writeString(
                folder.resolve("some.csv"), "text\ngood\nbad thing thing thing thing thing\nfine poor thing\n");
        List<JsonNode> all = predicted(network, together);
        for (int i = 0; i < 3; i++) {
            Path alone = Files.writeString(
                    folder.resolve("alone.csv"),
                    "text\n" + Files.readAllLines(together).get(i + 1) + "\n");
            assertThat(predicted(network, alone).get(0).get("probability").asDouble())
                    .isEqualTo(all.get(i).get("probability").asDouble());
        }
    }

    private List<JsonNode> predicted(Path network, Path texts) throws IOException {
        Path out = folder.resolve("said.jsonl");
        Graft.Answer answer =
                Graft.run("predict", "--network", network.toString(), texts.toString(), "--out", out.toString());
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        List<JsonNode> rows = Files.readAllLines(out).stream().map(Json::parse).toList();
        Files.delete(out);
        return rows;
    }

    @Test
    void withoutAMaskTrainingTakesTextsOneByOneAndTheWrittenFileAnswersAsTrained() throws IOException {
        Graft.Answer answer = train(withoutMask(), table(40), "--trainable", "all");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("one by one").contains("filled up to the longest");
    }

    @ParameterizedTest
    @CsvSource({"mean, head.sum, output_0", "cls, head.cls, output_0", "pooler, output_1, output_1"})
    void theHeadStandsOnWhatThePoolingSays(String pooling, String node, String tensor) throws IOException {
        Graft.Answer answer = train(withPooler(), table(40), "--pooling", pooling);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        Model made = OnnxFile.read(folder.resolve("run/network.onnx"));
        boolean own = node.startsWith("head.");
        assertThat(made.graph().nodes().stream().anyMatch(each -> each.name().equals(node)))
                .isEqualTo(own);
        assertThat(made.graph().nodes().stream()
                        .filter(each ->
                                own ? each.name().equals(node) : each.opType().equals("Gemm"))
                        .flatMap(each -> each.inputs().stream()))
                .contains(tensor);
    }

    /** The file as sentence-transformers writes it, beside the network or above a hub's folder of networks. */
    @ParameterizedTest
    @CsvSource({"cls_token, head.cls, by cls", "mean_tokens, head.sum, by mean", "max_tokens, head.sum, do not do"})
    void tokensArePooledAsSentenceTransformersSays(String mode, String node, String said) throws IOException {
        Path network = withPooler();
        Files.createDirectories(network.resolveSibling("1_Pooling"));
        String noted = Stream.of("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens")
                .map(each -> "\"pooling_mode_" + each + "\": " + each.equals(mode))
                .collect(Collectors.joining(", ", "{\"word_embedding_dimension\": 8, ", "}"));
        Files.writeString(network.resolveSibling("1_Pooling").resolve("config.json"), noted);
        Graft.Answer answer = train(network, table(40));
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("1_Pooling").contains(said);
        assertThat(OnnxFile.read(folder.resolve("run/network.onnx")).graph().nodes())
                .anyMatch(each -> each.name().equals(node));
    }

    /** What a running sum has at the first token is that token alone. */
    @Test
    void aFirstTokenThatKnowsNothingOfTheTextIsRefused() throws IOException {
        GraphEditor editor = embedding("input_ids", "attention_mask").put(Tensor.ofLongs("axis", new long[0], 1));
        editor.nodes().add(Node.of("CumSum", "sums", List.of("tokens", "axis"), List.of("last_hidden_state")));
        Graft.Answer answer = train(write(editor, "last_hidden_state"), table(40), "--pooling", "cls");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("is the same for every text").contains("--pooling mean");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aNetworkOfPairsIsNotAskedAboutSingleTexts() throws IOException {
        Path data = table(40);
        assertThat(train(withPooler(), data, "--text", "text", "--text-pair", "other")
                        .exitCode())
                .isZero();
        String made = folder.resolve("run/network.onnx").toString();
        Graft.Answer alone = Graft.run("evaluate", "--network", made, "--data", data.toString(), "--text", "text");
        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.err()).contains("was trained on pairs of texts").contains("--text-pair");
        Graft.Answer asked = Graft.run("predict", "--network", made, data.toString(), "--text", "text");
        assertThat(asked.err()).contains("was trained on pairs of texts");
        assertThat(Graft.run(
                                "evaluate",
                                "--network",
                                made,
                                "--data",
                                data.toString(),
                                "--text",
                                "text",
                                "--text-pair",
                                "other")
                        .exitCode())
                .isZero();
        assertThat(Graft.run("explain", "--network", made, "--text", "good thing")
                        .err())
                .contains("was trained on pairs of texts")
                .contains("--text-pair");
        wordsOfBothTextsAreLeftOut(made);
    }

    /** Expected are the odds by what {@code predict} says of the texts without a word. */
    private void wordsOfBothTextsAreLeftOut(String made) throws IOException {
        Path table = folder.resolve("asked.csv");
        Files.writeString(table, "text,other\ngood thing,bad fine\nthing,bad fine\ngood thing,bad\n");
        JsonNode said = Json.parse(Graft.run(
                        "predict",
                        "--network",
                        made,
                        table.toString(),
                        "--text",
                        "text",
                        "--text-pair",
                        "other",
                        "--proba",
                        "--json")
                .out());
        Path page = folder.resolve("why.html");

        JsonNode found = Json.parse(Graft.run(
                        "explain",
                        "--network",
                        made,
                        "--text",
                        "good thing",
                        "--text-pair",
                        "bad fine",
                        "--out",
                        page.toString(),
                        "--json")
                .out());

        String answer = said.get("answers").get(0).get("class").asText();
        double[] odds = IntStream.range(0, 3)
                .mapToDouble(i -> said.get("answers")
                        .get(i)
                        .get("probabilities")
                        .get(answer)
                        .asDouble())
                .map(p -> Math.log(p / (1 - p)))
                .toArray();
        JsonNode words = found.get("words");
        assertThat(found.get("class").asText()).isEqualTo(answer);
        assertThat(List.of(0, 1, 2, 3).stream()
                        .map(i -> words.get(i).get("text").asText()
                                + words.get(i).get("of").asInt()))
                .containsExactly("good1", "thing1", "bad2", "fine2");
        assertThat(words.get(0).get("weight").asDouble()).isCloseTo(odds[0] - odds[1], within(1e-3));
        assertThat(words.get(3).get("weight").asDouble()).isCloseTo(odds[0] - odds[2], within(1e-3));
        assertThat(Files.readString(page)).contains(">good<sub>").contains(">fine<sub>");
    }

    @ParameterizedTest
    @CsvSource({
        "[NONE], 0, 3, has no such token",
        "[UNK], 99, 3, fills shorter texts up with the number 99",
        "[UNK], 0, 4000000000, which no vocabulary reaches",
        "[UNK], 0, -3, which no vocabulary reaches"
    })
    void aTokenizerThatCannotBeIsRefusedByItsName(String unknown, int padding, long good, String words)
            throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(unknown, padding, good));
        Graft.Answer answer = train(withPooler(), table(40));
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("tokenizer.json").contains(words);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void whatPreparesPicturesIsRefusedForTexts() throws IOException {
        Graft.Answer answer = train(withPooler(), table(40), "--size", "224", "--mean", "0.5");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("reads texts, and --size, --mean say how pictures are prepared");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aRunDoesNotGoOnWithAnotherTokenizer() throws IOException {
        assertThat(train(withPooler(), table(40)).exitCode()).isZero();
        Files.writeString(
                folder.resolve("tokenizer.json"),
                tokenizer("[UNK]", 0, 3).replace("\"good\":3", "\"good\":4").replace("\"bad\":4", "\"bad\":3"));
        Graft.Answer answer = Graft.run("resume", folder.resolve("run").toString(), "--epochs", "3");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("the tokenizer of").contains("has changed since");
    }

    @Test
    void allPartsAreJudgedWhereThatIsAskedForAndTheRestIsSaidOtherwise() throws IOException {
        Path data = table(40);
        assertThat(train(withPooler(), data).exitCode()).isZero();
        String made = folder.resolve("run/network.onnx").toString();
        JsonNode some = Json.parse(Graft.run("evaluate", "--network", made, "--data", data.toString(), "--json")
                .out());
        assertThat(some.get("n").asInt()).isEqualTo(8);
        assertThat(some.get("remarks").toString()).contains("the 32 of the part train are left aside");
        JsonNode all = Json.parse(
                Graft.run("evaluate", "--network", made, "--data", data.toString(), "--json", "--part", "all")
                        .out());
        assertThat(all.get("n").asInt()).isEqualTo(40);
        assertThat(all.get("remarks").toString()).contains("Judged on all 40 examples");
    }
}
