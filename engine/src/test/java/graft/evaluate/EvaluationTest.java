package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.judge.Wilson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
    @TempDir
    Path folder;

    /** By hand: 4 cats (3 right, 1 dog), 2 dogs (1 right, 1 cat), no bird. */
    private static final ClassEvaluation PETS = ClassEvaluation.of(
            List.of("cat", "dog", "bird"), new int[] {0, 0, 0, 0, 1, 1}, new int[] {0, 0, 0, 1, 1, 0});

    @Test
    void countsRowsByTruthAndColumnsByPrediction() {
        assertThat(PETS.confusion()).isDeepEqualTo(new int[][] {{3, 1, 0}, {1, 1, 0}, {0, 0, 0}});
        assertThat(PETS.accuracy()).isEqualTo(4 / 6.0);
        assertThat(PETS.baseline()).isEqualTo(4 / 6.0);
        assertThat(PETS.n()).isEqualTo(6);
    }

    /** Recalls: three of four cats, one of two dogs; no bird was there. */
    @Test
    void balancedAccuracyIsTheMeanRecallOfTheClassesThatOccur() {
        ClassEvaluation cats = ClassEvaluation.of(
                List.of("cat", "dog", "bird"), new int[] {0, 0, 0, 0, 1, 1}, new int[] {0, 0, 0, 1, 1, 0});
        assertThat(cats.balancedAccuracy()).isEqualTo((0.75 + 0.5) / 2);
    }

    @Test
    void scoresOfEachClassAreThoseFoundByHand() {
        ClassScore dog = PETS.perClass().get(1);
        assertThat(dog.precision()).isEqualTo(0.5);
        assertThat(dog.recall()).isEqualTo(0.5);
        assertThat(dog.f1()).isEqualTo(0.5);
        assertThat(dog.support()).isEqualTo(2);
        ClassScore bird = PETS.perClass().get(2);
        assertThat(new double[] {bird.precision(), bird.recall(), bird.f1()}).containsExactly(0, 0, 0);
    }

    /** Wilson's definition: the ends are the shares p from which the observed one lies exactly z standard errors away. */
    @ParameterizedTest
    @CsvSource({"145, 153", "1, 2", "60, 10000", "0, 10", "10, 10"})
    void endsOfTheIntervalAreZStandardErrorsAway(int right, int n) {
        double[] interval = Wilson.interval(right, n);
        for (double p : interval) {
            double away = Math.abs((double) right / n - p);
            assertThat(away).isCloseTo(1.959963984540054 * Math.sqrt(p * (1 - p) / n), within(1e-12));
        }
        assertThat(interval[1] - interval[0]).isGreaterThan(0);
    }

    @Property(tries = 500)
    void intervalContainsTheShare(
            @ForAll @IntRange(min = 1, max = 100_000) int n, @ForAll @IntRange(max = 1000) int part) {
        int right = (int) ((long) n * part / 1000);
        double[] interval = Wilson.interval(right, n);
        assertThat((double) right / n).isBetween(interval[0], interval[1]);
        assertThat(interval[0]).isGreaterThanOrEqualTo(0);
        assertThat(interval[1]).isLessThanOrEqualTo(1);
    }

    @Test
    void averagePrecisionWeighsPrecisionByTheRiseOfRecall() {
        // By hand, for the example in scikit-learn's manual: recall rises to 1/2 at precision 1/1, and to 1 at 2/3.
        float[][] probabilities = {{0.9f, 0.1f}, {0.6f, 0.4f}, {0.65f, 0.35f}, {0.2f, 0.8f}};
        ClassEvaluation evaluation = ClassEvaluation.of(new Predictions(
                List.of("no", "yes"),
                List.of("a", "b", "c", "d"),
                new int[] {0, 0, 1, 1},
                new int[] {0, 0, 0, 1},
                probabilities));
        assertThat(evaluation.perClass().get(1).ap()).hasValue(0.5 * 1 + 0.5 * 2 / 3);
        assertThat(evaluation.wrong()).containsExactly(new Wrong("c", "yes", "no", 0.65f));
    }

    @Test
    void csvQuotesNamesWithCommas() throws IOException {
        ClassEvaluation evaluation =
                ClassEvaluation.of(List.of("a, or \"b\"", "c"), new int[] {0, 1, 1}, new int[] {0, 0, 1});
        Path file = folder.resolve("confusion.csv");
        Pictures.confusionCsv(evaluation, file);
        assertThat(Files.readAllLines(file))
                .containsExactly("true \\ predicted,\"a, or \"\"b\"\"\",c", "\"a, or \"\"b\"\"\",1,0", "c,1,1");
    }

    @Test
    void picturesAreDrawnForFewAndManyClasses() throws IOException {
        for (int classes : new int[] {2, 10, 20, 100}) {
            Random random = new Random(classes);
            int[] truth = IntStream.range(0, 2000).map(i -> i % classes).toArray();
            int[] said = IntStream.of(truth)
                    .map(t -> random.nextInt(4) == 0 ? (int) Math.abs(random.nextGaussian() * 3 + t) % classes : t)
                    .toArray();
            List<String> names = IntStream.range(0, classes)
                    .mapToObj(i -> "class number " + i)
                    .toList();
            Path file = folder.resolve("confusion-" + classes + ".png");
            Pictures.confusion(ClassEvaluation.of(names, truth, said), file);
            assertThat(ImageIO.read(file.toFile()).getWidth()).isBetween(400, 1600);
        }
        List<EpochScores> epochs = IntStream.rangeClosed(1, 12)
                .mapToObj(e -> new EpochScores(
                        e,
                        1.1 / e + 0.02,
                        1 - 0.5 / e,
                        1.0 / e + 0.03 * e,
                        0.9 - 0.4 / e - (e > 7 ? 0.01 * (e - 7) : 0)))
                .toList();
        Pictures.curves(epochs, "accuracy", 7, folder.resolve("curves.png"));
        Pictures.curves(epochs.subList(0, 1), "accuracy", 1, folder.resolve("curves-1.png"));
        assertThat(ImageIO.read(folder.resolve("curves.png").toFile()).getHeight())
                .isGreaterThan(500);
    }
}
