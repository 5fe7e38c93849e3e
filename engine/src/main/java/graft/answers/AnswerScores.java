package graft.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import graft.files.AtomicFile;
import graft.text.TextEncoding;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds answers that any program wrote against those that are right, as SQuAD's programs do. */
public final class AnswerScores {
    private AnswerScores() {}

    /** Whether a file holds questions with their answers. */
    public static boolean areOf(Path gold) {
        return SquadKind.of(gold).isPresent();
    }

    /**
     * Scores {@code {"id": "answer", …}}, or JSON lines with {@code "input"} and {@code "answer"}, as {@code graft predict} writes them.
     * A question that is not answered counts 0; where questions may have no answer it is passed over, as SQuAD 2.0's program does.
     *
     * @param remarks gets what was left aside
     * @throws Refusal for what is no such file, with its place
     */
    public static AnswerEvaluation of(Path gold, Path predicted, List<String> remarks) {
        List<Question> questions = SquadFile.read(gold, true, false, remarks).questions();
        Map<String, String> said = predictions(predicted);
        boolean mayBeNone = questions.stream().anyMatch(Question::impossible);
        AnswerCounts counts = new AnswerCounts(mayBeNone);
        int missing = 0;
        Set<String> left = new HashSet<>(said.keySet());
        for (Question each : questions) {
            String answer = said.get(each.name());
            left.remove(each.name());
            if (answer == null) {
                missing++;
            }
            if (answer != null || !mayBeNone) {
                counts.add(each, Optional.ofNullable(answer), Optional.empty(), null);
            }
        }
        if (missing == questions.size()) {
            throw new Refusal(predicted + " answers none of the " + questions.size() + " questions of " + gold
                    + ": no id is in both. Give the answers to these very questions.");
        }
        if (missing > 0) {
            remarks.add(missing + " of " + questions.size() + (missing == 1 ? " questions is" : " questions are")
                    + " not answered in " + predicted
                    + (mayBeNone ? ", and passed over, as SQuAD 2.0's program does." : ", and counts 0."));
        }
        if (!left.isEmpty()) {
            remarks.add(left.size() + (left.size() == 1 ? " answer is" : " answers are") + " to no question of " + gold
                    + ", and passed over.");
        }
        return counts.done(null, false, Double.NaN, -1);
    }

    private static Map<String, String> predictions(Path file) {
        Map<String, String> out = new LinkedHashMap<>();
        try (Reader in = TextEncoding.of(file).open(file);
                MappingIterator<JsonNode> nodes =
                        SquadFile.MAPPER.readerFor(JsonNode.class).readValues(in)) {
            while (nodes.hasNextValue()) {
                JsonNode node = nodes.nextValue();
                if (!(node instanceof ObjectNode object)) {
                    throw foreign(file, shortened(node.toString()));
                }
                add(file, object, out);
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(
                    file + ", line " + e.getLocation().getLineNr() + ": this is no JSON. Give answers as {\"id\":"
                            + " \"answer\", …}.",
                    e);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ": " + AtomicFile.reason(e) + ".", e);
        }
        return out;
    }

    private static void add(Path file, ObjectNode object, Map<String, String> out) {
        if (object.path("input").isTextual() && object.path("answer").isTextual()) {
            put(file, object.get("input").asText(), object.get("answer").asText(), out);
            return;
        }
        object.properties().forEach(each -> {
            if (!each.getValue().isTextual()) {
                throw foreign(
                        file, each.getKey() + ": " + shortened(each.getValue().toString()));
            }
            put(file, each.getKey(), each.getValue().asText(), out);
        });
    }

    private static void put(Path file, String id, String answer, Map<String, String> out) {
        if (out.put(id, answer) != null) {
            throw new Refusal(file + " answers the question " + id + " twice. Leave one of the answers.");
        }
    }

    private static Refusal foreign(Path file, String what) {
        return new Refusal(file + " is no file of answers: {\"id\": \"answer\", …} is expected, and there stands "
                + what + ". Of a file of several answers for each question take the best of each.");
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, text.offsetByCodePoints(0, 50)) + "…";
    }
}
