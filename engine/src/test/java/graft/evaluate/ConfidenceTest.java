package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected figures are scikit-learn's and numpy's: {@code make_confidence.py} beside {@code confidence.json} is the recipe. */
class ConfidenceTest {
    private static JsonNode expected(int at) throws IOException {
        try (InputStream in = ConfidenceTest.class.getResourceAsStream("/graft/evaluate/confidence.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .get(at);
        }
    }

    private static Predictions predictions(JsonNode said) {
        int n = said.get("truth").size();
        float[][] probabilities = new float[n][];
        int[] predicted = new int[n];
        int[] truth = new int[n];
        for (int i = 0; i < n; i++) {
            JsonNode row = said.get("probabilities").get(i);
            probabilities[i] = new float[row.size()];
            for (int c = 0; c < row.size(); c++) {
                probabilities[i][c] = (float) row.get(c).asDouble();
                predicted[i] = probabilities[i][c] > probabilities[i][predicted[i]] ? c : predicted[i];
            }
            truth[i] = said.get("truth").get(i).asInt();
        }
        List<String> classes = IntStream.range(0, probabilities[0].length)
                .mapToObj(c -> "c" + c)
                .toList();
        return new Predictions(classes, List.of(), truth, predicted, probabilities);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void figuresAreThoseOfScikitLearn(int at) throws IOException {
        JsonNode expected = expected(at);
        Confidence found =
                ClassEvaluation.of(predictions(expected)).confidence().orElseThrow();
        assertThat(found.ece()).isCloseTo(expected.get("ece").asDouble(), within(1e-6));
        assertThat(found.brier()).isCloseTo(expected.get("brier").asDouble(), within(1e-6));
        assertThat(found.nll()).isCloseTo(expected.get("nll").asDouble(), within(1e-6));
        assertThat(found.auc().orElseThrow()).isCloseTo(expected.get("auc").asDouble(), within(1e-9));
        assertThat(found.bins().stream().mapToInt(Confidence.Bin::count).sum())
                .isEqualTo(expected.get("truth").size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theAreaOfEachClassAgainstTheRestIsThatOfScikitLearn(int at) throws IOException {
        JsonNode expected = expected(at);
        Predictions said = predictions(expected);
        for (int label = 0; label < said.classes().size(); label++) {
            assertThat(ThresholdCurve.of(said, label).auc())
                    .isCloseTo(expected.get("aucs").get(label).asDouble(), within(1e-9));
        }
    }

    /** By hand: four examples, of which the first and the third are of the class. */
    @Test
    void theCheapestThresholdWeighsWhatIsOverlookedAgainstFalseAlarms() {
        Predictions said = new Predictions(
                List.of("no", "yes"), List.of(), new int[] {1, 0, 1, 0}, new int[] {1, 1, 1, 0}, new float[][] {
                    {0.1f, 0.9f}, {0.3f, 0.7f}, {0.4f, 0.6f}, {0.8f, 0.2f}
                });
        ThresholdCurve curve = ThresholdCurve.of(said, 1);
        assertThat(curve.points())
                .extracting(ThresholdCurve.Point::hits, ThresholdCurve.Point::alarms)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 0),
                        org.assertj.core.groups.Tuple.tuple(1, 1),
                        org.assertj.core.groups.Tuple.tuple(2, 1),
                        org.assertj.core.groups.Tuple.tuple(2, 2));
        assertThat(curve.cheapest(1, 1).threshold())
                .as("one error either way: the stricter one")
                .isCloseTo(0.9, within(1e-6));
        assertThat(curve.cheapest(5, 1).threshold()).isCloseTo(0.6, within(1e-6));
        assertThat(curve.cheapest(1, 5).threshold()).isCloseTo(0.9, within(1e-6));
        assertThat(curve.at(0.65)).isEqualTo(new ThresholdCurve.Point(0.65, 1, 1));
        assertThat(curve.at(0.95)).isEqualTo(new ThresholdCurve.Point(0.95, 0, 0));
        assertThat(curve.auc()).as("of four pairs three are in order").isEqualTo(0.75);
    }

    @Test
    void ofOneClassAloneThereIsNoArea() {
        Predictions said =
                new Predictions(List.of("a", "b"), List.of(), new int[] {0, 0}, new int[] {0, 1}, new float[][] {
                    {0.9f, 0.1f}, {0.2f, 0.8f}
                });
        assertThat(ClassEvaluation.of(said).auc()).isNull();
        assertThat(ClassEvaluation.of(said).ece()).isNotNull();
    }

    @Test
    void withoutProbabilitiesNothingIsSaidOfThem() {
        ClassEvaluation counted = ClassEvaluation.of(List.of("a", "b"), new int[] {0, 1}, new int[] {0, 1});
        assertThat(counted.confidence()).isEmpty();
        assertThat(Json.write(counted)).contains("\"ece\":null");
        assertThat(Json.convert(Json.tree(counted), ClassEvaluation.class).confidence())
                .isEmpty();
    }
}
