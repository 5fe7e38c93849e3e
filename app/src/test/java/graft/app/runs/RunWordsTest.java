package graft.app.runs;

import static org.assertj.core.api.Assertions.assertThat;

import graft.run.PlanOptions;
import org.junit.jupiter.api.Test;

class RunWordsTest {
    @Test
    void aComparisonWritesValuesAsTheScreensDo() {
        assertThat(RunWords.said("Learning rate", "0.010000000000000002")).isEqualTo("0.01");
        assertThat(RunWords.said("Learning rate", "1.5E-5")).isEqualTo("0.000015");
        assertThat(RunWords.said("Seed", "12345678901234567")).isEqualTo("12345678901234567");
        assertThat(RunWords.said("What learns", "last:10")).isEqualTo("last:10");
        assertThat(RunWords.said(PlanOptions.RECIPE.title(), "all")).isEqualTo("everything");
        assertThat(RunWords.said(PlanOptions.RECIPE.title(), "")).isEqualTo("not set");
        assertThat(RunWords.said("Fit", "STEPS")).as("as the option is given").isEqualTo("steps");
    }

    @Test
    void aSettingOfAStageIsNamedByTheTitleOfItsOption() {
        assertThat(RunWords.what("stages 2 lr_decay")).isEqualTo("stage 2, " + PlanOptions.LR_DECAY.title());
        assertThat(RunWords.what(PlanOptions.SEED.title())).isEqualTo(PlanOptions.SEED.title());
    }
}
