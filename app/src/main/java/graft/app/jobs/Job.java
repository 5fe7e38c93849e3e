package graft.app.jobs;

import graft.progress.Pace;
import graft.progress.Stage;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** One piece of long work as the jobs strip shows it. Its properties change on the FX thread. */
public final class Job {
    /** For {@link #progressProperty} where nothing is known of how much is left. */
    public static final double INDETERMINATE = -1;

    private final String title;
    private final Pace pace = new Pace();
    private final ReadOnlyStringWrapper stage = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(INDETERMINATE);
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(true);
    private volatile boolean cancelled;

    public Job(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** What is being done just now: "reading pictures 120 of 244". */
    public ReadOnlyStringProperty stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /** 0…1, or {@link #INDETERMINATE}. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** True until the work has ended: in success, failure, or some time after it was cancelled. */
    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /** Asks the work to end; it does so at its next step. */
    public void cancel() {
        cancelled = true;
    }

    /** Does something on the FX thread once the work has ended without result because it was cancelled. */
    public void whenCancelled(Runnable then) {
        running.addListener((observable, before, now) -> {
            if (!now && cancelled) {
                then.run();
            }
        });
    }

    public boolean isCancelled() {
        return cancelled;
    }

    void end() {
        running.set(false);
    }

    void show(Stage now) {
        stage.set(StageWords.line(pace, now, System.nanoTime()));
        progress.set(now.total() > 0 ? (double) now.done() / now.total() : INDETERMINATE);
    }
}
