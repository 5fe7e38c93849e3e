package graft.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LikenessTest {
    @Test
    void fewExamplesHaveAHeadLearnAndManyUnlikeOnesEverything() {
        assertThat(new Likeness(30, 2, 1, 0.5).recipe()).isEqualTo("head");
        assertThat(new Likeness(244, 2, 0.9, 0.5).recipe()).isEqualTo("top");
        assertThat(new Likeness(244, 2, 0.7, 0.5).recipe()).isEqualTo("probe-then-finetune");
        assertThat(new Likeness(5000, 10, 0.9, 0.1).recipe()).isEqualTo("probe-then-finetune");
        assertThat(new Likeness(5000, 10, 0.3, 0.1).recipe()).isEqualTo("all");
    }

    /** Five parts: 0 and 5, 1 and 6, …; the means of the others stand at 0 and 10, so that only what lies at 6 is told wrong. */
    @Test
    void thoseThatLieNearerToTheMeanOfAnotherClassAreToldWrong() {
        float[] features = {0, 0, 0, 0, 6, 10, 10, 10, 10, 10};
        int[] labels = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
        assertThat(Likeness.told(features, labels, 2)).isEqualTo(0.9);
    }

    @Test
    void aClassThatNoOtherPartHasIsNeverTold() {
        assertThat(Likeness.told(new float[] {1, 1, 1, 5}, new int[] {0, 0, 0, 1}, 2))
                .isEqualTo(0.75);
    }
}
