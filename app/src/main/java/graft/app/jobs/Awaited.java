package graft.app.jobs;

import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** What is on its way to the table: until it is there, what lies there is not what the user asked for. */
public final class Awaited {
    private final JobRunner jobs;
    private final ReadOnlyStringWrapper name = new ReadOnlyStringWrapper("");
    private int underWay;

    public Awaited(JobRunner jobs) {
        this.jobs = jobs;
    }

    /** Starts a job ({@link JobRunner#start}) whose outcome is awaited under a name. */
    public <T> Job start(
            String called, String title, JobRunner.Work<T> work, Consumer<? super T> done, Consumer<String> failed) {
        underWay++;
        name.set(called);
        // What comes of it may begin what is awaited next: its end is noted after that.
        Job job = jobs.start(
                title,
                work,
                (T result) -> {
                    try {
                        done.accept(result);
                    } finally {
                        end();
                    }
                },
                words -> {
                    failed.accept(words);
                    end();
                });
        job.whenCancelled(this::end);
        return job;
    }

    private void end() {
        if (--underWay == 0) {
            name.set("");
        }
    }

    /** The name of what was asked for last; "" once everything is there, or cannot be had. */
    public ReadOnlyStringProperty nameProperty() {
        return name.getReadOnlyProperty();
    }
}
