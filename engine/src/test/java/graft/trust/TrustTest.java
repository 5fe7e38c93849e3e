package graft.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Predictions;
import graft.files.Json;
import graft.trust.ConformalSets.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected figures are scipy's and numpy's: {@code make_trust.py} beside {@code trust.json} is the recipe. */
class TrustTest {
    private static final JsonNode EXPECTED = expected();

    private static JsonNode expected() {
        try (InputStream in = TrustTest.class.getResourceAsStream("/graft/trust/trust.json")) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of examples {@code from} … {@code to} − 1. */
    private static Predictions said(int from, int to) {
        float[][] probabilities = new float[to - from][];
        int[] truth = new int[to - from];
        int[] predicted = new int[to - from];
        for (int i = from; i < to; i++) {
            JsonNode row = EXPECTED.get("probabilities").get(i);
            float[] mine = new float[row.size()];
            for (int c = 0; c < mine.length; c++) {
                mine[c] = (float) row.get(c).asDouble();
            }
            probabilities[i - from] = mine;
            truth[i - from] = EXPECTED.get("truth").get(i).asInt();
            predicted[i - from] = largest(mine);
        }
        return new Predictions(List.of("a", "b", "c", "d"), List.of(), truth, predicted, probabilities);
    }

    private static int largest(float[] row) {
        return IntStream.range(0, row.length)
                .reduce((best, c) -> row[c] > row[best] ? c : best)
                .getAsInt();
    }

    private static Predictions all() {
        return said(0, EXPECTED.get("truth").size());
    }

    @Test
    void theTemperatureIsTheOneThatScipyFinds() {
        assertThat(Scored.of(all()).fit(IntStream.range(0, 240).toArray()))
                .isCloseTo(EXPECTED.get("temperature").asDouble(), within(1e-6));
        assertThat(EXPECTED.get("temperature").asDouble()).as("too sure by 2.7").isBetween(2.3, 3.1);
    }

    @Test
    void scalingChangesHowSureItIsAndNotWhatIsAnswered() {
        Predictions all = all();
        for (int i = 0; i < 240; i++) {
            float[] row = all.probabilities()[i];
            float[] scaled = Scored.of(all).scaled(i, 2.7);
            assertThat(largest(scaled)).isEqualTo(largest(row));
            assertThat(scaled[largest(scaled)]).isLessThanOrEqualTo(row[largest(row)]);
            assertThat((double) scaled[0] + scaled[1] + scaled[2] + scaled[3]).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void figuresAreOfExamplesThatTheTemperatureWasNotFittedOn() {
        Calibration found = Calibration.of(said(0, 160), Optional.of(said(160, 240)), 1);
        assertThat(found.n()).isEqualTo(80);
        assertThat(found.temperature())
                .isEqualTo(Scored.of(said(0, 160)).fit(IntStream.range(0, 160).toArray()));
        assertThat(found.nllAfter()).isLessThan(found.nllBefore());
        assertThat(found.eceAfter()).isLessThan(found.eceBefore());
        assertThat(found.brierAfter()).isLessThan(found.brierBefore());
        Calibration crossed = Calibration.of(all(), Optional.empty(), 1);
        assertThat(crossed.nllBefore()).isCloseTo(EXPECTED.get("nll_before").asDouble(), within(1e-6));
        assertThat(crossed.nllAfter())
                .as("unseen ones are a little less likely than those it was fitted on")
                .isGreaterThan(EXPECTED.get("nll_after").asDouble())
                .isLessThan(crossed.nllBefore());
    }

    /** Of few examples the temperature that fits makes calibration worse by chance; half of the way, or less, may not. */
    @Test
    void neitherErrorGrowsAndALittleOfTheWayIsBetterThanNone() {
        int partly = 0;
        for (int from = 0; from + 24 <= 240; from += 8) {
            Predictions few = said(from, from + 24);
            double fitted = Scored.of(few).fit(IntStream.range(0, 24).toArray());
            Calibration found = Calibration.of(few, Optional.empty(), 1);
            assertThat(found.eceAfter()).isLessThanOrEqualTo(found.eceBefore());
            if (found.changesAnything()) {
                assertThat(found.nllAfter()).isLessThan(found.nllBefore());
                double share = Math.log(found.temperature()) / Math.log(fitted);
                assertThat(4 * share).isCloseTo(Math.rint(4 * share), within(1e-9));
                assertThat(share).isBetween(0.2, 1 + 1e-9);
                partly += share < 1 ? 1 : 0;
            }
        }
        assertThat(partly).isPositive();
    }

    @Test
    void whereAllAreRightThereIsNothingToFit() {
        float[][] sure = new float[20][];
        Arrays.fill(sure, new float[] {0.9f, 0.1f});
        Predictions right = new Predictions(List.of("a", "b"), List.of(), new int[20], new int[20], sure);
        Calibration found = Calibration.of(right, Optional.empty(), 1);
        assertThat(found.temperature()).isEqualTo(1);
        assertThat(found.changesAnything()).isFalse();
        assertThat(found.eceAfter()).isEqualTo(found.eceBefore());
    }

    @ParameterizedTest
    @CsvSource({"0.05", "0.1", "0.2"})
    void theThresholdIsThatOfNumpy(double alpha) {
        ConformalSets found = ConformalSets.of(all(), Optional.empty(), alpha, Kind.LAC, 3);
        assertThat(found.threshold())
                .isCloseTo(EXPECTED.get("lac").get(Double.toString(alpha)).asDouble(), within(1e-6));
    }

    /** Of 9 scores the smallest that ⌈10 · 0.8⌉ = 8 reach. */
    @Test
    void theQuantileCountsOneExampleMore() {
        double[] scores = {0.9, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
        assertThat(ConformalSets.quantile(scores, 0.2)).isEqualTo(0.8);
        assertThat(ConformalSets.quantile(scores, 0.1)).isEqualTo(0.9);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theSetsHoldTheTrueClassAsOftenAsPromised(Kind kind) {
        for (double alpha : new double[] {0.05, 0.1, 0.2}) {
            ConformalSets found = ConformalSets.of(all(), Optional.empty(), alpha, kind, 5);
            double wide = 1.96 * Math.sqrt(alpha * (1 - alpha) / 240);
            assertThat(found.coverage()).isBetween(1 - alpha - wide, 1 - alpha + wide);
            assertThat(found.keepsItsPromise()).isTrue();
            assertThat(Arrays.stream(found.sizes()).sum()).isCloseTo(1, within(1e-9));
            ConformalSets apart = ConformalSets.of(said(0, 160), Optional.of(said(160, 240)), alpha, kind, 5);
            assertThat(apart.n()).isEqualTo(80);
            assertThat(apart.coverage()).isBetween(apart.bounds()[0], apart.bounds()[1]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void anAlphaThatIsNoShareIsRefused(double alpha) {
        assertThatThrownBy(() -> ConformalSets.of(all(), Optional.empty(), alpha, Kind.LAC, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("between 0 and 1");
    }

    @Test
    void tooFewExamplesAreRefusedWithTheNumberThatIsNeeded() {
        assertThatThrownBy(() -> ConformalSets.of(said(0, 30), Optional.of(all()), 0.02, Kind.LAC, 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("at least 49");
        assertThatThrownBy(() -> Calibration.of(said(0, 9), Optional.empty(), 1))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("at least 10");
    }

    /**
     * By hand. Ten examples at 0.605, all right, and ten at 0.66, of which three are: one of the fifteen bins, in which 0.6325 stands
     * against 0.65. The slope of the likelihood, 10 · (0.605 − 1) · ln(0.605/0.395) + (6.6 − 3) · ln(0.66/0.34) = 0.70, wants a temperature
     * above 1, which would bring all nearer to 0.5 and farther from 0.65.
     */
    @Test
    void aTemperatureThatMakesTheErrorLargerIsNotTaken() {
        Predictions said = new Predictions(
                List.of("a", "b"),
                List.of(),
                IntStream.range(0, 20).map(i -> i < 13 ? 0 : 1).toArray(),
                new int[20],
                IntStream.range(0, 20)
                        .mapToObj(i -> i < 10 ? new float[] {0.605f, 0.395f} : new float[] {0.66f, 0.34f})
                        .toArray(float[][]::new));
        assertThat(Scored.of(said).fit(IntStream.range(0, 20).toArray())).isGreaterThan(1.1);

        Calibration found = Calibration.of(said, Optional.of(said), 1);

        assertThat(found.temperature()).isEqualTo(1);
        assertThat(found.eceBefore()).isCloseTo(0.0175, within(1e-6));
        assertThat(found.eceAfter()).isEqualTo(found.eceBefore());
    }

    /**
     * By hand: eight of ten right, all by logits 3000 apart. The likelihood is the largest where e^(3000/T) = 8/2, T = 3000 / ln 4, though
     * the probabilities of all are 1 and 0.
     */
    @Test
    void logitsOfAnySizeHaveTheirTemperature() {
        float[][] logits = new float[10][];
        Arrays.fill(logits, new float[] {3000, 0});
        float[][] sure = new float[10][];
        Arrays.fill(sure, new float[] {1, 0});
        int[] truth = {0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
        Predictions said = new Predictions(List.of("a", "b"), List.of(), truth, new int[10], sure, logits, List.of());

        Calibration found = Calibration.of(said, Optional.of(said), 1);

        assertThat(found.temperature()).isCloseTo(3000 / Math.log(4), within(1e-6));
        assertThat(found.eceAfter()).isCloseTo(0, within(1e-6));
        Predictions cutOff = new Predictions(List.of("a", "b"), List.of(), truth, new int[10], sure);
        Predictions below =
                new Predictions(List.of("a", "b"), List.of(), truth, new int[10], logits, logits, List.of());
        assertThat(Scored.isCutOff(cutOff)).isTrue();
        assertThat(Scored.of(cutOff, below)
                        .orElseThrow()
                        .fit(IntStream.range(0, 10).toArray()))
                .isCloseTo(3000 / Math.log(4), within(1e-6));
    }

    /** Whatever the network and however few examples: neither what is judged nor what was fitted on looks worse than it did. */
    @Test
    void calibrationIsNeverWorseThanBefore() {
        Random random = new Random(17);
        for (int trial = 0; trial < 300; trial++) {
            int classes = 2 + random.nextInt(4);
            int n = 10 + random.nextInt(40);
            double sharp = Math.exp(3 * random.nextGaussian());
            double skill = random.nextInt(5) == 0 ? 1 : random.nextDouble();
            float[][] rows = new float[n][classes];
            int[] truth = new int[n];
            int[] predicted = new int[n];
            for (int i = 0; i < n; i++) {
                double[] logits = random.doubles(classes).map(u -> u * 4).toArray();
                rows[i] = Scored.floats(Temperature.softmax(logits, sharp));
                predicted[i] = largest(rows[i]);
                truth[i] = random.nextDouble() < skill ? predicted[i] : random.nextInt(classes);
            }
            List<String> names = List.of("a", "b", "c", "d", "e").subList(0, classes);
            Predictions said = new Predictions(names, List.of(), truth, predicted, rows);

            Calibration found = Calibration.of(said, Optional.empty(), trial);

            assertThat(found.eceAfter()).isLessThanOrEqualTo(found.eceBefore());
            assertThat(found.nllAfter()).isLessThanOrEqualTo(found.nllBefore());
            Predictions cooled = Scored.of(said).scaled(found.temperature());
            assertThat(ClassEvaluation.of(cooled).ece())
                    .isLessThanOrEqualTo(ClassEvaluation.of(said).ece() + 1e-6);
            for (int i = 0; i < n; i++) {
                assertThat(largest(cooled.probabilities()[i])).isEqualTo(predicted[i]);
            }
        }
    }

    /** A network that is sure beyond what floats hold is sure of each example otherwise: of 100 that it tells right the sets hold 80. */
    @Test
    void aNetworkThatIsVerySureKeepsThePromiseToo() {
        int n = 199;
        float[][] logits = new float[n][];
        float[][] sure = new float[n][];
        for (int i = 0; i < n; i++) {
            logits[i] = new float[] {1000 + i, 0};
            sure[i] = new float[] {1, 0};
        }
        Predictions said =
                new Predictions(List.of("a", "b"), List.of(), new int[n], new int[n], sure, logits, List.of());

        ConformalSets found = ConformalSets.of(said, Optional.of(said), 0.2, Kind.LAC, 1);

        // ⌈200 · 0.8⌉ = 160 of the 199.
        assertThat(found.coverage()).isEqualTo(160 / 199.0);
    }
}
