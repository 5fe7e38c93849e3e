package graft.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.files.Json;
import graft.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected numbers: the Python library {@code tokenizers} (resources/graft/text/make_expected.py). */
class TokenizerTest {
    static final Path MINILM = Path.of(System.getenv("GRAFT_NETWORKS"), "minilm");

    @TempDir
    Path folder;

    static JsonNode resource(String name) {
        try (InputStream in = TokenizerTest.class.getResourceAsStream(name)) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> texts() {
        List<String> out = new ArrayList<>();
        resource("texts.json").forEach(text -> out.add(text.asText()));
        return out;
    }

    static TextExample example(String text) {
        return new TextExample("t", text, Optional.empty(), 0);
    }

    private static int[] ints(JsonNode array) {
        int[] out = new int[array.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = array.get(i).asInt();
        }
        return out;
    }

    private static void assertEqual(Tokens tokens, JsonNode expected, String text) {
        assertThat(tokens.ids()).as(text).isEqualTo(ints(expected.get("ids")));
        assertThat(tokens.types()).as(text).isEqualTo(ints(expected.get("types")));
        assertThat(tokens.truncated())
                .as(text)
                .isEqualTo(expected.get("truncated").asBoolean());
    }

    /** Which of two long texts keeps one token more where they cannot keep as many differs by versions of the library. */
    private static void assertEqualPair(Tokens tokens, JsonNode expected, String text) {
        if (!expected.get("truncated").asBoolean()) {
            assertEqual(tokens, expected, text);
            return;
        }
        assertThat(tokens.truncated()).as(text).isTrue();
        assertThat(tokens.ids()).as(text).hasSize(expected.get("ids").size());
        int second = Arrays.stream(tokens.types()).sum();
        int expectedSecond = Arrays.stream(ints(expected.get("types"))).sum();
        assertThat(second).as(text).isBetween(expectedSecond - 1, expectedSecond + 1);
        int first = tokens.length() - Math.max(second, expectedSecond) - 1;
        assertThat(Arrays.copyOf(tokens.ids(), first))
                .as(text)
                .isEqualTo(Arrays.copyOf(ints(expected.get("ids")), first));
    }

    @Test
    void textsAndPairsAreCutAsThePythonLibraryCutsThem() {
        JsonNode expected = resource("tokens.json");
        List<String> texts = texts();
        try (Tokenizer tokenizer = Tokenizer.open(
                TokenizerFile.open(MINILM.resolve(TokenizerFile.NAME)),
                expected.get("max_length").asInt())) {
            List<Tokens> together =
                    tokenizer.encode(texts.stream().map(TokenizerTest::example).toList(), Progress.NONE);
            for (int i = 0; i < texts.size(); i++) {
                assertEqual(together.get(i), expected.get("singles").get(i), texts.get(i));
                assertThat(tokenizer.encode(example(texts.get(i))).ids())
                        .isEqualTo(together.get(i).ids());
            }
            for (int i = 0; i + 1 < texts.size(); i++) {
                TextExample pair = new TextExample("t", texts.get(i), Optional.of(texts.get(i + 1)), 0);
                assertEqualPair(tokenizer.encode(pair), expected.get("pairs").get(i), texts.get(i));
            }
        }
    }

    @Test
    void spansAreThoseOfThePythonLibraryInJavasOwnCounting() {
        JsonNode expected = resource("tokens.json").get("singles");
        List<String> texts = texts();
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFile.open(MINILM.resolve(TokenizerFile.NAME)), 32)) {
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                List<int[]> spans = tokenizer.spans(text);
                for (int token = 0; token < spans.size(); token++) {
                    int[] codePoints = ints(expected.get(i).get("spans").get(token));
                    int[] points = text.codePoints().toArray();
                    assertThat(text.substring(spans.get(token)[0], spans.get(token)[1]))
                            .isEqualTo(new String(points, codePoints[0], codePoints[1] - codePoints[0]));
                }
            }
        }
    }

    @Test
    void aListOfWordPiecesCutsAsTheTokenizerItBelongsTo() throws IOException {
        JsonNode vocabulary = Json.parse(Files.readString(MINILM.resolve(TokenizerFile.NAME)))
                .get("model")
                .get("vocab");
        String[] pieces = new String[vocabulary.size()];
        vocabulary.fields().forEachRemaining(each -> pieces[each.getValue().asInt()] = each.getKey());
        Path file = Files.writeString(folder.resolve("vocab.txt"), String.join("\n", pieces) + "\n");
        TokenizerFile made = TokenizerFile.of(folder.resolve("network.onnx"), Optional.empty(), Map.of());
        assertThat(made.file()).isEqualTo(file.toAbsolutePath());
        assertThat(String.join(" ", made.notes())).contains("no piece with a capital");
        assertThat(made.padding()).isZero();
        JsonNode expected = resource("tokens.json").get("singles");
        try (Tokenizer tokenizer = Tokenizer.open(made, 32)) {
            for (int i = 0; i < expected.size(); i++) {
                assertEqual(tokenizer.encode(example(texts().get(i))), expected.get(i), texts().get(i));
            }
        }
    }

    @Test
    void bytePiecesWithoutPaddingArePaddedByTheirEnd() throws IOException {
        Path file = folder.resolve(TokenizerFile.NAME);
        try (InputStream in = getClass().getResourceAsStream("bytes/tokenizer.json")) {
            Files.copy(in, file);
        }
        TokenizerFile bytes = TokenizerFile.open(file);
        assertThat(bytes.unknown()).isEqualTo(OptionalInt.empty());
        assertThat(bytes.padding()).isZero(); // <|endoftext|>, the first that make_expected.py names
        assertThat(String.join(" ", bytes.notes())).contains("no token for padding", "<|endoftext|>");
        assertThat(bytes.vocabulary()).isEqualTo(320);
        JsonNode expected = resource("bytes/expected.json");
        try (Tokenizer tokenizer = Tokenizer.open(bytes, 1000)) {
            for (int i = 0; i < expected.size(); i++) {
                assertThat(tokenizer.encode(example(texts().get(i))).ids())
                        .as(texts().get(i))
                        .isEqualTo(ints(expected.get(i)));
            }
        }
    }

    @Test
    void halfALetterIsReplacedNotRefused() {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFile.open(MINILM.resolve(TokenizerFile.NAME)), 32)) {
            assertThat(tokenizer.encode(example("a \ud83d b")).ids())
                    .isEqualTo(tokenizer.encode(example("a \ufffd b")).ids());
            assertThat(tokenizer.encode(example("\u0e01\u0e02 😀")).unknown()).isTrue();
            assertThat(tokenizer.encode(example("a 😀")).unknown()).isFalse();
        }
    }

    @Test
    void whatIsNoTokenizerIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve(TokenizerFile.NAME), "{\"model\":{\"vocab\":{\"a\":0}}}");
        assertThatThrownBy(() -> Tokenizer.open(TokenizerFile.open(file), 8))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(file.toString(), "no tokenizer that Graft can read");
        Files.writeString(file, "{\"a\":");
        assertThatThrownBy(() -> TokenizerFile.open(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("damaged");
        Path pieces = Files.writeString(folder.resolve("vocab.txt"), "a\nb\n");
        assertThatThrownBy(() -> TokenizerFile.open(pieces))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no line [UNK]");
        Path alone = Files.createDirectories(folder.resolve("alone"));
        assertThatThrownBy(() -> TokenizerFile.of(alone.resolve("n.onnx"), Optional.empty(), Map.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("no tokenizer beside", "--tokenizer");
        assertThatThrownBy(() -> TokenizerFile.of(
                        MINILM.resolve("minilm.onnx"), Optional.empty(), Map.of(TokenizerFile.HASH, "00")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not the tokenizer that");
    }
}
