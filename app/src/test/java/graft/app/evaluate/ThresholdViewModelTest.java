package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.evaluate.ThresholdCurve;
import graft.evaluate.ThresholdCurve.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdViewModelTest {
    /** Four sick, four healthy; by hand. */
    private static final ThresholdCurve SICK = new ThresholdCurve(
            "sick",
            4,
            4,
            List.of(new Point(0.9, 2, 0), new Point(0.6, 3, 1), new Point(0.3, 4, 3), new Point(0.1, 4, 4)));

    private final ThresholdViewModel model = new ThresholdViewModel();

    @Test
    void theThresholdSaysWhatIsFoundAndWhatIsOverlooked() {
        model.curveProperty().set(SICK);
        model.thresholdProperty().set(0.5);
        assertThat(model.wordsProperty().get())
                .isEqualTo(
                        "From 50.0 % on it is called sick: 3 of 4 found (75.0 %), 1 of 4 others called so, 75.0 % of those"
                                + " called so are right");
        model.thresholdProperty().set(0.95);
        assertThat(model.wordsProperty().get()).contains("0 of 4 found (0.0 %)").contains("– of those called so");
    }

    @Test
    void whoMustNotOverlookTakesALowerThreshold() {
        model.curveProperty().set(SICK);
        // Costs at one to one: 2, 2, 3, 4: the stricter of the first two.
        assertThat(model.adviceProperty().get()).isEqualTo("Cheapest: from 90.0 % on, 2 overlooked, 0 false alarms");
        model.missCostProperty().set(5); // 10, 6, 3, 4
        assertThat(model.adviceProperty().get()).isEqualTo("Cheapest: from 30.0 % on, 0 overlooked, 3 false alarms");
        model.takeBest();
        assertThat(model.thresholdProperty().get()).isCloseTo(0.3, within(1e-12));
        assertThat(model.pointProperty().get().hits()).isEqualTo(4);
    }

    @Test
    void curvesGoFromCornerToCorner() {
        assertThat(ThresholdViewModel.roc(SICK))
                .containsExactly(
                        new double[] {0, 0},
                        new double[] {0, 0.5},
                        new double[] {0.25, 0.75},
                        new double[] {0.75, 1},
                        new double[] {1, 1});
        assertThat(ThresholdViewModel.precisionRecall(SICK))
                .containsExactly(
                        new double[] {0, 1},
                        new double[] {0.5, 1},
                        new double[] {0.75, 0.75},
                        new double[] {1, 4 / 7.0},
                        new double[] {1, 0.5});
    }

    @Test
    void ofOneClassAloneNothingIsSaid() {
        model.curveProperty().set(new ThresholdCurve("sick", 2, 0, List.of(new Point(0.9, 2, 0))));
        assertThat(model.wordsProperty().get()).isEmpty();
        assertThat(model.adviceProperty().get()).isEmpty();
        model.takeBest();
        assertThat(model.thresholdProperty().get()).isEqualTo(0.5);
    }
}
