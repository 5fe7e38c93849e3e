package graft.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import graft.files.Beside;
import graft.text.TextInputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** How many tokens a network reads at once: as its file shows it, else as the settings beside it say. */
final class Context {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KEYS = List.of("max_position_embeddings", "n_positions", "n_ctx", "seq_length");

    private Context() {}

    /** @param network its file */
    static OptionalInt of(Path network, TextInputs inputs) {
        if (inputs.fixedLength().isPresent()) {
            return inputs.fixedLength();
        }
        OptionalInt shown = inputs.positions();
        OptionalInt said = said(network);
        return Stream.of(shown, said)
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .min();
    }

    private static OptionalInt said(Path network) {
        Optional<Path> config = Beside.file(network, "config.json");
        if (config.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            JsonNode read = JSON.readTree(Files.readAllBytes(config.get()));
            return KEYS.stream()
                    .map(key -> read == null ? null : read.get(key))
                    .filter(value -> value != null && value.isInt() && value.asInt() > 0)
                    .mapToInt(JsonNode::asInt)
                    .findFirst();
        } catch (IOException e) {
            throw new Refusal(config.get() + " cannot be read as JSON. Copy it again, or move it elsewhere.", e);
        }
    }
}
