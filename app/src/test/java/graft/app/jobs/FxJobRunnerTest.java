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
}
