package graft.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of a network's outputs, as a note in its file: a JSON array under {@code graft.classes}. */
public final class ClassNames {
    public static final String KEY = "graft.classes";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ClassNames() {}

    /**
     * The names in the order of counting; empty where they are not all whole numbers, or where that is the order they have.
     * Folders are listed in the order of text (1, 10, 2), by which other tools number their classes too, but not all.
     */
    public static Optional<List<String>> inNumericOrder(List<String> names) {
        if (names.isEmpty() || !names.stream().allMatch(name -> name.matches("\\d{1,18}"))) {
            return Optional.empty();
        }
        List<String> sorted =
                names.stream().sorted(Comparator.comparingLong(Long::parseLong)).toList();
        return sorted.equals(names) ? Optional.empty() : Optional.of(sorted);
    }

    public static String toMetadata(List<String> classes) {
        try {
            return JSON.writeValueAsString(classes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of strings can be written as JSON", e);
        }
    }

    /** Empty where the file names no classes; refused where it names them in a way that cannot be read. */
    public static Optional<List<String>> fromMetadata(Map<String, String> metadata) {
        return fromMetadata(metadata, KEY);
    }

    /** The same for names of another note. */
    public static Optional<List<String>> fromMetadata(Map<String, String> metadata, String key) {
        String text = metadata.get(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(List.of(JSON.readValue(text, String[].class)));
        } catch (JsonProcessingException | NullPointerException e) {
            throw new Refusal(
                    "The network's note " + key + " should be a JSON array of names but is: " + text
                            + ". Export the network again, or remove the note.",
                    e);
        }
    }
}
