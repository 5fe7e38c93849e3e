package graft.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** BERT's word pieces (Devlin et al. 2019): a list of them, one a line, as a tokenizer in Hugging Face's format. */
final class WordPieces {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NEEDED = List.of("[UNK]", "[CLS]", "[SEP]");
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private WordPieces() {}

    /**
     * @param config {@code tokenizer_config.json}, empty where there is none
     * @param notes gets how capitals were understood
     */
    static byte[] asJson(Path file, byte[] content, JsonNode config, List<String> notes) {
        Map<String, Integer> pieces = new LinkedHashMap<>();
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isEmpty()) {
                pieces.putIfAbsent(lines[i], i);
            }
        }
        for (String token : NEEDED) {
            if (!pieces.containsKey(token)) {
                throw new Refusal(file + " is no list of BERT's word pieces: it has no line " + token
                        + ". Give the vocab.txt that came with the network, or its " + TokenizerFile.NAME + ".");
            }
        }
        boolean lower = lowers(file, pieces, config, notes);
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (String token : SPECIAL) {
            if (pieces.containsKey(token)) {
                added.addObject()
                        .put("id", pieces.get(token))
                        .put("content", token)
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true);
            }
        }
        root.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", lower);
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode processor = root.putObject("post_processor").put("type", "BertProcessing");
        processor.putArray("sep").add("[SEP]").add(pieces.get("[SEP]"));
        processor.putArray("cls").add("[CLS]").add(pieces.get("[CLS]"));
        root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", 100)
                .set("vocab", JSON.valueToTree(pieces));
        try {
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new IllegalStateException("a tree is written as JSON without fail", e);
        }
    }

    private static boolean lowers(Path file, Map<String, Integer> pieces, JsonNode config, List<String> notes) {
        if (config.path("do_lower_case").isBoolean()) {
            return config.path("do_lower_case").asBoolean();
        }
        boolean capitals = pieces.keySet().stream()
                .filter(piece -> !piece.matches("\\[.*]"))
                .anyMatch(piece -> piece.chars().anyMatch(letter -> letter >= 'A' && letter <= 'Z'));
        notes.add(
                capitals
                        ? file + " has pieces with capitals: texts keep theirs."
                        : file + " has no piece with a capital: texts are read in lower case, without accents.");
        return !capitals;
    }
}
