package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.run.Schedule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Expected rates from PyTorch 2.13: {@code OneCycleLR(sgd, max_lr=1, total_steps=10)} and
 * {@code CosineAnnealingLR(sgd, T_max=10)} on a rate of 1, before each step.
 */
class ScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.04",
        "1, 0.52",
        "2, 1",
        "3, 0.950484632013",
        "4, 0.81174565395",
        "5, 0.611262021936",
        "6, 0.388741978064",
        "7, 0.18825834605",
        "8, 0.0495193679865",
        "9, 4e-06"
    })
    void oneCycleFollowsPyTorchs(int step, double rate) {
        assertThat(Schedule.ONECYCLE.factor(step, 10)).isCloseTo(rate, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 0.975528258148",
        "2, 0.904508497187",
        "3, 0.793892626146",
        "4, 0.654508497187",
        "5, 0.5",
        "6, 0.345491502813",
        "7, 0.206107373854",
        "8, 0.0954915028125",
        "9, 0.0244717418524"
    })
    void cosineFollowsPyTorchs(int step, double rate) {
        assertThat(Schedule.COSINE.factor(step, 10)).isCloseTo(rate, within(1e-9));
    }

    /** {@code transformers.get_linear_schedule_with_warmup(sgd, 0, 10)}. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0.9", "5, 0.5", "9, 0.1"})
    void linearFollowsTransformers(int step, double rate) {
        assertThat(Schedule.LINEAR.factor(step, 10)).isCloseTo(rate, within(1e-9));
    }

    /** {@code SequentialLR([LinearLR(1/4, total_iters=3), LinearLR(1, end_factor=0, total_iters=6)], milestones=[4])}. */
    @ParameterizedTest
    @CsvSource({"3, 1", "4, 1", "5, 0.833333333333", "6, 0.666666666667", "9, 0.166666666667"})
    void aLineDownBeginsWhereTheWarmUpEnds(int step, double rate) {
        assertThat(Schedule.LINEAR.factor(step, 10, 4)).isCloseTo(rate, within(1e-9));
    }
}
