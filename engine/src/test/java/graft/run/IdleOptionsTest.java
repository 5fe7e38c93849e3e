package graft.run;

import static org.assertj.core.api.Assertions.assertThat;

import graft.options.Settings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdleOptionsTest {
    @Test
    void whatCountsOnlyWithOthersIsSaidWhereTheyAreNotThere() {
        Settings asked = Settings.NONE.with(TransferOptions.TEMPERATURE, 3.0).with(TransferOptions.BASELINE, true);
        assertThat(IdleOptions.of(asked))
                .containsExactlyInAnyOrder(
                        "--temperature is left aside: it counts with --teacher.",
                        "--baseline is left aside: it counts with --adapt or --teacher.");
        assertThat(IdleOptions.of(asked.with(TransferOptions.TEACHER, Optional.of("net.onnx"))))
                .isEmpty();
        assertThat(IdleOptions.of(Settings.NONE.with(TransferOptions.TEMPERATURE, TransferOptions.TEMPERATURE.usual())))
                .isEmpty();
    }
}
