package graft.app.shell;

import graft.app.controls.CurvesView;
import graft.app.task.ExampleSet.ClassCount;
import graft.evaluate.ClassScore;
import graft.files.Json;
import graft.project.RunEntry;
import graft.run.FineTuningResult;
import java.util.OptionalDouble;

/** Does once the window is there, in the background, what would hold it up at its first use. */
final class Ahead {
    private Ahead() {}

    static void start() {
        Thread thread = new Thread(Ahead::run, "ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        // Java makes the code that compares a record at the first comparison: 50 ms, when a table selects its first
        // row.
        compared(new ClassCount("", 0, 0));
        compared(new RunEntry(0, "", "", "", "", "", 0.0, 0.0, "", "", "", Json.parse("{}"), "", false, false));
        compared(new ClassScore("", 0, 0, 0, 0, OptionalDouble.empty()));
        CurvesView.prepare();
        Json.read("{}", FineTuningResult.class);
    }

    private static void compared(Record record) {
        if (!record.equals(record)) {
            throw new IllegalStateException(record + " differs from itself");
        }
    }
}
