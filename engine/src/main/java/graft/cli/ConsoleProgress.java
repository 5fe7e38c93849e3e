package graft.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.files.Json;
import graft.progress.Event;
import graft.progress.Pace;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Progress on standard error, for people or as JSON lines. Ctrl-C asks the call to end; a second one ends the process.
 */
final class ConsoleProgress implements Progress, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 1_000_000_000L;

    private static final long NANOS_OF_ONE_KEY_STROKE = 300_000_000L;

    private final PrintWriter err;
    private final boolean jsonLines;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Pace pace = new Pace();
    private String lastStage = "";
    private long lastPrinted;
    private volatile long firstInterrupt;

    ConsoleProgress(PrintWriter err, boolean jsonLines) {
        this.err = err;
        this.jsonLines = jsonLines;
        Signal.handle(new Signal("INT"), signal -> {
            long now = System.nanoTime();
            if (cancelled.getAndSet(true)) {
                // A terminal interrupts the start script too, which passes it on: that is the same key stroke.
                if (now - firstInterrupt > NANOS_OF_ONE_KEY_STROKE) {
                    Runtime.getRuntime().halt(130);
                }
            } else {
                firstInterrupt = now;
            }
        });
    }

    @Override
    public synchronized void report(Event event) {
        if (jsonLines) {
            err.println(line(event));
        } else if (event instanceof Stage stage) {
            printStage(stage);
        } else if (!event.line().isEmpty()) {
            err.println(event.line());
        }
        err.flush();
    }

    /** {@code {"event": kind, …}}. */
    private static String line(Event event) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("event", event.kind());
        node.setAll((ObjectNode) Json.tree(event));
        return node.toString();
    }

    private void printStage(Stage stage) {
        long now = System.nanoTime();
        String words = pace.line(stage, now);
        boolean finished = stage.total() > 0 && stage.done() == stage.total();
        if (stage.what().equals(lastStage) && !finished && now - lastPrinted < NANOS_BETWEEN_LINES) {
            return;
        }
        lastStage = stage.what();
        lastPrinted = now;
        err.println(words);
    }

    @Override
    public boolean isCancelled() {
        return cancelled.get();
    }

    @Override
    public void close() {
        Signal.handle(new Signal("INT"), sun.misc.SignalHandler.SIG_DFL);
    }
}
