package graft.app;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Keeps work under way until the test lets it go on: for what a screen says meanwhile. */
public final class HeldJobRunner implements JobRunner {
    private final JobRunner runner;
    private final ObservableList<Job> jobs = FXCollections.observableArrayList();
    private Runnable held = () -> {};

    /** @param runner does the work once it may */
    public HeldJobRunner(JobRunner runner) {
        this.runner = runner;
    }

    @Override
    public <T> Job start(String title, Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
        Job job = new Job(title);
        jobs.add(job);
        held = () -> runner.start(title, work, done, failed);
        return job;
    }

    /** Does what was started last. */
    public void goOn() {
        held.run();
    }

    @Override
    public ObservableList<Job> jobs() {
        return jobs;
    }
}
