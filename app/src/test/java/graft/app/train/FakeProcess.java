package graft.app.train;

import graft.app.jobs.ChildProcess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A child process that the test plays. */
final class FakeProcess implements ChildProcess {
    final List<List<String>> commands = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    private Watcher watcher;

    @Override
    public void start(List<String> command, Watcher watching) {
        commands.add(command);
        watcher = watching;
    }

    @Override
    public void send(String line) {
        sent.add(line);
    }

    @Override
    public void hangUp() {
        sent.add("(hung up)");
    }

    void says(String... lines) {
        watcher.said(Arrays.asList(lines));
    }

    void ends(int code, String output) {
        watcher.ended(new End(code, output));
    }

    String command() {
        return String.join(" ", commands.get(commands.size() - 1));
    }
}
