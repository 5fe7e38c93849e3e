package graft.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import graft.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Records as JSON: components in snake_case, paths as text, numbers that are not finite as null. Keys that are not known
 * are passed over.
 */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .registerModule(pathsAsText())
            .registerModule(JsonNumbers.MODULE)
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    private Json() {}

    /** Jackson would write a path as a URI. */
    private static SimpleModule pathsAsText() {
        return new SimpleModule()
                .addSerializer(Path.class, new ToStringSerializer(Path.class))
                .addDeserializer(Path.class, new FromStringDeserializer<>(Path.class) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected Path _deserialize(String text, DeserializationContext context) {
                        return Path.of(text);
                    }
                });
    }

    /** On one line. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are written as JSON without fail", e);
        }
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** For a person to read, in a file. */
    public static void write(Path file, Object value) {
        AtomicFile.write(
                file,
                out -> out.write((MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    public static <T> T read(Path file, Class<T> type) {
        try {
            return MAPPER.readValue(Files.readString(file), type);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof Refusal refused) {
                throw new Refusal(file + ": " + refused.getMessage(), e);
            }
            throw new Refusal(
                    file + " is damaged or from another version of Graft" + place(e)
                            + ". Take a copy of it, or start anew.",
                    e);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    /** Its own words name classes and sources. */
    private static String place(JsonProcessingException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : " (line " + e.getLocation().getLineNr() + ")";
    }

    /** A part of a document as a record, a list or an array of numbers. */
    public static <T> T convert(JsonNode part, Class<T> type) {
        try {
            return MAPPER.convertValue(part, type);
        } catch (IllegalArgumentException e) {
            if (e.getCause() != null && e.getCause().getCause() instanceof Refusal refused) {
                throw refused;
            }
            throw e;
        }
    }

    public static JsonNode parse(String text) {
        return read(text, JsonNode.class);
    }

    public static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the JSON of a " + type.getSimpleName(), e);
        }
    }
}
