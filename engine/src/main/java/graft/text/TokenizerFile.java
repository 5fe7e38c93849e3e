package graft.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import graft.data.Fingerprint;
import graft.files.AtomicFile;
import graft.files.Beside;
import graft.onnx.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How texts are cut for a network, as a file in the format of Hugging Face's tokenizers ({@code tokenizer.json}); made from a
 * list of word pieces ({@code vocab.txt}) where there is only that.
 *
 * @param file where it comes from
 * @param content the JSON: what travels with a network
 * @param vocabulary one more than the largest number that a piece can get
 * @param unknown the number of what is not in the vocabulary; empty where everything can be spelt
 * @param padding the number that fills up shorter texts
 * @param notes what was assumed, for the user
 */
public record TokenizerFile(
        Path file, byte[] content, int vocabulary, OptionalInt unknown, int padding, List<String> notes) {
    /** What it is called beside a network. */
    public static final String NAME = "tokenizer.json";

    /** Note of a network's file: SHA-256 of the tokenizer's file. */
    public static final String HASH = "graft.tokenizer.sha256";

    private static final String PIECES = "vocab.txt";
    private static final String CONFIG = "tokenizer_config.json";
    /** Larger than any vocabulary there is. */
    private static final int LARGEST = 100_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PAD_TOKENS = List.of("[PAD]", "<pad>", "<|pad|>", "<PAD>");
    private static final List<String> END_TOKENS = List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>");

    /**
     * The tokenizer of a network: the one that is named, else the one beside the network's file (or beside its folder, where
     * that is called {@code onnx}).
     *
     * @param named a file, or a folder that holds one
     * @param networkNotes of the network's file: where they hold the hash of a tokenizer, it must be this one
     */
    public static TokenizerFile of(Path network, Optional<Path> named, Map<String, String> networkNotes) {
        TokenizerFile found = named.isPresent() ? named(named.get()) : beside(network);
        String hash = networkNotes.get(HASH);
        if (hash != null && !hash.equals(found.hash()) && named.isEmpty()) {
            throw new Refusal(found.file + " is not the tokenizer that " + network
                    + " was trained with (its note " + HASH
                    + " names another one): its answers would mean nothing. Put the"
                    + " right one beside it, or name one with --tokenizer.");
        }
        return found;
    }

    private static TokenizerFile named(Path named) {
        if (Files.isDirectory(named)) {
            return in(named)
                    .orElseThrow(() -> new Refusal(named + " holds neither " + NAME + " nor " + PIECES
                            + ". Name the file of the tokenizer with --tokenizer."));
        }
        if (!Files.isRegularFile(named)) {
            throw new Refusal("There is no tokenizer " + named + ". Check the path given with --tokenizer.");
        }
        return open(named);
    }

    private static TokenizerFile beside(Path network) {
        return lyingBeside(network)
                .orElseThrow(() -> new Refusal("There is no tokenizer beside " + network + ": neither " + NAME + " nor "
                        + PIECES
                        + ". Put the one that the network was trained with there, or name it with --tokenizer."));
    }

    private static Optional<TokenizerFile> lyingBeside(Path network) {
        return Stream.of(ownName(network), NAME, PIECES)
                .flatMap(name -> Beside.file(network, name).stream())
                .findFirst()
                .map(TokenizerFile::open);
    }

    private static Optional<TokenizerFile> in(Path folder) {
        return Stream.of(NAME, PIECES)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(TokenizerFile::open);
    }

    /** @throws Refusal where it is none */
    static TokenizerFile open(Path file) {
        List<String> notes = new ArrayList<>();
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
        if (!file.getFileName().toString().endsWith(".json")) {
            content = WordPieces.asJson(file, content, config(file), notes);
        }
        JsonNode tokenizer = parse(file, content);
        Map<String, Integer> tokens = tokens(file, tokenizer);
        int vocabulary = 1 + tokens.values().stream().mapToInt(i -> i).max().orElse(-1);
        return new TokenizerFile(
                file,
                content,
                vocabulary,
                unknown(file, tokenizer, tokens),
                padding(file, tokenizer, tokens, notes),
                List.copyOf(notes));
    }

    private static JsonNode parse(Path file, byte[] content) {
        try {
            JsonNode tokenizer = JSON.readTree(content);
            if (tokenizer != null && tokenizer.path("model").has("vocab")) {
                return tokenizer;
            }
        } catch (JsonProcessingException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
        throw damaged(file, null);
    }

    static Refusal damaged(Path file, Throwable cause) {
        return new Refusal(
                file
                        + " is no tokenizer that Graft can read: it is damaged, or not in the format of Hugging Face's tokenizers"
                        + " (" + NAME + "). Copy it again from where the network comes from.",
                cause);
    }

    /** The numbers of all pieces: a map, or a list of pieces with their scores (Unigram). */
    private static Map<String, Integer> tokens(Path file, JsonNode tokenizer) {
        Map<String, Integer> out = new HashMap<>();
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isArray()) {
            for (int i = 0; i < vocabulary.size(); i++) {
                out.put(vocabulary.get(i).path(0).asText(), i);
            }
        } else {
            vocabulary
                    .fields()
                    .forEachRemaining(each -> out.put(each.getKey(), number(file, each.getKey(), each.getValue())));
        }
        for (JsonNode token : tokenizer.path("added_tokens")) {
            String piece = token.path("content").asText();
            out.put(piece, number(file, piece, token.path("id")));
        }
        if (out.isEmpty()) {
            throw damaged(file, null);
        }
        return out;
    }

    /** @throws Refusal where it is no number of a row that a table could have */
    private static int number(Path file, String piece, JsonNode value) {
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 0 || value.asInt() > LARGEST) {
            throw new Refusal(file + " gives the piece '" + piece + "' the number " + value
                    + ", which no vocabulary reaches. Copy the tokenizer again from where the network comes from.");
        }
        return value.asInt();
    }

    /** The library would end the process over one that is not there. */
    private static OptionalInt unknown(Path file, JsonNode tokenizer, Map<String, Integer> tokens) {
        JsonNode model = tokenizer.path("model");
        if (model.path("unk_id").isNumber()) {
            int number = number(file, "for what is unknown", model.path("unk_id"));
            if (number >= model.path("vocab").size()) {
                throw unknownMissing(file, "number " + number);
            }
            return OptionalInt.of(number);
        }
        if (!model.path("unk_token").isTextual()) {
            return OptionalInt.empty();
        }
        String piece = model.path("unk_token").asText();
        Integer number = tokens.get(piece);
        boolean spelt = model.path("type").asText("").equals("BPE");
        if (number == null && !spelt) {
            throw unknownMissing(file, "'" + piece + "'");
        }
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Refusal unknownMissing(Path file, String what) {
        return new Refusal(
                file + " puts the token " + what + " for what it does not know, but has no such token. Copy it again"
                        + " from where the network comes from.");
    }

    private static int padding(Path file, JsonNode tokenizer, Map<String, Integer> tokens, List<String> notes) {
        if (tokenizer.path("padding").path("pad_id").isInt()) {
            return tokenizer.path("padding").path("pad_id").asInt();
        }
        JsonNode configured = config(file).path("pad_token");
        String name = configured.isObject() ? configured.path("content").asText() : configured.asText("");
        List<String> names = new ArrayList<>(List.of(name));
        names.addAll(PAD_TOKENS);
        Optional<String> pad = names.stream().filter(tokens::containsKey).findFirst();
        if (pad.isPresent()) {
            return tokens.get(pad.get());
        }
        Optional<String> end = END_TOKENS.stream().filter(tokens::containsKey).findFirst();
        notes.add("The tokenizer " + file + " has no token for padding: shorter texts are filled up with "
                + end.orElse("the token of number 0") + ".");
        return end.map(tokens::get).orElse(0);
    }

    private static JsonNode config(Path file) {
        Path config = file.toAbsolutePath().resolveSibling(CONFIG);
        if (!Files.isRegularFile(config)) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode read = JSON.readTree(Files.readAllBytes(config));
            return read == null ? JSON.createObjectNode() : read;
        } catch (IOException e) {
            throw new Refusal(config + " cannot be read as JSON. Copy it again, or move it elsewhere.", e);
        }
    }

    /** SHA-256 of the content, in hexadecimal. */
    public String hash() {
        return HexFormat.of().formatHex(Fingerprint.sha256().digest(content));
    }

    /** Where a network reads texts and its tokenizer lies beside it: puts that beside what was made of the network, too. */
    public static void follow(Path network, Model model, Path made) {
        boolean together = made.toAbsolutePath()
                .getParent()
                .equals(network.toAbsolutePath().getParent());
        if (TextInputs.areOf(model.graph()) && !together) {
            lyingBeside(network).ifPresent(tokenizer -> tokenizer.writeBeside(made));
        }
    }

    /** What a program that lies beside it opens: a file in the format of the tokenizers' library, whatever it was made from. */
    public String nameInPrograms() {
        String name = file.getFileName().toString();
        return name.endsWith(".json") ? name : NAME;
    }

    /** Puts it beside a network; under the network's own name where another tokenizer lies there. */
    void writeBeside(Path network) {
        Path folder = network.toAbsolutePath().getParent();
        Path usual = folder.resolve(NAME);
        boolean taken = Files.exists(usual)
                && !(Files.isRegularFile(usual) && open(usual).hash().equals(hash()));
        AtomicFile.write(taken ? folder.resolve(ownName(network)) : usual, out -> out.write(content));
    }

    /** {@code network.tokenizer.json} for {@code network.onnx}. */
    private static String ownName(Path network) {
        String name = network.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)) + "." + NAME;
    }
}
