package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import org.jfree.data.xy.XYSeries;
import org.junit.jupiter.api.Test;

class CurvesChartTest {
    private final RunSeries run = new RunSeries();
    private final CurvesChart chart = new CurvesChart(run);

    private void fourEpochs() {
        for (int step = 1; step <= 16; step++) {
            run.addStep(step / 4.0, 16.0 / step);
        }
        for (int epoch = 1; epoch <= 4; epoch++) {
            run.addEpoch(epoch, 0.5 + 0.1 * epoch, 1.0 / epoch, 0.4 + 0.1 * epoch);
        }
    }

    @Test
    void theEpochAtThePointerStaysWhereItIs() {
        fourEpochs();
        Span whole = chart.seen();
        chart.zoom(0.5, 3);
        Span half = chart.seen();
        assertThat(half.length()).isCloseTo(whole.length() / 2, within(1e-9));
        assertThat((3 - half.from()) / half.length()).isCloseTo((3 - whole.from()) / whole.length(), within(1e-9));
    }

    /** Mixed examples have no accuracy to learn by. */
    @Test
    void sharesArePercentAlsoWhereSomeWereNotMeasured() {
        XYSeries measured = RunSeries.series();
        measured.add(1, Double.NaN);
        measured.add(2, 0.5);
        assertThat(AxisRanges.areShares(List.of(measured))).isTrue();
        measured.add(3, 3.5);
        assertThat(AxisRanges.areShares(List.of(measured))).isFalse();
    }

    @Test
    void theAxisReachesToTheEndOfTheLongestRun() {
        fourEpochs();
        chart.plan(5);
        assertThat(chart.seen().to()).isEqualTo(5);
        RunSeries longer = new RunSeries();
        for (int epoch = 1; epoch <= 30; epoch++) {
            longer.addEpoch(epoch, Double.NaN, 1.0 / epoch, 0.5);
        }
        chart.lay("longer", longer);
        assertThat(chart.seen().to()).isGreaterThanOrEqualTo(30);
        chart.takeAway("longer");
        assertThat(chart.seen().to()).isEqualTo(5);
    }

    @Test
    void zoomedOutFarEnoughIsNotZoomed() {
        fourEpochs();
        chart.zoom(0.5, 1);
        assertThat(chart.isZoomed()).isTrue();
        chart.zoom(8, 1);
        assertThat(chart.isZoomed()).isFalse();
    }

    @Test
    void movingEndsAtTheEndsOfTheRun() {
        fourEpochs();
        chart.move(1);
        assertThat(chart.seen().from()).isZero();
        chart.zoom(0.25, 2);
        double length = chart.seen().length();
        chart.move(100);
        assertThat(chart.seen().to()).isCloseTo(4.1, within(1e-9));
        chart.move(-100);
        assertThat(chart.seen().from()).isZero();
        assertThat(chart.seen().length()).isCloseTo(length, within(1e-9));
    }

    /** Steps 1 and 2 lie at 0.25 and 0.5; smoothed 16 and (0.9 · 16 + 8) / 1.9 = 11.789…. */
    @Test
    void valuesAtAPlaceAreThoseOfTheNearestStepAndEpochs() {
        fourEpochs();
        RunSeries.At at = run.at(0.45);
        assertThat(at.step()).isEqualTo(2);
        assertThat(at.x()).isEqualTo(0.5);
        assertThat(at.raw()).isEqualTo(8);
        assertThat(at.smooth()).isCloseTo(22.4 / 1.9, within(1e-9));
        assertThat(at.valLoss()).isEqualTo(1);
        assertThat(run.at(2.6).valLoss()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(run.last().step()).isEqualTo(16);
    }

    @Test
    void axesFollowWhatIsSeen() {
        fourEpochs();
        assertThat(AxisRanges.loss(run.losses(), new Span(0, 4.1)).to()).isCloseTo(16 * 1.05, within(1e-9));
        // From epoch 3 on: 16/12 raw; the smoothed line is slow and still above it.
        double late = AxisRanges.loss(run.losses(), new Span(3, 4.1)).to();
        assertThat(late).isBetween(16.0 / 12, 16.0);
        Span accuracy = AxisRanges.accuracy(run.accuracies(), new Span(0, 4.1));
        assertThat(accuracy.from()).isCloseTo(0.48, within(1e-9));
        assertThat(accuracy.to()).isCloseTo(0.92, within(1e-9));
    }

    @Test
    void aSinglePointStandsInASensibleRange() {
        run.addStep(0.25, 0.7);
        run.addEpoch(1, 0.1925, 0.6, 0.1925);
        assertThat(chart.seen()).isEqualTo(new Span(0, 1.025));
        Span accuracy = AxisRanges.accuracy(run.accuracies(), chart.seen());
        assertThat(accuracy.from()).isCloseTo(0.0925, within(1e-9));
        assertThat(accuracy.to()).isCloseTo(0.2925, within(1e-9));
        run.addEpoch(2, 1, 0.1, 1);
        Span top = AxisRanges.accuracy(List.of(run.valAccuracy), new Span(1.5, 2.1));
        assertThat(top.from()).isCloseTo(0.8, within(1e-9));
        assertThat(top.to()).isEqualTo(1);
    }

    @Test
    void lossesThatAreNoNumbersDoNotSpoilTheAxes() {
        run.addStep(0.5, 2);
        run.addStep(1, Double.NaN);
        run.addStep(1.5, Double.POSITIVE_INFINITY);
        assertThat(AxisRanges.loss(run.losses(), chart.seen()).to()).isCloseTo(2.1, within(1e-9));
        chart.setLogarithmic(true);
        chart.draw();
        assertThat(AxisRanges.logLoss(run.losses(), chart.seen()).contains(2)).isTrue();
    }

    @Test
    void aLossOfZeroHasNoPlaceOnALogarithmicAxisAndBreaksNothing() {
        run.addStep(0.5, 0);
        Span range = AxisRanges.logLoss(run.losses(), chart.seen());
        assertThat(range.from()).isPositive();
        assertThat(range.to() / range.from()).isGreaterThanOrEqualTo(9.99);
    }

    @Test
    void logarithmicTicksAreNumbersThatPeopleCountBy() {
        assertThat(ReadableLogAxis.ticks(0.15, 3))
                .extracting(BigDecimal::toPlainString)
                .containsExactly("0.2", "0.5", "1", "2");
        assertThat(ReadableLogAxis.ticks(0.0005, 5000))
                .extracting(BigDecimal::toPlainString)
                .containsExactly("0.001", "0.01", "0.1", "1", "10", "100", "1000");
    }

    @Test
    void theZoomEndsWhereTheRunDoes() {
        fourEpochs();
        chart.zoom(0.1, 3.5);
        run.clear();
        chart.showAll();
        assertThat(chart.seen()).isEqualTo(new Span(0, 1.025));
    }
}
