package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.HeldJobRunner;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.controls.Choosers;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.DirectJobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingTest {
    @TempDir
    Path folder;

    private ChildProcess.Watcher watcher;

    private final ChildProcess process = new ChildProcess() {
        @Override
        public void start(List<String> command, Watcher watching) {
            watcher = watching;
        }

        @Override
        public void send(String line) {}

        @Override
        public void hangUp() {}
    };

    private Workbench workbench;

    /** What is remembered is written a little later: not into a folder that is being deleted. */
    @AfterEach
    void write() {
        workbench.memory().write();
    }

    @Test
    void whoWouldLoseAnEvaluationIsAsked() throws IOException {
        HeldJobRunner held = new HeldJobRunner(new DirectJobRunner());
        workbench = new Workbench(held, new InProcessWorker(), process, new Choosers(), folder.resolve("project"));
        workbench.data().open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        held.goOn();
        workbench.evaluate().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        workbench.evaluate().judge();
        assertThat(workbench.beforeClosing()).isEqualTo(Closing.DURING_WORK);
    }

    @Test
    void onlyAWindowWithARunUnderWayAsksBeforeItCloses() throws IOException {
        workbench = new Workbench(
                new DirectJobRunner(), new InProcessWorker(), process, new Choosers(), folder.resolve("project"));
        assertThat(workbench.beforeClosing()).isEqualTo(Closing.AT_ONCE);
        workbench.data().open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        workbench.network().open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        workbench.train().start();
        assertThat(workbench.beforeClosing()).isEqualTo(Closing.DURING_A_RUN);
        watcher.ended(new ChildProcess.End(130, ""));
        assertThat(workbench.beforeClosing()).isEqualTo(Closing.AT_ONCE);
    }
}
