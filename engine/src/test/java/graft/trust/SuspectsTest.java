package graft.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import graft.progress.Event;
import graft.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected figures are scikit-learn's ({@code make_suspects.py} beside {@code suspects.json} is the recipe), or by hand. */
class SuspectsTest {
    private static JsonNode expected(String name) {
        try (InputStream in = SuspectsTest.class.getResourceAsStream("/graft/trust/suspects.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .get(name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double[][] table(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> StreamSupport.stream(row.spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static int[] whole(JsonNode row) {
        return StreamSupport.stream(row.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static float[][] features(JsonNode given) {
        return Arrays.stream(table(given.get("x")))
                .map(row -> {
                    float[] out = new float[row.length];
                    IntStream.range(0, out.length).forEach(j -> out[j] = (float) row[j]);
                    return out;
                })
                .toArray(float[][]::new);
    }

    /** {@code many} has more numbers per example than there are examples: these are computed by inner products alone. */
    @ParameterizedTest
    @ValueSource(strings = {"few", "many"})
    void whatWasLeftOutIsAnsweredAsScikitLearnAnswersIt(String name) {
        JsonNode given = expected(name);
        double[][] wanted = table(given.get("probabilities"));

        double[][] found = CrossValidation.probabilities(
                Coordinates.of(features(given), 1),
                whole(given.get("labels")),
                wanted[0].length,
                whole(given.get("fold_of")),
                Progress.NONE);

        for (int i = 0; i < wanted.length; i++) {
            for (int c = 0; c < wanted[i].length; c++) {
                assertThat(found[i][c]).as("example %d, class %d", i, c).isCloseTo(wanted[i][c], within(1e-5));
            }
        }
    }

    /**
     * By hand. Thresholds: mean of 0.9, 0.8, 0.1 = 0.6 of class a; of 0.75, 0.9, 0.5 = 0.717 of class b. The third example has b at
     * 0.9 ≥ 0.717: surely b, though labelled a. The last is sure of neither.
     */
    @Test
    void whoIsSurelyOfAnotherClassIsCounted() {
        double[][] probabilities = {{0.9, 0.1}, {0.8, 0.2}, {0.1, 0.9}, {0.25, 0.75}, {0.1, 0.9}, {0.5, 0.5}};

        ConfidentJoint joint = ConfidentJoint.of(probabilities, new int[] {0, 0, 0, 1, 1, 1}, 2);

        assertThat(joint.sure()).containsExactly(0, 0, 1, 1, 1, -1);
        assertThat(joint.counts()).isDeepEqualTo(new int[][] {{2, 1}, {0, 2}});
        assertThat(joint.wrong()).isEqualTo(1);
    }

    @Test
    void everyFoldHasItsShareOfEachClassAndCopiesStayTogether() {
        int[] labels = IntStream.range(0, 100).map(i -> i < 60 ? 0 : 1).toArray();
        List<String> keys =
                IntStream.range(0, 100).mapToObj(i -> i < 4 ? "copy" : "k" + i).toList();

        int[] folds = CrossValidation.folds(labels, keys, 5, 3);

        assertThat(Arrays.stream(folds, 0, 4).distinct().count()).isOne();
        for (int fold = 0; fold < 5; fold++) {
            int mine = fold;
            assertThat(IntStream.range(60, 100).filter(i -> folds[i] == mine).count())
                    .isEqualTo(8);
            assertThat(IntStream.range(4, 60).filter(i -> folds[i] == mine).count())
                    .isBetween(10L, 12L);
        }
    }

    /** Johnson and Lindenstrauss: distances of what is projected to 500 numbers are right to about a thirtieth, 1/√(2·500). */
    @Test
    void tooManyNumbersAreProjectedAndDistancesStay() {
        Random random = new Random(2);
        float[][] wide = new float[501][700];
        for (float[] row : wide) {
            for (int j = 0; j < 200; j++) {
                row[j] = (float) random.nextGaussian();
            }
        }

        double[][] made = Coordinates.of(wide, 500, 1);

        for (int i = 1; i < 20; i++) {
            double before = 0;
            double after = 0;
            for (int j = 0; j < wide[0].length; j++) {
                before += Math.pow(wide[0][j] - wide[i][j], 2);
            }
            for (int j = 0; j < made[0].length; j++) {
                after += Math.pow(made[0][j] - made[i][j], 2);
            }
            assertThat(Math.sqrt(after / before)).isCloseTo(1, within(0.13));
        }
    }

    @Test
    void aSearchThatIsCancelledEnds() {
        Progress cancelled = new Progress() {
            @Override
            public void report(Event event) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> CrossValidation.probabilities(
                        new double[][] {{0}, {1}, {2}, {3}},
                        new int[] {0, 1, 0, 1},
                        2,
                        new int[] {0, 0, 1, 1},
                        cancelled))
                .isInstanceOf(CancellationException.class);
    }
}
