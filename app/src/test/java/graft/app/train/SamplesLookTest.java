package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.judge.Showing.Sample;
import graft.run.FineTuningPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamplesLookTest {
    private final FakeProcess process = new FakeProcess();
    private final RunFollower run = new RunFollower(process, Path.of("project"), System::nanoTime);
    private final SamplesLook look = new SamplesLook(run);

    @BeforeEach
    void start() {
        run.start(FineTuningPlan.of(Path.of("net.onnx"), Path.of("texts"), Path.of("run")), List.of());
    }

    private static String sample(int epoch, String text) {
        return "{\"event\":\"sample\",\"epoch\":" + epoch + ",\"prompt\":\"Once\\n upon\",\"text\":\"" + text + "\"}";
    }

    private String after() {
        return look.afterProperty().get().map(Sample::text).orElse("none");
    }

    @Test
    void whatWasWrittenBeforeLearningStaysBesideTheNewest() {
        assertThat(look.any().get()).isFalse();
        process.says(sample(0, "a a a"));
        assertThat(look.any().get()).isTrue();
        assertThat(look.prompt()).isEqualTo("Once upon");
        assertThat(after()).isEqualTo("none");
        process.says(sample(1, "a cat"), sample(2, "a cat sat"));
        assertThat(look.beforeProperty().get()).contains(new Sample(0, "Once\n upon", "a a a"));
        assertThat(after()).isEqualTo("a cat sat");
        assertThat(look.isShipped()).isFalse();
    }

    @Test
    void anEarlierEpochThatIsLookedAtStaysUntilTheFileIsThere() {
        process.says(sample(0, "a"), sample(1, "b"), sample(2, "c"));
        look.lookedProperty().set(1);
        process.says(sample(3, "d"));
        assertThat(after()).isEqualTo("b");
        process.ends(
                0,
                "{\"status\":\"finished\",\"epochs\":[],\"best_epoch\":2,\"network\":\"run/network.onnx\",\"classes\":[],"
                        + "\"frozen_tensors\":1,\"frozen_unchanged\":true}");
        assertThat(after()).isEqualTo("c");
        assertThat(look.isShipped()).isTrue();
    }

    @Test
    void aResumedRunWritesAgainWhatCameAfterItsCheckpoint() {
        process.says(sample(0, "a"), sample(1, "b"), sample(2, "c"));
        process.says(sample(2, "d"));
        assertThat(look.countProperty().get()).isEqualTo(2);
        assertThat(look.beforeProperty().get().map(Sample::text)).contains("a");
        assertThat(after()).isEqualTo("d");
    }

    @Test
    void anotherRunBeginsWithNothing() {
        process.says(sample(0, "a"), sample(1, "b"));
        start();
        assertThat(look.any().get()).isFalse();
        assertThat(look.beforeProperty().get()).isEmpty();
        assertThat(after()).isEqualTo("none");
    }
}
