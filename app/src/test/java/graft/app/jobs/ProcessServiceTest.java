package graft.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.FxTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

@FxTest
class ProcessServiceTest {
    private final List<String> said = new ArrayList<>();
    private int deliveries;
    private int offThread;
    private ChildProcess.End end;
    private ProcessService process;

    private void start(int lines) {
        WaitForAsyncUtils.asyncFx(() -> {
            process = new ProcessService();
            process.start(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "graft.app.jobs.TalkingProgram",
                            Integer.toString(lines)),
                    new ChildProcess.Watcher() {
                        @Override
                        public void said(List<String> lines) {
                            deliveries++;
                            offThread += Platform.isFxApplicationThread() ? 0 : 1;
                            said.addAll(lines);
                        }

                        @Override
                        public void ended(ChildProcess.End how) {
                            end = how;
                        }
                    });
        });
    }

    private void waitFor(java.util.concurrent.Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(
                30, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
    }

    @Test
    void linesArriveInOrderOnTheFxThreadInFewBatches() throws Exception {
        start(20_000);
        waitFor(() -> said.size() == 20_000);
        assertThat(said).startsWith("line 0", "line 1").endsWith("line 19999");
        assertThat(offThread).isZero();
        assertThat(deliveries).isLessThan(2_000);
        WaitForAsyncUtils.asyncFx(() -> process.hangUp());
        waitFor(() -> end != null);
    }

    @Test
    void whatIsSentArrivesAndTheEndIsToldAfterTheLastLine() throws Exception {
        start(1);
        waitFor(() -> !said.isEmpty());
        WaitForAsyncUtils.asyncFx(() -> {
            process.send("pause");
            process.hangUp();
        });
        waitFor(() -> end != null);
        assertThat(said).containsExactly("line 0", "told pause");
        assertThat(end).isEqualTo(new ChildProcess.End(7, "result"));
        assertThat(end.isKilled()).isFalse();
    }

    @Test
    void aKilledProcessIsKnownAsKilled() throws Exception {
        start(1);
        waitFor(() -> !said.isEmpty());
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        waitFor(() -> end != null);
        assertThat(end.isKilled()).isTrue();
    }

    @Test
    void aProgramThatIsNotThereIsSaid() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        WaitForAsyncUtils.asyncFx(() -> {
            process = new ProcessService();
            process.start(List.of("/no/such/program"), new ChildProcess.Watcher() {
                @Override
                public void said(List<String> lines) {
                    said.addAll(lines);
                }

                @Override
                public void ended(ChildProcess.End how) {
                    end = how;
                    ended.countDown();
                }
            });
        });
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(end.exitCode()).isNotZero();
        assertThat(said + end.output()).contains("/no/such/program");
    }
}
