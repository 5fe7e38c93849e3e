package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.worker.Trusting;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Writes a network with a note of what it learnt from, so that inputs unlike all of that are told. */
public final class NotingViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private final JobRunner jobs;
    private final Worker worker;
    private final Supplier<Trusting.Asked> asked;
    private final ReadOnlyStringWrapper written = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper noting = new ReadOnlyBooleanWrapper();
    private Job job;
    private int mine;

    /** @param asked the network and the examples that it learnt from, as they are when they are asked for */
    NotingViewModel(JobRunner jobs, Worker worker, Supplier<Trusting.Asked> asked) {
        this.jobs = jobs;
        this.worker = worker;
        this.asked = asked;
    }

    /** What was written of another network, or of other examples, is not of these. */
    void forget() {
        mine++;
        if (job != null) {
            job.cancel();
        }
        written.set("");
        problem.set("");
    }

    public void note(Path out) {
        if (noting.get()) {
            return;
        }
        Trusting.Noting plan = new Trusting.Noting(asked.get(), out);
        int now = mine;
        written.set("");
        problem.set("");
        job = jobs.start(
                text("note.job", plan.asked().network().getFileName()),
                progress -> worker.ask(Works.NOTE, plan, progress),
                found -> {
                    if (now == mine) {
                        written.set(text(
                                "note.written", out, found.examples(), Numbers.percent(found.beyond()), found.n()));
                    }
                },
                words -> {
                    if (now == mine) {
                        problem.set(words);
                    }
                });
        noting.bind(job.runningProperty());
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** What was written, in words; "" where nothing was. */
    public ReadOnlyStringProperty writtenProperty() {
        return written.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty notingProperty() {
        return noting.getReadOnlyProperty();
    }
}
