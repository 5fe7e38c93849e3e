package graft.tags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entities and their scores are seqeval's, to the last digit; {@code tags/make_expected.py} is the recipe. */
class ChunkTest {
    private static JsonNode cases() throws IOException {
        return new ObjectMapper().readTree(ChunkTest.class.getResource("/tags/seqeval.json"));
    }

    private static List<String> tags(JsonNode sentence) {
        return StreamSupport.stream(sentence.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void entitiesOfAnySequenceAreSeqevals() throws IOException {
        for (JsonNode each : cases()) {
            for (int s = 0; s < each.get("gold").size(); s++) {
                List<Chunk> expected = new ArrayList<>();
                each.get("entities")
                        .get(s)
                        .forEach(chunk -> expected.add(new Chunk(
                                chunk.get(0).asText(),
                                chunk.get(1).asInt(),
                                chunk.get(2).asInt())));
                List<String> tags = tags(each.get("gold").get(s));
                assertThat(Chunk.of(tags)).as(tags.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void scoresAreSeqevals() throws IOException {
        for (JsonNode each : cases()) {
            TagCounts counts = new TagCounts();
            for (int s = 0; s < each.get("gold").size(); s++) {
                List<String> gold = tags(each.get("gold").get(s));
                counts.add(ofWords(gold.size()), gold, tags(each.get("said").get(s)));
            }
            TagEvaluation found = counts.done(0, -1);
            assertThat(found.all().precision()).isEqualTo(each.get("precision").asDouble());
            assertThat(found.all().recall()).isEqualTo(each.get("recall").asDouble());
            assertThat(found.all().f1()).isEqualTo(each.get("f1").asDouble());
            assertThat(found.tokenAccuracy()).isEqualTo(each.get("accuracy").asDouble());
            assertThat(found.interval()[0]).isLessThanOrEqualTo(found.all().f1());
            assertThat(found.interval()[1]).isGreaterThanOrEqualTo(found.all().f1());
        }
    }

    private static Sentence ofWords(int count) {
        String text = "w ".repeat(count).strip();
        int[] from = IntStream.range(0, count).map(i -> 2 * i).toArray();
        int[] to = IntStream.range(0, count).map(i -> 2 * i + 1).toArray();
        return new Sentence("s", text, new int[] {1}, from, to, List.of());
    }

    @Test
    void mistakesAreToldByKind() {
        TagCounts counts = new TagCounts();
        counts.add(
                ofWords(8),
                List.of("B-PER", "I-PER", "O", "B-LOC", "O", "B-ORG", "O", "O"),
                List.of("B-PER", "O", "O", "B-ORG", "O", "O", "O", "B-LOC"));
        assertThat(counts.done(0, -1).confusions())
                .containsExactlyInAnyOrder(
                        new TagEvaluation.Confusion("PER", "PER", true, 1),
                        new TagEvaluation.Confusion("LOC", "ORG", false, 1),
                        new TagEvaluation.Confusion("ORG", "", false, 1),
                        new TagEvaluation.Confusion("", "LOC", false, 1));
    }

    @Test
    void filesOfTagsAreScoredAsTheyStand(@TempDir Path folder) throws IOException {
        for (JsonNode each : cases()) {
            Path gold = write(folder.resolve("gold.conll"), each.get("gold"));
            Path said = write(folder.resolve("said.txt"), each.get("said"));
            assertThat(TagScores.of(gold, said).all().f1())
                    .isEqualTo(each.get("f1").asDouble());
        }
        Path gold = Files.writeString(folder.resolve("a.conll"), "Ada B-PER\nran O\n\nso O\n");
        Path said = Files.writeString(folder.resolve("b.conll"), "Ada B-PER\nrun O\n\nso O\n");
        assertThatThrownBy(() -> TagScores.of(gold, said))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("line 2, \"ran\"", "b.conll has, in line 2, \"run\"", "the same words");
        Files.writeString(said, "Ada B-PER\nran O\n");
        assertThatThrownBy(() -> TagScores.of(gold, said)).hasMessageContaining("b.conll has no such sentence");
    }

    private static Path write(Path file, JsonNode sentences) throws IOException {
        StringBuilder out = new StringBuilder();
        for (JsonNode sentence : sentences) {
            sentence.forEach(tag -> out.append("w ").append(tag.asText()).append('\n'));
            out.append('\n');
        }
        return Files.writeString(file, out);
    }
}
