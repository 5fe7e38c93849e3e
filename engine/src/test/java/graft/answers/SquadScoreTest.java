package graft.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores are those of SQuAD's own programs; {@code answers/make_expected.py} is the recipe. */
class SquadScoreTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static JsonNode expected;

    @TempDir
    Path folder;

    @BeforeAll
    static void read() throws IOException {
        expected = JSON.readTree(SquadScoreTest.class.getResource("/answers/scores.json"));
    }

    /** A passage for each question that holds its answers. */
    private Path gold(JsonNode questions) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode paragraphs = root.putArray("data").addObject().putArray("paragraphs");
        for (JsonNode each : questions) {
            List<String> golds = new ArrayList<>();
            each.get("golds").forEach(gold -> golds.add(gold.asText()));
            String passage = String.join(" | ", golds);
            ObjectNode paragraph = paragraphs.addObject().put("context", passage.isEmpty() ? "none" : passage);
            ObjectNode asked = paragraph
                    .putArray("qas")
                    .addObject()
                    .put("id", each.get("id").asText())
                    .put("question", "what?");
            ArrayNode answers = asked.putArray("answers");
            int at = 0;
            for (String gold : golds) {
                answers.addObject().put("text", gold).put("answer_start", at);
                at += gold.codePointCount(0, gold.length()) + 3;
            }
        }
        return Files.writeString(folder.resolve("gold.json"), root.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "second"})
    void scoresAreThoseOfSquadsPrograms(String rules) throws IOException {
        JsonNode wanted = expected.get(rules);
        Path gold = gold(wanted.get("questions"));
        Path said = Files.writeString(
                folder.resolve("said.json"), wanted.get("predictions").toString());
        List<String> remarks = new ArrayList<>();
        AnswerEvaluation found = AnswerScores.of(gold, said, remarks);
        for (AnswerEvaluation.Asked each : found.questions()) {
            JsonNode right = wanted.get("each").get(each.name());
            assertThat(each.f1()).as(each.toString()).isCloseTo(right.get(0).asDouble(), within(1e-15));
            assertThat(each.exact()).as(each.toString()).isEqualTo(right.get(1).asInt() == 1);
        }
        assertThat(found.questions()).hasSize(wanted.get("each").size());
        assertThat(found.f1()).isCloseTo(wanted.get("f1").asDouble(), within(1e-14));
        assertThat(found.exact()).isCloseTo(wanted.get("exact").asDouble(), within(1e-14));
        assertThat(found.interval()[0]).isLessThan(found.f1());
        assertThat(found.interval()[1]).isGreaterThan(found.f1());
        assertThat(remarks).singleElement().asString().contains("not answered");
    }

    @Test
    void theThresholdForNoAnswerAnswersThoseThatSquadsProgramAnswers() {
        JsonNode none = expected.get("none");
        List<Question> questions = new ArrayList<>();
        List<BestSpans> spans = new ArrayList<>();
        for (JsonNode each : none.get("questions")) {
            String id = each.get("id").asText();
            String said = none.get("predictions").get(id).asText();
            List<Gold> golds = new ArrayList<>();
            each.get("golds").forEach(gold -> golds.add(new Gold(0, 1, gold.asText())));
            questions.add(new Question(id, id, new Passage("", said), "what?", golds));
            spans.add(BestSpans.of(
                    new Candidate(0, said.length(), 0),
                    none.get("missing").get(id).asDouble()));
        }
        // The program gives the last question that is answered; the next one is not.
        double last = none.get("threshold").asDouble();
        double next = spans.stream()
                .mapToDouble(BestSpans::missing)
                .filter(missing -> missing > last)
                .min()
                .orElseThrow();
        assertThat(NoAnswer.threshold(questions, spans.toArray(BestSpans[]::new)))
                .isGreaterThan(last)
                .isLessThan(next);
    }

    @Test
    void whatIsNoFileOfAnswersIsRefused() throws IOException {
        Path gold = gold(expected.get("first").get("questions"));
        Path nested = Files.writeString(folder.resolve("nested.json"), "{\"q1\": [{\"text\": \"a\"}]}");
        assertThatThrownBy(() -> AnswerScores.of(gold, nested, new ArrayList<>()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(nested.toString(), "q1", "best of each");
        Path others = Files.writeString(folder.resolve("others.json"), "{\"nobody\": \"a\"}");
        assertThatThrownBy(() -> AnswerScores.of(gold, others, new ArrayList<>()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(others.toString(), gold.toString(), "no id is in both");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"q1\": \"a\",\n \"q2\": ");
        assertThatThrownBy(() -> AnswerScores.of(gold, broken, new ArrayList<>()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll(broken + ", line 2", "no JSON");
    }
}
