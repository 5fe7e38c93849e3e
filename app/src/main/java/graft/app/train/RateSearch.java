package graft.app.train;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.run.FineTuningPlan;
import graft.run.PlanOptions;
import graft.train.RateFinder.Found;
import graft.worker.RateTrial;
import graft.worker.Works;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Tries learning rates for the next run in the background, and puts the one that is chosen into its settings. */
public final class RateSearch {
    /** As the command does. */
    static final int STEPS = 100;

    private final JobRunner jobs;
    private final Worker worker;
    private final TrainViewModel model;
    private final ReadOnlyBooleanWrapper searching = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Job> job = new ReadOnlyObjectWrapper<>();

    public RateSearch(JobRunner jobs, Worker worker, TrainViewModel model) {
        this.jobs = jobs;
        this.worker = worker;
        this.model = model;
    }

    /** Starts the test, in place of one that is under way; nothing happens while a run could not begin either. */
    public void find() {
        if (!model.obstacleProperty().get().isEmpty()) {
            return;
        }
        cancel();
        FineTuningPlan asked = model.plan();
        // What the padlocks say is tried as it is; the rate of a recipe is that of its head.
        boolean asItIs = model.recipeProperty().get().option().isEmpty();
        FineTuningPlan plan = asItIs ? asked : asked.ofHeadAlone();
        RateTrial.Plan trial = new RateTrial.Plan(plan, STEPS);
        problem.set("");
        found.set(null);
        searching.set(true);
        Job started = jobs.start(
                TrainViewModel.text("rate.job", RunSubject.of(plan).source()),
                progress -> worker.ask(Works.FIND_RATE, trial, progress),
                this::become,
                words -> {
                    searching.set(false);
                    problem.set(words);
                });
        job.set(started);
        started.whenCancelled(() -> {
            if (job.get() == started) {
                searching.set(false);
            }
        });
    }

    private void become(Found answer) {
        searching.set(false);
        found.set(answer);
    }

    public void cancel() {
        if (searching.get() && job.get() != null) {
            job.get().cancel();
            searching.set(false);
        }
    }

    /** Takes a rate for the next run; "reset to defaults" takes it back. */
    public void use(double rate) {
        model.settings().property(PlanOptions.LEARNING_RATE).setValue(rate);
    }

    public ReadOnlyBooleanProperty searchingProperty() {
        return searching.getReadOnlyProperty();
    }

    /** The test under way, or the last one; null before the first. */
    public ReadOnlyObjectProperty<Job> jobProperty() {
        return job.getReadOnlyProperty();
    }

    /** Null until a test has ended. */
    public ReadOnlyObjectProperty<Found> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** What went wrong; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
