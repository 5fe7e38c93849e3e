package graft.meaning;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Beside;
import graft.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The {@code config.json} that Hugging Face's library keeps beside a network: what it is for, and what its answers are called. */
public final class ForeignConfig {
    private static final long MOST_BYTES = 4 << 20;

    private final JsonNode config;

    private ForeignConfig(JsonNode config) {
        this.config = config;
    }

    /** Empty where there is none that can be read: it says nothing that is needed. */
    public static Optional<ForeignConfig> beside(Path network) {
        Optional<Path> file = Beside.file(network, "config.json");
        try {
            return file.isEmpty() || Files.size(file.get()) > MOST_BYTES
                    ? Optional.empty()
                    : Optional.of(new ForeignConfig(Json.parse(Files.readString(file.get()))));
        } catch (Refusal e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file.orElseThrow() + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** Whether it is of a network with a head for this: "TokenClassification". */
    public boolean isFor(String task) {
        for (JsonNode name : config.path("architectures")) {
            if (name.asText().endsWith("For" + task)) {
                return true;
            }
        }
        return false;
    }

    /** Names by the number of the answer; empty where some have none, or only one that a library made up ({@code LABEL_0}). */
    public List<String> labels() {
        Map<Integer, String> out = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : config.path("id2label").properties()) {
            if (each.getKey().matches("[0-9]{1,6}") && !each.getValue().asText().matches("LABEL_[0-9]+")) {
                out.put(Integer.parseInt(each.getKey()), each.getValue().asText());
            }
        }
        boolean whole =
                out.size() == config.path("id2label").size() && out.keySet().equals(numbers(out.size()));
        return whole ? new ArrayList<>(out.values()) : List.of();
    }

    private static Set<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toSet());
    }
}
