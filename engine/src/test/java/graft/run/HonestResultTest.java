package graft.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import org.junit.jupiter.api.Test;

class HonestResultTest {
    /** The interval is statsmodels' {@code proportion_confint(17, 20, method="wilson")}. */
    @Test
    void anAccuracyStandsBesideItsIntervalAndWhatNamingTheMostFrequentClassGives() {
        FineTuningResult result = Json.read(
                "{\"status\": \"finished\", \"val_accuracy\": 0.85, \"confusion\": [[10, 2], [1, 7]]}",
                FineTuningResult.class);
        JsonNode written = Json.tree(result);
        assertThat(written.get("val_examples").asInt()).isEqualTo(20);
        assertThat(written.get("val_interval").get(0).asDouble()).isCloseTo(0.6396, within(5e-5));
        assertThat(written.get("val_interval").get(1).asDouble()).isCloseTo(0.9476, within(5e-5));
        assertThat(written.get("majority").asDouble()).isEqualTo(0.6);
        assertThat(Json.read(written.toString(), FineTuningResult.class).valScore())
                .isEqualTo(0.85);
    }
}
