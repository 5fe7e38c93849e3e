package graft.text;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Beside;
import graft.files.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the texts of a network were pooled while it learnt, as sentence-transformers keeps it beside the network.
 *
 * @param pooling the same of Graft's
 * @param said where it stands and what there is of it
 */
public record NotedPooling(Pooling pooling, String said) {
    private static final String FILE = "1_Pooling/config.json";
    /** Keys of the file: a switch for each way, several of which may be on. */
    private static final String MODE = "pooling_mode_";

    private static final Map<String, Pooling> KNOWN = Map.of("cls_token", Pooling.CLS, "mean_tokens", Pooling.MEAN);

    /** @throws graft.Refusal where the file beside {@code network} is no JSON */
    public static Optional<NotedPooling> of(Path network) {
        return Beside.file(network, FILE).flatMap(file -> of(file, Json.read(file, JsonNode.class)));
    }

    private static Optional<NotedPooling> of(Path file, JsonNode tree) {
        List<String> on = tree.properties().stream()
                .filter(field ->
                        field.getKey().startsWith(MODE) && field.getValue().asBoolean())
                .map(field -> field.getKey().substring(MODE.length()))
                .toList();
        if (on.isEmpty()) {
            return Optional.empty();
        }
        if (on.size() == 1 && KNOWN.containsKey(on.get(0))) {
            Pooling pooling = KNOWN.get(on.get(0));
            return Optional.of(new NotedPooling(
                    pooling,
                    "Tokens are pooled by " + (pooling == Pooling.CLS ? "cls" : "mean") + ", as " + file
                            + " says; --pooling sets another way."));
        }
        return Optional.of(new NotedPooling(
                Pooling.MEAN,
                on.stream().collect(Collectors.joining(" and ", file + " says that tokens were pooled by ", ""))
                        + ", which Graft's"
                        + " heads do not do: the mean of the tokens is taken, and what the network has learnt for the other way may be lost."
                        + " --pooling sets another way."));
    }
}
