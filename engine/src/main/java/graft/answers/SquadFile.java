package graft.answers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import graft.data.FileNames;
import graft.files.AtomicFile;
import graft.text.TextEncoding;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Questions about passages as SQuAD 1.1 and 2.0 lay them out (Rajpurkar 2016, 2018), or an object for each; an article is read at a
 * time, however large the file is.
 */
final class SquadFile {
    /** Networks read a few thousand letters at once. */
    static final int MOST_CHARACTERS = 1_000_000;

    static final String DATA = "data";
    static final String QUESTION = "question";
    static final String ANSWERS = "answers";
    static final List<String> CONTEXTS = List.of("context", "passage");

    /** Of a passage: what is too long for {@link #MOST_CHARACTERS} is still named by its place. */
    private static final int LONGEST = 40_000_000;

    static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST)
                    .maxNestingDepth(64)
                    .build())
            .build());

    static final JsonFactory JSON = MAPPER.getFactory();

    private final Path file;
    private final SquadQuestions questions;
    private int article;
    /** The line that a row begins in which is being read; 0 between rows, and in articles. */
    private int row;

    private String titled = "";
    private boolean rows;

    private SquadFile(Path file, SquadQuestions questions) {
        this.file = file;
        this.questions = questions;
    }

    /**
     * Reads the whole file.
     *
     * @param answered whether answers are read and looked for in the passages
     * @param notes gets what was assumed of its letters
     * @param skip whether questions that are not in order are left out
     * @throws Refusal where they are not and it is not so, naming file, article and question
     */
    static SquadQuestions read(Path file, boolean answered, boolean skip, List<String> notes) {
        SquadQuestions out = new SquadQuestions(file, answered);
        TextEncoding encoding = TextEncoding.of(file);
        encoding.note().ifPresent(notes::add);
        SquadFile reader = new SquadFile(file, out);
        try (Reader in = encoding.open(file);
                JsonParser json = JSON.createParser(in)) {
            try {
                reader.read(json);
            } catch (JsonProcessingException e) {
                throw new Refusal(
                        file + ", " + reader.at(json) + ": this is no JSON ("
                                + e.getOriginalMessage().lines().findFirst().orElse("")
                                + "). Check that the file was saved or copied to the end, or write it again with the program"
                                + " that made it.",
                        e);
            }
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
        out.done(skip);
        out.contradiction().ifPresent(notes::add);
        return out;
    }

    /** Where JSON ends to be some: of rows the line that the broken one begins in, for a parser notices it further on. */
    private String at(JsonParser json) {
        return row > 0
                ? "line " + row
                : "line " + json.currentLocation().getLineNr() + ", column "
                        + json.currentLocation().getColumnNr() + after();
    }

    private String after() {
        return article == 0 ? "" : ", behind article " + article + (titled.isEmpty() ? "" : " (" + titled + ")");
    }

    private Refusal foreign() {
        return new Refusal(
                file + " is not laid out as SQuAD is: {\"data\": [{\"title\": …, \"paragraphs\": [{\"context\": …,"
                        + " \"qas\": [{\"id\": …, \"question\": …, \"answers\": [{\"text\": …, \"answer_start\": …}]}]}]}]}, or an"
                        + " object for each question with \"context\", \"question\" and \"answers\". Convert it to one of these.");
    }

    private void read(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            elements(json);
        } else if (first == JsonToken.START_OBJECT && isOfRows()) {
            rows = true;
            for (JsonToken token = first; token != null; token = json.nextToken()) {
                element(json, token);
            }
        } else if (first == JsonToken.START_OBJECT) {
            root(json);
        } else {
            throw foreign();
        }
    }

    private boolean isOfRows() {
        return SquadKind.of(file).equals(Optional.of(SquadKind.ROWS));
    }

    private void root(JsonParser json) throws IOException {
        boolean found = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean data = json.currentName().equals(DATA);
            JsonToken value = json.nextToken();
            if (data && value == JsonToken.START_ARRAY) {
                found = true;
                elements(json);
            } else {
                json.skipChildren();
            }
        }
        if (!found) {
            throw foreign();
        }
        if (json.nextToken() != null) {
            throw foreign();
        }
    }

    private void elements(JsonParser json) throws IOException {
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            element(json, token);
        }
    }

    private void element(JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw foreign();
        }
        int line = json.currentTokenLocation().getLineNr();
        row = rows ? line : 0;
        JsonNode object = MAPPER.readTree(json);
        row = 0;
        JsonNode paragraphs = object.get("paragraphs");
        if (paragraphs != null && paragraphs.isArray()) {
            article++;
            titled = object.path("title").asText("");
            article(paragraphs);
        } else if (object.has(QUESTION)) {
            row(object, line);
        } else {
            throw foreign();
        }
    }

    /** Underscores stand for blanks in SQuAD's titles; they are left. */
    private void article(JsonNode paragraphs) {
        String name = titled.isBlank() ? "article " + article : titled;
        for (int i = 0; i < paragraphs.size(); i++) {
            JsonNode paragraph = paragraphs.get(i);
            String where =
                    "article " + article + (titled.isBlank() ? "" : " (" + titled + ")") + ", passage " + (i + 1);
            Optional<Passage> passage = questions.passage(name, context(paragraph), where);
            JsonNode asked = paragraph.path("qas");
            for (int q = 0; passage.isPresent() && q < asked.size(); q++) {
                String id = asked.get(q).path("id").asText("");
                questions.add(passage.get(), asked.get(q), where + ", question " + (id.isEmpty() ? q + 1 : id));
            }
        }
    }

    private void row(JsonNode object, int line) {
        String where = "line " + line;
        String text = context(object);
        String title = object.path("title").asText("");
        // Without a title each passage is an article of its own.
        questions
                .passage(title.isBlank() ? text : title, text, where)
                .ifPresent(passage -> questions.add(
                        passage,
                        object,
                        where
                                + (object.has("id")
                                        ? ", question " + object.get("id").asText()
                                        : "")));
    }

    private static String context(JsonNode object) {
        return CONTEXTS.stream()
                .map(object::get)
                .filter(each -> each != null && each.isTextual())
                .map(JsonNode::asText)
                .findFirst()
                .orElse("");
    }

    /** What a file is called in names of questions that have no id. */
    static String called(Path file) {
        return FileNames.last(file);
    }
}
