package graft.tags;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import graft.data.Span;
import graft.files.AtomicFile;
import graft.text.TextEncoding;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON lines: a text and its entities by their places ({@code {"text", "spans": [[start, end, label]]}}, or objects with these keys),
 * or words and their tags ({@code {"tokens", "tags"}}).
 */
final class SpanFile {
    /** Of a line: a text, and what stands around its letters. */
    static final int MOST_CHARACTERS = 4_000_000;

    private static final List<String> TEXTS = List.of("text", "sentence", "content");
    private static final List<String> SPANS = List.of("spans", "entities", "label", "labels", "annotations");
    private static final List<String> TOKENS = List.of("tokens", "words");
    private static final List<String> TAGS = List.of("tags", "ner_tags", "labels");
    private static final List<String> STARTS = List.of("start", "start_offset", "begin");
    private static final List<String> ENDS = List.of("end", "end_offset");
    private static final List<String> TYPES = List.of("label", "type", "entity", "entity_group");
    private static final int NAMED = 3;
    private static final String EXPECTED =
            "Each line is to be one object such as {\"text\": \"Ada was here\", \"spans\": [[0, 3, \"person\"]]}";

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MOST_CHARACTERS)
                    .maxNestingDepth(64)
                    .build())
            .build());

    private final Path file;
    private final List<Marked> marked = new ArrayList<>();
    private final List<List<ConllFile.Line>> tagged = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int wrongCount;

    /** A text, and entities as the file counts letters. */
    record Marked(int line, String text, List<Span> spans) {}

    /**
     * What a file holds.
     *
     * @param marked texts with places
     * @param tagged words with tags
     * @param left lines that could not be read, and were left out
     */
    record Read(List<Marked> marked, List<List<ConllFile.Line>> tagged, int left, String wrong) {}

    private SpanFile(Path file) {
        this.file = file;
    }

    static Read read(Path file, boolean skip, List<String> notes) {
        SpanFile out = new SpanFile(file);
        TextEncoding encoding = TextEncoding.of(file);
        encoding.note().ifPresent(notes::add);
        try (Reader in = encoding.open(file)) {
            LineReader lines = new LineReader(in, file, MOST_CHARACTERS);
            int number = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                number++;
                if (!line.isBlank()) {
                    out.take(number, line);
                }
            }
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
        if (out.wrongCount > 0 && !skip) {
            throw new Refusal(
                    out.words() + ". " + EXPECTED + "; mend it, or pass --skip-unreadable to leave such lines out.");
        }
        if (out.marked.isEmpty() && out.tagged.isEmpty()) {
            throw new Refusal(file + " holds no sentence"
                    + (out.wrongCount > 0
                            ? " that is in order: " + out.words() + ". " + EXPECTED + "."
                            : ". Check that it was saved or copied to the end."));
        }
        return new Read(out.marked, out.tagged, out.wrongCount, out.wrongCount == 0 ? "" : out.words());
    }

    private String words() {
        return String.join("; ", wrong)
                + (wrongCount > wrong.size() ? "; and " + (wrongCount - wrong.size()) + " lines more" : "");
    }

    private void fault(int number, String what) {
        wrongCount++;
        if (wrong.size() < NAMED) {
            wrong.add(file + ", line " + number + ", " + what);
        }
    }

    /** Whether a line is of such a file, as far as it can be told. */
    static boolean isOne(String line) {
        try {
            JsonNode object = JSON.readTree(line);
            return object != null
                    && object.isObject()
                    && (value(object, TEXTS).isPresent()
                                    && array(object, SPANS)
                                            .filter(spans -> spans.isEmpty()
                                                    || spans.get(0).isArray()
                                                    || spans.get(0).isObject())
                                            .isPresent()
                            || array(object, TOKENS).isPresent()
                                    && array(object, TAGS).isPresent());
        } catch (JsonProcessingException e) {
            return false; // whoever reads it says so
        }
    }

    private static Optional<JsonNode> value(JsonNode object, List<String> keys) {
        return keys.stream()
                .map(object::get)
                .filter(each -> each != null && each.isValueNode())
                .findFirst();
    }

    private static Optional<JsonNode> array(JsonNode object, List<String> keys) {
        return keys.stream()
                .map(object::get)
                .filter(each -> each != null && each.isArray())
                .findFirst();
    }

    private void take(int number, String line) {
        JsonNode object;
        try {
            object = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            fault(number, "is no JSON");
            return;
        }
        Optional<JsonNode> tokens = array(object, TOKENS);
        Optional<JsonNode> text = value(object, TEXTS);
        if (tokens.isPresent() && array(object, TAGS).isPresent()) {
            words(number, tokens.get(), array(object, TAGS).get());
        } else if (text.isEmpty()) {
            fault(number, "has no \"text\"");
        } else if (text.get().asText().isBlank()) {
            fault(number, "has an empty text");
        } else if (text.get().asText().length() > ConllFile.MOST_CHARACTERS) {
            fault(number, "has a text of more than " + String.format("%,d", ConllFile.MOST_CHARACTERS) + " characters");
        } else {
            Optional<JsonNode> spans = array(object, SPANS);
            if (spans.isEmpty()) {
                fault(number, "has no list of \"spans\" or \"entities\"; where there are none it is to be []");
            } else {
                spans(number, text.get().asText(), spans.get());
            }
        }
    }

    private void words(int number, JsonNode tokens, JsonNode tags) {
        if (tokens.size() != tags.size()) {
            fault(number, "has " + tokens.size() + " tokens and " + tags.size() + " tags");
            return;
        }
        List<ConllFile.Line> out = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String tag = tags.get(i).asText();
            if (tokens.get(i).asText().isBlank() || !Scheme.isTag(tag)) {
                fault(
                        number,
                        tags.get(i).isNumber()
                                ? "has numbers for tags, and nothing says what they are: write the tags themselves"
                                : "has the tag \"" + tag + "\" for the token \""
                                        + tokens.get(i).asText() + "\"");
                return;
            }
            out.add(new ConllFile.Line(number, tokens.get(i).asText(), Scheme.plain(tag)));
        }
        if (!out.isEmpty()) {
            tagged.add(out);
        }
    }

    private void spans(int number, String text, JsonNode spans) {
        int most = text.length();
        List<Span> out = new ArrayList<>();
        for (JsonNode each : spans) {
            Optional<Span> span = span(each);
            if (span.isEmpty()) {
                fault(number, "has an entity that is not start, end and label: " + each);
                return;
            }
            Span found = span.get();
            if (found.start() < 0 || found.start() >= found.end() || found.end() > most) {
                fault(
                        number,
                        "has an entity from " + found.start() + " to " + found.end() + " in a text of " + most
                                + " characters");
                return;
            }
            if (found.type().equals(Chunk.OUTSIDE)) {
                fault(
                        number,
                        "has an entity called O, from " + found.start() + " to " + found.end() + ": O stands for none");
                return;
            }
            if (found.type().isBlank()) {
                fault(number, "has an entity without a label, from " + found.start() + " to " + found.end());
                return;
            }
            Optional<Span> crossed = out.stream()
                    .filter(other -> other.start() < found.end() && found.start() < other.end())
                    .findFirst();
            if (crossed.isPresent()) {
                fault(
                        number,
                        "has two entities over the same letters, "
                                + crossed.get().type() + " from "
                                + crossed.get().start() + " and " + found.type() + " from " + found.start()
                                + ": a word has one tag");
                return;
            }
            out.add(found);
        }
        marked.add(new Marked(number, text, out));
    }

    private static Optional<Span> span(JsonNode node) {
        Optional<JsonNode> start = node.isArray() ? Optional.ofNullable(node.get(0)) : value(node, STARTS);
        Optional<JsonNode> end = node.isArray() ? Optional.ofNullable(node.get(1)) : value(node, ENDS);
        Optional<JsonNode> type = node.isArray() ? Optional.ofNullable(node.get(2)) : value(node, TYPES);
        if (start.filter(JsonNode::isInt).isEmpty()
                || end.filter(JsonNode::isInt).isEmpty()
                || type.filter(JsonNode::isValueNode).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Span(start.get().asInt(), end.get().asInt(), type.get().asText()));
    }
}
