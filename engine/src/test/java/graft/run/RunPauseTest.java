package graft.run;

import static org.assertj.core.api.Assertions.assertThat;

import graft.progress.Event;
import graft.progress.Progress;
import graft.progress.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class RunPauseTest {
    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    private final Progress below = new Progress() {
        @Override
        public void report(Event event) {
            told.add(((Stage) event).what());
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    };

    @Test
    void aRunWaitsWhileTheFileIsThere() throws Exception {
        Progress run = new RunPause(folder, below);
        run.waitWhilePaused();
        assertThat(told).isEmpty();

        RunPause.pause(folder);
        RunPause.pause(folder); // once more does no harm
        assertThat(RunPause.isAsked(folder)).isTrue();
        Thread.sleep(250); // it looks five times a second
        Thread waiting = new Thread(run::waitWhilePaused);
        waiting.start();
        while (told.isEmpty()) {
            Thread.sleep(5);
        }
        assertThat(told).containsExactly("paused");
        assertThat(waiting.isAlive()).isTrue();
        RunPause.goOn(folder);
        waiting.join();
        assertThat(told).containsExactly("paused", "continuing");
    }

    @Test
    void aPausedRunCanBeStopped() throws Exception {
        RunPause.pause(folder);
        Thread waiting = new Thread(new RunPause(folder, below)::waitWhilePaused);
        waiting.start();
        cancelled = true;
        waiting.join();
        assertThat(told).containsExactly("paused", "continuing");
    }

    @Test
    void whoBeginsOrResumesARunIsNotHeldByAnEarlierPause() {
        FineTuningPlan plan = FineTuningPlan.of(Path.of("net.onnx"), Path.of("data"), folder.resolve("run"));
        RunFolder.create(plan).close();
        RunPause.pause(plan.out());
        try (RunFolder again = RunFolder.open(plan.out())) {
            assertThat(RunPause.isAsked(plan.out())).isFalse();
            RunPause.pause(plan.out());
            assertThat(again.file("paused")).exists();
        }
        assertThat(RunPause.isAsked(plan.out())).as("nobody is left to wait").isFalse();
    }
}
