package graft.cli;

import graft.guard.Guard;
import graft.progress.Event;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Progress that is a sign of life to the guard: whatever reports, or asks whether it is still wanted, is not stuck. */
final class GuardedProgress implements Progress, AutoCloseable {
    private final Progress progress;
    private final Guard guard;

    private GuardedProgress(Progress progress, Guard guard) {
        this.progress = progress;
        this.guard = guard;
    }

    /** @param files what the command works on; nothing is watched where there are none */
    static GuardedProgress over(List<Path> files, int batch, Progress progress, PrintWriter err) {
        return new GuardedProgress(
                progress,
                files.isEmpty()
                        ? null
                        : Guard.watch(files, batch, words -> {
                            err.println("graft: " + words);
                            err.flush();
                        }));
    }

    private void alive(String what) {
        if (guard != null) {
            guard.alive(what);
        }
    }

    @Override
    public void report(Event event) {
        alive(event instanceof Stage stage ? stage.what() : "");
        progress.report(event);
    }

    @Override
    public boolean isCancelled() {
        alive("");
        return progress.isCancelled();
    }

    @Override
    public boolean isEnoughAsked() {
        return progress.isEnoughAsked();
    }

    @Override
    public void waitWhilePaused() {
        progress.waitWhilePaused();
        alive("");
    }

    @Override
    public void close() {
        if (guard != null) {
            guard.close();
        }
    }
}
