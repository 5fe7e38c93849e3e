package graft.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theRateCountsFromTheFirstReportOfAStage() {
        Pace pace = new Pace();
        assertThat(pace.line(new Stage("reading", 10, 100), 0)).isEqualTo("reading 10 of 100");
        assertThat(pace.line(new Stage("reading", 20, 100), SECOND / 10)).isEqualTo("reading 20 of 100");
        assertThat(pace.line(new Stage("reading", 70, 100), 2 * SECOND)).isEqualTo("reading 70 of 100 (30 a second)");
        assertThat(pace.line(new Stage("caching", 70, 100), 3 * SECOND)).isEqualTo("caching 70 of 100");
        assertThat(pace.line(new Stage("caching", 73, 100), 5 * SECOND)).isEqualTo("caching 73 of 100 (1.5 a second)");
    }

    @Test
    void aStageThatBeginsAgainIsCountedAnew() {
        Pace pace = new Pace();
        pace.line(new Stage("reading", 50, 100), 0);
        assertThat(pace.line(new Stage("reading", 0, 10), 9 * SECOND)).isEqualTo("reading 0 of 10");
    }

    @Test
    void withoutAnEndThereIsOnlyTheStage() {
        assertThat(new Pace().line(new Stage("exporting", 0, 0), SECOND)).isEqualTo("exporting");
    }

    @Test
    void bytesAreToldInMegabytesWithTheTimeLeft() {
        Pace pace = new Pace();
        assertThat(pace.line(Stage.ofBytes("fetching net.onnx", 1_000_000, 47_000_000), 0))
                .isEqualTo("fetching net.onnx 1.0 of 47.0 MB");
        assertThat(pace.line(Stage.ofBytes("fetching net.onnx", 5_000_000, 47_000_000), 2_000_000_000L))
                .isEqualTo("fetching net.onnx 5.0 of 47.0 MB (2.0 MB a second, 21 s left)");
    }
}
