package graft.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import graft.progress.Event;

/** Results and events as JSON: record components in snake_case. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("results are records that Jackson can write", e);
        }
    }

    /** One line: {@code {"event": kind, …}}. */
    static String line(Event event) {
        ObjectNode node = MAPPER.createObjectNode().put("event", event.kind());
        node.setAll((ObjectNode) MAPPER.valueToTree(event));
        return node.toString();
    }
}
