package graft.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tokens of a vocabulary that stand for no letters.
 *
 * @param numbers by their spelling
 * @param end ends a text; empty where there is none
 * @param mask stands for what is to be found out; empty where there is none
 * @param begins stand before texts
 */
public record SpecialTokens(Map<String, Integer> numbers, OptionalInt end, OptionalInt mask, Set<Integer> begins) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = "tokenizer_config.json";
    private static final List<String> ENDS =
            List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<|im_end|>", "<eos>", "[EOS]", "<|end|>");
    private static final List<String> MASKS = List.of("[MASK]", "<mask>", "<MASK>");

    /** Those of a tokenizer; what ends a text may also be said by the settings beside it. */
    public static SpecialTokens of(TokenizerFile file) {
        JsonNode tokenizer = read(file.file(), file.content());
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (JsonNode token : tokenizer.path("added_tokens")) {
            if (token.path("special").asBoolean()) {
                numbers.put(token.path("content").asText(), token.path("id").asInt());
            }
        }
        JsonNode config = config(file.file());
        OptionalInt end = number(numbers, Stream.concat(Stream.of(spelt(config.path("eos_token"))), ENDS.stream()));
        OptionalInt mask = number(numbers, Stream.concat(Stream.of(spelt(config.path("mask_token"))), MASKS.stream()));
        Set<Integer> begins = new TreeSet<>();
        for (JsonNode piece : tokenizer.path("post_processor").path("single")) {
            if (!piece.has("SpecialToken")) {
                break;
            }
            Optional.ofNullable(
                            numbers.get(piece.path("SpecialToken").path("id").asText()))
                    .ifPresent(begins::add);
        }
        return new SpecialTokens(Map.copyOf(numbers), end, mask, Set.copyOf(begins));
    }

    private static OptionalInt number(Map<String, Integer> numbers, Stream<String> names) {
        return names.filter(numbers::containsKey).mapToInt(numbers::get).findFirst();
    }

    private static String spelt(JsonNode token) {
        return token.isObject() ? token.path("content").asText() : token.asText("");
    }

    private static JsonNode config(Path tokenizer) {
        Path config = tokenizer.toAbsolutePath().resolveSibling(CONFIG);
        if (!Files.isRegularFile(config)) {
            return JSON.createObjectNode();
        }
        try {
            return read(config, Files.readAllBytes(config));
        } catch (IOException e) {
            throw new Refusal(config + " cannot be read as JSON. Copy it again, or move it elsewhere.", e);
        }
    }

    private static JsonNode read(Path file, byte[] content) {
        try {
            JsonNode out = JSON.readTree(content);
            return out == null ? JSON.createObjectNode() : out;
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read as JSON. Copy it again, or move it elsewhere.", e);
        }
    }
}
