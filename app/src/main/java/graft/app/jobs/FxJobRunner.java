package graft.app.jobs;

import graft.progress.Event;
import graft.progress.Progress;
import graft.progress.Stage;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Does work on daemon threads and brings results to the FX thread. */
public final class FxJobRunner implements JobRunner {
    private final ObservableList<Job> jobs = FXCollections.observableArrayList();
    /** Walks over deep graphs are deep. Memory is taken only as far as it is used. */
    private static final long STACK = 64L << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(null, work, "job", STACK);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    @Override
    public <T> Job start(String title, Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
        Job job = new Job(title);
        jobs.add(job);
        run(job, work, done, failed);
        return job;
    }

    @Override
    public <T> void look(Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
        run(new Job(""), work, done, failed);
    }

    private <T> void run(Job job, Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
        threads.execute(() -> {
            Runnable end;
            try {
                T result = work.run(progressOf(job));
                end = () -> done.accept(result);
            } catch (CancellationException e) {
                end = () -> {};
            } catch (Throwable e) { // a job that ends in any other way would stand in the strip for ever
                String words = Failures.words(e);
                end = () -> failed.accept(words);
            }
            Runnable ending = end;
            Platform.runLater(() -> {
                jobs.remove(job);
                job.end();
                if (!job.isCancelled()) {
                    ending.run();
                }
            });
        });
    }

    @Override
    public <T> Consumer<T> bringing(Consumer<? super T> to) {
        return value -> Platform.runLater(() -> to.accept(value));
    }

    /** At most one update waits for the FX thread at a time, so that fast work cannot flood it. */
    private static Progress progressOf(Job job) {
        AtomicReference<Stage> waiting = new AtomicReference<>();
        return new Progress() {
            @Override
            public void report(Event event) {
                if (event instanceof Stage stage && waiting.getAndSet(stage) == null) {
                    Platform.runLater(() -> {
                        job.show(waiting.getAndSet(null));
                    });
                }
            }

            @Override
            public boolean isCancelled() {
                return job.isCancelled();
            }
        };
    }

    @Override
    public ObservableList<Job> jobs() {
        return jobs;
    }
}
