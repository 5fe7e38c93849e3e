package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class FxJobRunnerTest {
    private final FxJobRunner jobs = new FxJobRunner();
    private final List<String> said = new ArrayList<>();

    @Test
    void aCancelledJobStopsRunningWithoutResultOrFailure() throws Exception {
        Job job = WaitForAsyncUtils.asyncFx(() -> jobs.<String>start(
                        "waiting",
                        progress -> {
                            while (!progress.isCancelled()) {
                                Thread.sleep(1);
                            }
                            throw new CancellationException("as asked");
                        },
                        said::add,
                        said::add))
                .get();
        assertThat(job.runningProperty().get()).isTrue();
        job.cancel();
        WaitForAsyncUtils.waitFor(
                20, TimeUnit.SECONDS, () -> !job.runningProperty().get());
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(said).isEmpty();
        assertThat(jobs.jobs()).isEmpty();
    }

    private static int deeper(int depth) {
        return 1 + deeper(depth + 1);
    }

    @Test
    void whateverEndsAJobEndsItsRowWithWords() throws Exception {
        List<Job> started = WaitForAsyncUtils.asyncFx(() -> List.of(
                        jobs.start("deep", progress -> deeper(0), result -> {}, said::add),
                        jobs.start(
                                "broken",
                                progress -> {
                                    throw new AssertionError("half a proof");
                                },
                                result -> {},
                                said::add)))
                .get();
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> started.stream()
                .noneMatch(job -> job.runningProperty().get()));
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(jobs.jobs()).isEmpty();
        assertThat(said).hasSize(2).anyMatch(words -> words.contains("StackOverflowError"));
    }
}
