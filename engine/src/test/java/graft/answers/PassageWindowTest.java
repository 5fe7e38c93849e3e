package graft.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import graft.Refusal;
import graft.catalog.MiniLm;
import graft.data.DataSet;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.testdata.Shared;
import graft.text.TextDataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Windows and places of answers are those of Hugging Face's tokenizers; {@code pytorch/answers/make_expected.py} is the recipe. */
class PassageWindowTest {
    private static Path resource(String name) throws Exception {
        return Path.of(PassageWindowTest.class.getResource("/pytorch/" + name).toURI());
    }

    private static AnswerTargets targets(Path source, Path network, int length, int overlap) {
        AnswerData data = AnswerData.open(source, 1, false, 0.2, Progress.NONE);
        DataSet set = AnswerDataSet.of(
                data,
                network,
                OnnxFile.read(network),
                new TextDataSet.Feeding(Optional.empty(), Optional.of(length).filter(n -> n > 0), Set.of()),
                new AnswerDataSet.Wanted(overlap, 0),
                Progress.NONE);
        return AnswerTargets.of(set.train());
    }

    @Test
    void windowsAreThoseOfHuggingFace() throws Exception {
        AnswerTargets found = targets(resource("answers"), resource("text/net.onnx"), 24, 8);
        JsonNode expected =
                new ObjectMapper().readTree(resource("answers/windows.json").toFile());
        assertThat(found.windows()).hasSize(expected.size());
        for (int w = 0; w < expected.size(); w++) {
            assertThat(found.windows().get(w).tokens().ids())
                    .as("window " + w)
                    .containsExactly(ints(expected.get(w).get("ids")));
            assertThat(found.windows().get(w).tokens().types())
                    .containsExactly(ints(expected.get(w).get("types")));
            assertThat(found.places()[w])
                    .as("window " + w)
                    .containsExactly(ints(expected.get(w).get("places")));
        }
    }

    private static int[] ints(JsonNode list) {
        return IntStream.range(0, list.size()).map(i -> list.get(i).asInt()).toArray();
    }

    /** What is learnt, read as an answer is, gives the letters of the right one back, in some window of each question. */
    private static int given(AnswerTargets targets) {
        int[] found = new int[targets.questions().size()];
        for (int w = 0; w < targets.windows().size(); w++) {
            int[] places = targets.places()[w];
            if (places[0] == PassageWindow.NOWHERE) {
                continue;
            }
            PassageWindow window = targets.windows().get(w);
            Question question = targets.questions().get(targets.question()[w]);
            float[][] scores = new float[2][window.tokens().length()];
            scores[0][places[0]] = 9;
            scores[1][places[1]] = 9;
            BestSpans best = new BestSpans();
            best.add(question.passage().text(), window, scores, 1000);
            Candidate candidate = best.best().get(0);
            String said = question.passage().text().substring(candidate.from(), candidate.to());
            assertThat(said)
                    .as(question.place())
                    .isEqualTo(question.golds().get(0).text());
            found[targets.question()[w]] = 1;
        }
        return IntStream.of(found).sum();
    }

    @Test
    void rightAnswersComeBackLetterByLetterBesideEmoji() throws Exception {
        AnswerTargets targets = targets(resource("answers"), resource("text/net.onnx"), 24, 8);
        long answered =
                targets.questions().stream().filter(each -> !each.impossible()).count();
        assertThat(given(targets)).isEqualTo((int) answered);
        assertThat(targets.questions().stream()
                        .filter(each ->
                                !each.impossible() && each.passage().text().contains("\uD83C\uDF89")))
                .isNotEmpty();
    }

    @Test
    void everyRightAnswerOfRealQuestionsComesBack() throws Exception {
        Path questions = Shared.path("data/datasets/qa/xquad.en.json");
        AnswerTargets targets = targets(questions, MiniLm.file(), 160, 64);
        assertThat(given(targets)).isEqualTo(targets.questions().size()).isGreaterThan(900);
        assertThat(targets.windows()).hasSizeGreaterThan(targets.questions().size());
    }

    @Test
    void windowsThatWouldNotGetOnAreRefused() {
        assertThatThrownBy(() -> Cutting.of(64, 0, 64, Map.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContainingAll("--doc-stride 64", "--max-length 64");
        assertThat(Cutting.of(0, 0, 24, Map.of())).isEqualTo(new Cutting(8, 30));
        assertThat(Cutting.of(0, 0, 384, Map.of("graft.doc_stride", "100", "graft.max_answer_length", "12")))
                .isEqualTo(new Cutting(100, 12));
        // However long a question is, a window brings a quarter of its room that is new.
        assertThat(List.of(
                        new Cutting(128, 30).step(369), new Cutting(128, 30).step(130), new Cutting(128, 30).step(2)))
                .containsExactly(241, 32, 1);
    }
}
