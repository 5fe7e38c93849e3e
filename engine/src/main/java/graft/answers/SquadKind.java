package graft.answers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import graft.Refusal;
import graft.data.Clutter;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.text.TextEncoding;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a file of questions is laid out, by what is at its beginning. */
enum SquadKind {
    /** {@code {"data": [{"title", "paragraphs": [{"context", "qas": […]}]}]}}, as SQuAD comes. */
    ARTICLES,
    /** An object for each question, a line each or in one array: {@code {"id", "context", "question", "answers"}}. */
    ROWS;

    private static final List<String> ENDINGS = List.of("json", "jsonl", "ndjson");
    private static final String ARTICLE = "paragraphs";

    /** Empty where a file is none of questions. */
    static Optional<SquadKind> of(Path file) {
        String name = FileNames.last(file).toLowerCase(Locale.ROOT);
        if (!ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
                || !Files.isRegularFile(file)
                || Clutter.file(FileNames.last(file)).isPresent()
                || FileNames.last(file).equals(Corrections.FILE)) {
            return Optional.empty();
        }
        try (Reader in = TextEncoding.of(file).open(file);
                JsonParser json = SquadFile.JSON.createParser(in)) {
            return of(json);
        } catch (Refusal | IOException e) {
            return Optional.empty(); // what cannot be read is told by whoever reads it
        }
    }

    private static Optional<SquadKind> of(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            first = json.nextToken();
        }
        if (first != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        Set<String> keys = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals(ARTICLE)) {
                return Optional.of(ARTICLES);
            }
            if (key.equals(SquadFile.DATA) && value == JsonToken.START_ARRAY) {
                return json.nextToken() == JsonToken.END_ARRAY || holdsArticles(json)
                        ? Optional.of(ARTICLES)
                        : Optional.empty();
            }
            keys.add(key);
            json.skipChildren();
        }
        boolean row = SquadFile.CONTEXTS.stream().anyMatch(keys::contains)
                && keys.contains(SquadFile.QUESTION)
                && keys.contains(SquadFile.ANSWERS);
        return row ? Optional.of(ROWS) : Optional.empty();
    }

    private static boolean holdsArticles(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (json.currentName().equals(ARTICLE)) {
                return true;
            }
            json.nextToken();
            json.skipChildren();
        }
        return false;
    }
}
