package graft.app.train;

import graft.app.jobs.JobRunner;
import graft.app.task.ExampleSet;
import graft.run.RunFolder;
import java.nio.file.Path;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;

/** Whether the examples that are open are still those that the run shown has learnt from: relabelled, left out, added since. */
public final class SinceRun {
    private final JobRunner jobs;
    private final RunFollower run;
    private final ObservableValue<ExampleSet> data;
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private int looks;

    public SinceRun(JobRunner jobs, RunFollower run, ObservableValue<ExampleSet> data) {
        this.jobs = jobs;
        this.run = run;
        this.data = data;
        run.stateProperty().addListener((property, old, state) -> look());
        run.subjectProperty().addListener((property, old, subject) -> look());
        data.addListener((property, old, set) -> look());
    }

    private void look() {
        int mine = ++looks;
        ExampleSet set = data.getValue();
        RunSubject subject = run.subjectProperty().get();
        Path folder = run.folder();
        boolean comparable = subject != null
                && set != null
                && set.isVisible()
                && folder != null
                && !run.stateProperty().get().isUnderWay()
                && subject.isOf(subject.network(), set.source());
        if (!comparable) {
            // A run that begins now learns from what is open.
            words.set("");
            return;
        }
        jobs.start(
                TrainViewModel.text("since.looking"),
                progress -> {
                    Map<String, String> now = set.classOf();
                    return RunFolder.changes(folder, now);
                },
                changes -> {
                    if (mine == looks) {
                        words.set(changes);
                    }
                },
                failed -> {
                    if (mine == looks) {
                        words.set(""); // a list that cannot be read tells of no change
                    }
                });
    }

    /** What has changed since; "" where nothing has, or it is not known. */
    public ReadOnlyStringProperty wordsProperty() {
        return words.getReadOnlyProperty();
    }
}
