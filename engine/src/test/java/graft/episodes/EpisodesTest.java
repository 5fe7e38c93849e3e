package graft.episodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.episodes.EpisodeDraw.Episode;
import graft.testdata.FewShot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpisodesTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private static EpisodePlan plan(int way, int shot, int query, long seed) {
        return new EpisodePlan(way, shot, query, 30, EpisodePlan.Distance.EUCLIDEAN, seed);
    }

    private static int[] labels(int each) {
        return IntStream.range(0, each * NAMES.size())
                .map(i -> i % NAMES.size())
                .toArray();
    }

    @Test
    void classesAndExamplesAreDrawnWithoutReplacement() {
        int[] known = labels(6);
        int[] asked = labels(4);
        for (Episode episode :
                EpisodeDraw.of(known, asked, NAMES, plan(3, 2, 3, 1), "data").all()) {
            assertThat(episode.classes()).hasSize(3).doesNotHaveDuplicates();
            for (int c = 0; c < 3; c++) {
                int number = episode.classes()[c];
                assertThat(episode.support()[c]).hasSize(2).doesNotHaveDuplicates();
                assertThat(episode.queries()[c]).hasSize(3).doesNotHaveDuplicates();
                assertThat(Arrays.stream(episode.support()[c]).map(i -> known[i]))
                        .containsOnly(number);
                assertThat(Arrays.stream(episode.queries()[c]).map(i -> asked[i]))
                        .containsOnly(number);
            }
        }
    }

    @Test
    void theSeedSaysWhatIsInAnEpisode() {
        EpisodeDraw one = EpisodeDraw.of(labels(6), labels(4), NAMES, plan(3, 2, 1, 7), "data");
        EpisodeDraw again = EpisodeDraw.of(labels(6), labels(4), NAMES, plan(3, 2, 1, 7), "data");
        EpisodeDraw other = EpisodeDraw.of(labels(6), labels(4), NAMES, plan(3, 2, 1, 8), "data");
        assertThat(one.episode(5)).usingRecursiveComparison().isEqualTo(again.episode(5));
        assertThat(one.all()).usingRecursiveComparison().isNotEqualTo(other.all());
    }

    @Test
    void tooFewExamplesAreRefusedWithTheClassThatLacksThem() {
        assertThatThrownBy(() -> EpisodeDraw.of(labels(1), labels(4), NAMES, plan(3, 2, 1, 1), "pets"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("pets has 0 of 5")
                .hasMessageContaining("such as a (1 to know it by");
    }

    /** Known by all examples to learn from, the nearest mean is scikit-learn's NearestCentroid. */
    @Test
    void theNearestMeanIsScikitLearnsNearestCentroid() {
        int[] known = FewShot.whole("y_train");
        int[] asked = FewShot.whole("y_val");
        int[] classes = {0, 1, 2};
        Episode all = new Episode(classes, byClass(known), byClass(asked));
        NearestMean nearest = new NearestMean(
                FewShot.features("x_train"),
                FewShot.features("x_val"),
                new EpisodePlan(3, 1, 1, 1, EpisodePlan.Distance.EUCLIDEAN, 1));
        assertThat(nearest.accuracy(all))
                .isCloseTo(FewShot.expected("nearest_accuracy").asDouble(), within(1e-12));
    }

    private static int[][] byClass(int[] labels) {
        return IntStream.range(0, 3)
                .mapToObj(c -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == c)
                        .toArray())
                .toArray(int[][]::new);
    }

    /** Student's quantiles as tables have them: 2.7764, 2.0930, 1.9842. */
    @Test
    void theIntervalIsStudents() {
        assertThat(EpisodeScore.student(4)).isCloseTo(2.7764, within(2e-3));
        assertThat(EpisodeScore.student(19)).isCloseTo(2.0930, within(1e-4));
        assertThat(EpisodeScore.student(99)).isCloseTo(1.9842, within(1e-4));
        EpisodeScore score = EpisodeScore.of(new double[] {0.5, 0.7, 0.6, 0.8, 0.4});
        // Mean 0.6, deviation 0.158114; 2.7764 · 0.158114 / √5 = 0.19632.
        assertThat(score.interval()[0]).isCloseTo(0.6 - 0.19632, within(2e-4));
        assertThat(score.interval()[1]).isCloseTo(0.6 + 0.19632, within(2e-4));
    }
}
