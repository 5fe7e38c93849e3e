package graft.app.jobs;

import graft.progress.Progress;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Does everything at once on the calling thread: for tests of view models, which then need no toolkit. */
public final class DirectJobRunner implements JobRunner {
    private final ObservableList<Job> jobs = FXCollections.observableArrayList();

    @Override
    public <T> Job start(String title, Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
        Job job = new Job(title);
        job.end();
        T result;
        try {
            result = work.run(Progress.NONE);
        } catch (CancellationException e) {
            return job;
        } catch (Exception e) {
            failed.accept(Failures.words(e));
            return job;
        }
        done.accept(result);
        return job;
    }

    @Override
    public ObservableList<Job> jobs() {
        return jobs;
    }
}
