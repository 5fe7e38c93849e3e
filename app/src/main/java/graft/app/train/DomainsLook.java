package graft.app.train;

import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.domains.TwoDomains;
import graft.run.FineTuningResult;
import graft.run.TransferOptions;
import graft.worker.DomainComparison;
import graft.worker.HowRead;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Features of both domains in the network that the shown run made, and in the one that it began with. */
public final class DomainsLook {
    private final JobRunner jobs;
    private final Worker worker;
    private final RunFollower run;
    private final ReadOnlyBooleanWrapper possible = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<TwoDomains> found = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Job> job = new ReadOnlyObjectWrapper<>();

    public DomainsLook(JobRunner jobs, Worker worker, RunFollower run) {
        this.jobs = jobs;
        this.worker = worker;
        this.run = run;
        // Features of another run are not of this one.
        run.resultProperty().addListener((property, old, now) -> forget());
        run.subjectProperty().addListener((property, old, now) -> forget());
        forget();
    }

    private void forget() {
        cancel();
        found.set(null);
        problem.set("");
        possible.set(plan().isPresent());
    }

    private Optional<DomainComparison> plan() {
        FineTuningResult ended = run.resultProperty().get();
        return ended == null || ended.network() == null
                ? Optional.empty()
                : run.plan().flatMap(plan -> plan.get(TransferOptions.TARGET)
                        .map(target -> new DomainComparison(
                                ended.network(),
                                plan.network(),
                                plan.data(),
                                Path.of(target),
                                HowRead.of(plan.settings()))));
    }

    /** Looks, in place of a look that is under way; what was seen already stays. */
    public void look() {
        if (found.get() == null) {
            plan().ifPresent(this::look);
        }
    }

    private void look(DomainComparison plan) {
        cancel();
        problem.set("");
        looking.set(true);
        Job started = jobs.start(
                TrainViewModel.text("domains.job", plan.target().getFileName()),
                progress -> worker.ask(Works.DOMAINS, plan, progress),
                answer -> {
                    looking.set(false);
                    found.set(answer);
                },
                words -> {
                    looking.set(false);
                    problem.set(words);
                });
        job.set(started);
        started.whenCancelled(() -> {
            if (job.get() == started) {
                looking.set(false);
            }
        });
    }

    public void cancel() {
        if (looking.get() && job.get() != null) {
            job.get().cancel();
            looking.set(false);
        }
    }

    /** Whether the run shown had a target domain, and there is a file of it. */
    public ReadOnlyBooleanProperty possibleProperty() {
        return possible.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    /** The look under way, or the last one; null before the first. */
    public ReadOnlyObjectProperty<Job> jobProperty() {
        return job.getReadOnlyProperty();
    }

    /** Null until something was seen of the run shown. */
    public ReadOnlyObjectProperty<TwoDomains> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** What went wrong; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
