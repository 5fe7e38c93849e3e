package graft.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** JSON objects, one after the other or in one array; each key is a column. */
final class JsonTable implements Table {
    private static final int LOOKED_AT = 1000;
    /** Of a text: what is too long for {@link #MOST_CHARACTERS} is still named by its row. */
    private static final int LONGEST = 40_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST)
                    .maxNestingDepth(64)
                    .build())
            .build();

    private final Path file;
    private final TextEncoding encoding;
    private final Map<String, Integer> columns = new LinkedHashMap<>();

    JsonTable(Path file, TextEncoding encoding) {
        this.file = file;
        this.encoding = encoding;
        int[] seen = {0};
        objects((line, object) -> {
            object.keySet().forEach(key -> columns.putIfAbsent(key, columns.size()));
            return ++seen[0] < LOOKED_AT;
        });
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Optional<List<String>> keys() {
        return Optional.of(List.copyOf(columns.keySet()));
    }

    @Override
    public List<String> notes() {
        return encoding.note().map(List::of).orElse(List.of());
    }

    @Override
    public void read(Predicate<Row> visitor) {
        objects((line, object) -> {
            List<String> cells = new ArrayList<>();
            columns.keySet().forEach(key -> cells.add(object.get(key)));
            return visitor.test(new Row(line, cells));
        });
    }

    private interface ObjectVisitor {
        boolean visit(long line, Map<String, String> object);
    }

    private void objects(ObjectVisitor visitor) {
        try (Reader in = encoding.open(file);
                JsonParser json = JSON.createParser(in)) {
            try {
                objects(json, visitor);
            } catch (JsonProcessingException e) {
                throw new Refusal(
                        file + ", line " + json.currentLocation().getLineNr()
                                + ": this is no JSON that Graft can read. Each line is to be one object such as {\"text\": \"…\","
                                + " \"label\": \"…\"}, with texts of at most "
                                + String.format("%,d", MOST_CHARACTERS) + " characters.",
                        e);
            }
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
    }

    private void objects(JsonParser json, ObjectVisitor visitor) throws IOException {
        boolean array = false;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            long line = json.currentTokenLocation().getLineNr();
            if (token == JsonToken.START_ARRAY && !array) {
                array = true;
            } else if (token == JsonToken.START_OBJECT) {
                if (!visitor.visit(line, object(json))) {
                    return;
                }
            } else if (token != JsonToken.END_ARRAY) {
                throw new Refusal(
                        file + ", line " + line + ": a value stands where an object is expected. Each example is"
                                + " to be one object such as {\"text\": \"…\", \"label\": \"…\"}.");
            }
        }
    }

    /** Scalars as text; what is nested is no column. */
    private static Map<String, String> object(JsonParser json) throws IOException {
        Map<String, String> out = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                json.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                out.put(key, json.getText());
            }
        }
        return out;
    }
}
