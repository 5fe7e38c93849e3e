package graft.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.inference.OrtSession;
import graft.meaning.Reading;
import graft.onnx.NetworkFile;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.testdata.Shared;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written without chance is what ONNX Runtime finds likeliest, token by token. */
class GeneratorTest {
    private static final String PROMPT = "ba de fi go";

    private static Path fixture(String name) {
        try {
            return Path.of(
                    GeneratorTest.class.getResource("/pytorch/language/" + name).toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Generator.Plan plan(Path network, String prompt, int most, Choice choice, boolean cache) {
        return new Generator.Plan(
                NetworkFile.at(network), Reading.USUAL, Optional.empty(), prompt, most, choice, cache, 2);
    }

    private static Generator.Generated written(Path network, String prompt, int most, Choice choice, boolean cache) {
        return Generator.write(plan(network, prompt, most, choice, cache), piece -> {}, Progress.NONE);
    }

    /** Plain calls of ONNX Runtime with all tokens so far, the largest score's token each time; ends where the text does. */
    private static List<Integer> greedy(OrtSession session, List<Integer> prompt, int most, int end, boolean past) {
        List<Integer> ids = new ArrayList<>(prompt);
        List<Integer> out = new ArrayList<>();
        while (out.size() < most) {
            long[] shape = {1, ids.size()};
            Map<String, Values> fed = new LinkedHashMap<>();
            fed.put(
                    "input_ids",
                    Values.ofLongs(shape, ids.stream().mapToLong(i -> i).toArray()));
            if (past) {
                fed.put(
                        "attention_mask",
                        Values.ofLongs(shape, ids.stream().mapToLong(i -> 1).toArray()));
                for (String name : List.of("0.key", "0.value", "1.key", "1.value")) {
                    fed.put("past_key_values." + name, Values.ofFloats(new long[] {1, 2, 0, 8}));
                }
            }
            Values logits = session.run(fed, "logits");
            FloatBuffer numbers = logits.floats();
            int width = (int) logits.shape()[2];
            int best = 0;
            for (int i = 1; i < width; i++) {
                int row = (ids.size() - 1) * width;
                best = numbers.get(row + i) > numbers.get(row + best) ? i : best;
            }
            if (best == end) {
                break;
            }
            ids.add(best);
            out.add(best);
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({"net.onnx, true", "net.onnx, false", "merged.onnx, true", "merged.onnx, false"})
    void theLikeliestTokensAreThoseOfOnnxRuntimeWithAndWithoutACache(String network, boolean cache) {
        Generator.Generated said = written(fixture(network), PROMPT, 18, Choice.LIKELIEST, cache);
        // ba is the first of the words after four special tokens, four words for each first letter.
        List<Integer> prompt = List.of(4, 9, 14, 23);
        assertThat(said.promptTokens()).isEqualTo(4);
        try (OrtSession session = OrtSession.open(fixture("net.onnx"), 1)) {
            assertThat(said.tokens()).isEqualTo(greedy(session, prompt, 18, 2, true));
        }
        assertThat(said.cache()).isEqualTo(cache);
        String consonants = "bdfgklmnp";
        assertThat(said.text().strip())
                .isEqualTo(said.tokens().stream()
                        .filter(token -> token >= 4) // those before stand for no letters
                        .map(token -> "" + consonants.charAt((token - 4) / 4) + "aeio".charAt(token % 4))
                        .collect(java.util.stream.Collectors.joining(" ")));
    }

    @Test
    void aSeedGivesOneTextWithAndWithoutACacheAndAnotherSeedAnother() {
        Choice choice = new Choice(1.5, 20, 0.95, 1.1, 7);
        Generator.Generated one = written(fixture("net.onnx"), PROMPT, 15, choice, true);
        assertThat(written(fixture("net.onnx"), PROMPT, 15, choice, true).tokens())
                .isEqualTo(one.tokens());
        assertThat(written(fixture("net.onnx"), PROMPT, 15, choice, false).tokens())
                .isEqualTo(one.tokens());
        assertThat(written(fixture("net.onnx"), PROMPT, 15, new Choice(1.5, 20, 0.95, 1.1, 8), true)
                        .tokens())
                .isNotEqualTo(one.tokens());
    }

    /** The network has 24 positions: what is written beyond goes on from the last 24 tokens, as if they were the prompt. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatIsLongerThanTheNetworkReadsGoesOnFromItsEnd(boolean cache) {
        List<String> notes = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void report(graft.progress.Event event) {
                notes.add(event.line());
            }
        };
        String prompt = "ba be bi bo da de di do fa fe fi fo ga ge gi go ka ke ki ko la le li lo ma me mi";
        Generator.Generated said =
                Generator.write(plan(fixture("net.onnx"), prompt, 1, Choice.LIKELIEST, cache), piece -> {}, progress);
        assertThat(said.tokens())
                .isEqualTo(written(
                                fixture("net.onnx"),
                                prompt.substring("ba be bi ".length()).replaceFirst("^bo", "bo"),
                                1,
                                Choice.LIKELIEST,
                                cache)
                        .tokens());
        assertThat(notes)
                .anyMatch(note -> note.contains(
                        "The prompt has 27 tokens, and the network reads 24 at once: its last 24 are gone on from."));
    }

    @Test
    void aPromptOfWhichNothingIsKnownIsRefused() {
        assertThatThrownBy(() -> written(fixture("net.onnx"), "Ω Ψ", 3, Choice.LIKELIEST, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("knows nothing of the prompt \"Ω Ψ\"");
    }

    @Test
    void aNetworkThatReadsBothWaysWritesNothing() throws Exception {
        Path encoder = Path.of(getClass().getResource("/pytorch/text/net.onnx").toURI());
        assertThatThrownBy(() -> written(encoder, "ba", 3, Choice.LIKELIEST, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("writes no text");
    }

    /** Real: bytes of letters are tokens of their own there, a letter is told when its last byte came. */
    @Test
    void lettersOfSeveralTokensAreToldWhole() {
        Path tokens = Shared.path("data/text-networks/tiny-stories-decoder-tokenizer.json");
        try (graft.text.Tokenizer tokenizer =
                graft.text.Tokenizer.openWhole(graft.text.TokenizerFile.of(tokens, Optional.of(tokens), Map.of()))) {
            String text = "Ein Käfer 🐞 saß da";
            int[] ids = tokenizer.pieces(List.of(text), Progress.NONE).get(0).ids();
            Letters letters = new Letters(tokenizer, new int[] {ids[0]});
            List<String> said = new ArrayList<>();
            for (int i = 1; i < ids.length; i++) {
                said.add(letters.add(ids[i]));
            }
            said.add(letters.rest());
            assertThat(String.join("", said).strip()).isEqualTo(text);
            assertThat(said).anyMatch("🐞"::equals).noneMatch(piece -> piece.contains("\ufffd"));
        }
    }

    @Test
    void theRealDecoderWritesWhatOnnxRuntimeFindsLikeliest(@org.junit.jupiter.api.io.TempDir Path folder)
            throws Exception {
        Path network = Shared.path("data/text-networks/tiny-stories-decoder.onnx");
        Path tokenizer = Shared.path("data/text-networks/tiny-stories-decoder-tokenizer.json");
        Files.copy(network, folder.resolve("net.onnx"));
        Files.copy(tokenizer, folder.resolve("tokenizer.json"));
        Generator.Generated said = written(folder.resolve("net.onnx"), "Once upon a time", 40, Choice.LIKELIEST, true);
        try (OrtSession session = OrtSession.open(network, 1)) {
            // <s> and the pieces of "Once upon a time", as Hugging Face's tokenizers cut it.
            int[] prompt;
            try (graft.text.Tokenizer pieces = graft.text.Tokenizer.openWhole(
                    graft.text.TokenizerFile.of(network, Optional.of(tokenizer), Map.of()))) {
                prompt = pieces.pieces(List.of("Once upon a time"), Progress.NONE)
                        .get(0)
                        .ids();
            }
            assertThat(prompt).hasSize(13);
            assertThat(said.tokens())
                    .isEqualTo(greedy(
                            session, java.util.Arrays.stream(prompt).boxed().toList(), 40, 2, false));
        }
    }
}
