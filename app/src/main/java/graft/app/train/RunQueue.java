package graft.app.train;

import graft.Refusal;
import graft.files.Json;
import graft.run.FineTuningPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final Path file;
    private final String problem;

    /** @param file keeps what waits, so that it still does after the window has ended, however it did */
    RunQueue(Path file) {
        this.file = file;
        this.problem = readBack();
    }

    private String readBack() {
        if (!Files.exists(file)) {
            return "";
        }
        try {
            waiting.setAll(Json.read(file, Waiting[].class));
            return "";
        } catch (Refusal e) {
            return TrainViewModel.text("queue.lost", e.getMessage());
        }
    }

    /** Why runs that waited as the window ended do not wait any more; "" where they do. */
    public String problem() {
        return problem;
    }

    private void keep() {
        try {
            if (waiting.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Json.write(file, List.copyOf(waiting));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(Waiting run) {
        waiting.add(run);
        keep();
    }

    Optional<Waiting> next() {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Waiting first = waiting.remove(0);
        keep();
        return Optional.of(first);
    }

    /** Takes one out again. */
    public void cancel(Waiting run) {
        waiting.removeIf(each -> each == run);
        keep();
    }

    public ObservableList<Waiting> runs() {
        return seen;
    }
}
