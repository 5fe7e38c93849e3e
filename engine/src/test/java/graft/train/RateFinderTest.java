package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import graft.Refusal;
import graft.onnx.NetworkFile;
import graft.onnx.OnnxFile;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.run.RateKind;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import graft.train.RateFinder.Found;
import graft.train.RateFinder.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateFinderTest {
    @TempDir
    Path folder;

    private FineTuningPlan plan() throws IOException {
        Path network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        Path data = NpzFiles.examples(folder.resolve("data.npz"), 40, 20);
        return Plans.of(network, data, folder.resolve("run")).epochs(2).build();
    }

    private Found find(FineTuningPlan plan) {
        return find(plan, 60);
    }

    private Found find(FineTuningPlan plan, int steps) {
        return RateFinder.find(plan, NetworkFile.at(plan.network()), steps, Progress.NONE);
    }

    @Test
    void ratesGrowByTheSameFactorFromStepToStep() throws IOException {
        List<Point> curve = find(plan()).curve();
        assertThat(curve.get(0).lr()).isEqualTo(1e-6);
        double factor = Math.pow(10 / 1e-6, 1.0 / 59);
        for (int i = 1; i < curve.size(); i++) {
            assertThat(curve.get(i).lr() / curve.get(i - 1).lr()).isCloseTo(factor, within(1e-9));
        }
        assertThat(folder.resolve("run")).as("nothing is written").doesNotExist();
    }

    @Test
    void theSameSeedGivesTheSameCurve() throws IOException {
        assertThat(find(plan()).curve()).isEqualTo(find(plan()).curve());
    }

    /** Its first stage learns at a tenth of --lr: the same steps are then at ten times the --lr. */
    @Test
    void whatIsSuggestedIsAsTheCommandTakesIt() throws IOException {
        List<Point> all = find(plan().with(PlanOptions.TRAINABLE, "all")).curve();
        List<Point> recipe =
                find(plan().with(PlanOptions.RECIPE, Optional.of("all"))).curve();
        assertThat(find(plan().with(PlanOptions.TRAINABLE, "all"), 100).brisk())
                .as("a body is not asked to hurry")
                .isNull();
        // The plain sweep is at 10 where the recipe's, a tenth of it, is at 1.
        assertThat(recipe.get(0).loss()).isCloseTo(all.get(0).loss(), within(1e-6));
        assertThat(recipe.get(recipe.size() - 1).lr())
                .isGreaterThanOrEqualTo(all.get(all.size() - 1).lr());
    }

    /** fastai's valley() on the same numbers, by hand: losses 100, 99, …, 41 fall all along, then rise. */
    @Test
    void theSuggestionLiesInTheSecondThirdOfTheLongestValley() {
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            double loss = i < 60 ? 100 - i : 41 + 5 * (i - 59);
            curve.add(new Point(i, loss, loss));
        }
        // The first 8 and the last 4 are left out: the valley ends with number 51 of the rest and is 52 long; a third
        // is 17.3,
        // and 51 - 52 + 17 + 8 = 24 is the rest's number of the point 32.
        assertThat(RateFinder.suggestion(curve)).isEqualTo(32);
    }

    @Test
    void whereTheLossFallsNowhereNothingIsSuggested() {
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            curve.add(new Point(i, 1 + i, 1 + i));
        }
        assertThat(RateFinder.suggestion(curve)).isNull();
    }

    /** A loss that scatters by a tenth about 10 while rates are small, and is lowest at the rate 0.66. */
    private static List<Point> falling(double depth) {
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            double scattered = i % 2 == 0 ? 10.1 : 9.9;
            double loss = i < 50 ? scattered : 10 - depth + Math.abs(66 - i) * depth / 16;
            curve.add(new Point(i / 100.0, loss, loss));
        }
        return curve;
    }

    @Test
    void theBriskRateIsAThirdOfTheOneWhereTheLossWasLowest() {
        assertThat(RateFinder.brisk(falling(1))).isEqualTo(0.22);
    }

    /** The scatter is 0.1: what fell by 0.25 may have fallen by chance. */
    @Test
    void whatScattersNoMoreThanBeforeIsNoFall() {
        assertThat(RateFinder.brisk(falling(0.25))).isNull();
    }

    /** Of three orders whose lowest losses are at 0.66, 0.63 and nowhere, the middle one: nothing counts as least. */
    @Test
    void theMiddleOfSeveralOrdersCounts() {
        List<Point> other = falling(1).stream()
                .map(point -> new Point(point.lr() - 0.03, point.loss(), point.smoothed()))
                .toList();
        assertThat(RateFinder.middle(List.of(falling(1), other, falling(0.25)), RateFinder::brisk))
                .isEqualTo(0.21);
        assertThat(RateFinder.middle(List.of(falling(0.25), falling(1), falling(0.25)), RateFinder::brisk))
                .isNull();
    }

    @Test
    void theRateThatATestChoseIsANumberInThePlanOfTheRun() throws IOException {
        FineTuningPlan auto = plan().with(PlanOptions.LEARNING_RATE, RateKind.AUTO);
        Double brisk = find(plan(), 100).brisk();
        assertThat(brisk).isNotNull();
        List<String> said = new ArrayList<>();
        FineTuner.run(auto, saying(said));
        FineTuningPlan written = FineTuner.plan(folder.resolve("run"));
        assertThat(written).isEqualTo(plan().with(PlanOptions.LEARNING_RATE, brisk));
        assertThat(said).contains("Learning rate " + brisk + ", chosen by a range test over 100 steps.");
        byte[] tested = Files.readAllBytes(folder.resolve("run/network.onnx"));
        FineTuner.run(written.withOut(folder.resolve("again")), Progress.NONE);
        assertThat(Files.readAllBytes(folder.resolve("again/network.onnx"))).isEqualTo(tested);
    }

    /** At the brisk rate the head grows so sure that a body which then learns is thrown off: sqrt(0.0029 · 0.057) = 0.01286. */
    @Test
    void aHeadThatABodyLearnsBelowGetsTheGeometricMiddleOfTheCarefulAndTheBriskRate() {
        assertThat(new Found(0.0029, 0.057, List.of(), List.of()).below()).isEqualTo(0.013);
        assertThat(new Found(0.17, 0.041, List.of(), List.of()).below()).isEqualTo(0.041);
        assertThat(new Found(null, 0.041, List.of(), List.of()).below()).isEqualTo(0.041);
        assertThat(new Found(0.17, null, List.of(), List.of()).below()).isNull();
    }

    /** The rate of a recipe is that of the head on a frozen body, whatever learns first. */
    @Test
    void theHeadAloneIsTriedAndTheBodyBearsATenth() throws IOException {
        FineTuningPlan auto = plan().with(PlanOptions.LEARNING_RATE, RateKind.AUTO);
        NetworkFile file = NetworkFile.at(auto.network());
        Double head = RateFinder.settled(auto, file, Progress.NONE).get(PlanOptions.LEARNING_RATE);
        for (String recipe : List.of("all", "probe-then-finetune")) {
            FineTuningPlan settled =
                    RateFinder.settled(auto.with(PlanOptions.RECIPE, Optional.of(recipe)), file, Progress.NONE);
            assertThat(settled.get(PlanOptions.LEARNING_RATE)).as(recipe).isEqualTo(head);
            assertThat(settled.get(PlanOptions.RECIPE)).contains(recipe);
        }
        FineTuningPlan body = RateFinder.settled(auto.with(PlanOptions.TRAINABLE, "all"), file, Progress.NONE);
        assertThat(body.get(PlanOptions.LEARNING_RATE)).isCloseTo(head / 10, within(1e-12));
    }

    @Test
    void aFolderThatHoldsARunIsRefusedBeforeAnythingIsTried() throws IOException {
        FineTuningPlan auto = plan().with(PlanOptions.LEARNING_RATE, RateKind.AUTO);
        FineTuner.run(plan(), Progress.NONE);
        assertThatThrownBy(() -> RateFinder.settled(auto, NetworkFile.at(auto.network()), Progress.NONE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("already holds a run");
    }

    @Test
    void aStageHasANumber() throws IOException {
        FineTuningPlan plan = plan();
        assertThatThrownBy(() -> plan.with(PlanOptions.LEARNING_RATE, RateKind.AUTO)
                        .with(
                                PlanOptions.STAGES,
                                PlanOptions.STAGES.kind().parse("head epochs=1; all epochs=1 lr=0.1")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--lr auto");
        assertThatThrownBy(() -> PlanOptions.STAGES.kind().parse("head lr=auto"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a number");
    }

    private static Progress saying(List<String> said) {
        return event -> said.add(event.line());
    }
}
