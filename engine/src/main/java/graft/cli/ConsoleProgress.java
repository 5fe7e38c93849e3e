package graft.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.files.Json;
import graft.progress.Event;
import graft.progress.Pace;
import graft.progress.Progress;
import graft.progress.Stage;
import java.io.PrintWriter;

/** Progress on standard error, for people or as JSON lines; an interrupt asks the call to end. */
final class ConsoleProgress implements Progress {
    private static final long NANOS_BETWEEN_LINES = 1_000_000_000L;

    private final PrintWriter err;
    private final boolean jsonLines;
    private final Interrupts interrupts;
    private final Pace pace = new Pace();
    private String lastStage = "";
    private long lastPrinted;

    ConsoleProgress(PrintWriter err, boolean jsonLines, Interrupts interrupts) {
        this.err = err;
        this.interrupts = interrupts;
        this.jsonLines = jsonLines;
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
        return interrupts.asked();
    }
}
