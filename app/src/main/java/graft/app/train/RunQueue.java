package graft.app.train;

import graft.run.FineTuningPlan;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Runs that wait for the one under way, in the order in which they were asked for. */
public final class RunQueue {
    /**
     * One that waits.
     *
     * @param plan its folder is named when it begins
     */
    public record Waiting(FineTuningPlan plan, List<String> classes) {
        /** What it is, in a few words. */
        public String title() {
            RunSubject subject = RunSubject.of(plan);
            return TrainViewModel.text("queue.title", subject.title(), subject.source());
        }
    }

    private final ObservableList<Waiting> waiting = FXCollections.observableArrayList();
    private final ObservableList<Waiting> seen = FXCollections.unmodifiableObservableList(waiting);

    void add(Waiting run) {
        waiting.add(run);
    }

    Optional<Waiting> next() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.remove(0));
    }

    /** Takes one out again. */
    public void cancel(Waiting run) {
        waiting.removeIf(each -> each == run);
    }

    public ObservableList<Waiting> runs() {
        return seen;
    }
}
