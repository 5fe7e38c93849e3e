package graft.app.shell;

import graft.app.jobs.ChildProcess;
import java.util.List;

/** A child process that does nothing but what the test says. */
final class PlayedProcess implements ChildProcess {
    private Watcher watcher;

    @Override
    public void start(List<String> command, Watcher watching) {
        watcher = watching;
    }

    @Override
    public void send(String line) {}

    @Override
    public void hangUp() {}

    void says(String... lines) {
        watcher.said(List.of(lines));
    }

    void ends(int exitCode, String output) {
        watcher.ended(new End(exitCode, output));
    }
}
