package graft.text;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Beside;
import graft.files.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done with the numbers of a text once its tokens are pooled, as sentence-transformers keeps it beside a network.
 *
 * @param file where it stands
 * @param normalized whether they are brought to length one
 * @param others further layers, which lie in files of their own
 */
public record NotedModules(Path file, boolean normalized, List<String> others) {
    private static final String FILE = "modules.json";
    private static final String NORMALIZE = "Normalize";
    /** The network itself, and what {@link NotedPooling} reads. */
    private static final List<String> KNOWN = List.of("Transformer", "Pooling", NORMALIZE);

    /** @throws graft.Refusal where the file beside {@code network} is no JSON */
    public static Optional<NotedModules> of(Path network) {
        return Beside.file(network, FILE).flatMap(file -> of(file, Json.read(file, JsonNode.class)));
    }

    private static Optional<NotedModules> of(Path file, JsonNode tree) {
        List<String> types = new ArrayList<>();
        tree.forEach(module -> {
            String type = module.path("type").asText();
            types.add(type.substring(type.lastIndexOf('.') + 1));
        });
        return types.contains("Pooling")
                ? Optional.of(new NotedModules(
                        file,
                        types.contains(NORMALIZE),
                        types.stream().filter(type -> !KNOWN.contains(type)).toList()))
                : Optional.empty();
    }
}
