package graft.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Expected shares are worked out by hand: logarithms of 8, 4, 2, 1 over 15. */
class ChoiceTest {
    private static final float[] SCORES = {
        (float) Math.log(4), (float) Math.log(8), (float) Math.log(1), (float) Math.log(2)
    };

    private static Map<Integer, Double> shares(Choice choice, List<Integer> before) {
        Map<Integer, Double> out = new TreeMap<>();
        Choice.Chooser chooser = choice.chooser();
        int draws = 40_000;
        for (int i = 0; i < draws; i++) {
            out.merge(chooser.next(SCORES, before), 1.0 / draws, Double::sum);
        }
        return out;
    }

    @Test
    void tokensComeAsOftenAsTheSoftmaxSays() {
        Map<Integer, Double> found = shares(new Choice(1, 0, 1, 1, 3), List.of());
        assertThat(found.get(1)).isCloseTo(8.0 / 15, within(0.01));
        assertThat(found.get(0)).isCloseTo(4.0 / 15, within(0.01));
        assertThat(found.get(2)).isCloseTo(1.0 / 15, within(0.01));
    }

    @Test
    void aTemperatureOfAHalfSquaresThem() {
        assertThat(shares(new Choice(0.5, 0, 1, 1, 3), List.of()).get(1)).isCloseTo(64.0 / 85, within(0.01));
    }

    @Test
    void topKAndTopPLeaveTheLikeliest() {
        assertThat(shares(new Choice(1, 2, 1, 1, 3), List.of())).containsOnlyKeys(0, 1);
        // 8/15 = 0.53 is not enough for 0.7, 12/15 is.
        assertThat(shares(new Choice(1, 0, 0.7, 1, 3), List.of())).containsOnlyKeys(0, 1);
        assertThat(shares(new Choice(1, 0, 0.5, 1, 3), List.of())).containsOnlyKeys(1);
    }

    @Test
    void whatWasThereIsMadeLessLikely() {
        // The score of token 1 is divided by 3: ln 8 / 3 = ln 2, below token 0's ln 4.
        assertThat(new Choice(0, 0, 1, 3, 0).chooser().next(SCORES, List.of(1, 1)))
                .isZero();
        assertThat(Choice.LIKELIEST.chooser().next(SCORES, List.of(1, 1))).isEqualTo(1);
    }
}
