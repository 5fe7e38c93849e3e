package graft.app.shell;

import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.problem.Problem;
import graft.app.train.RunFollower;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;

/** What happened since the window was opened, a line each: jobs, what runs said, what went wrong. */
final class LogViewModel {
    /** Lines kept; the oldest go first. */
    private static final int MOST = 2000;

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.workbench");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final double NANOS = 1e9;

    private final ObservableList<String> lines = FXCollections.observableArrayList();
    private final Map<Job, Long> begun = new HashMap<>();
    private final Supplier<LocalTime> clock;

    LogViewModel(
            ObservableList<Job> jobs,
            RunFollower run,
            ProblemsViewModel problems,
            ObservableStringValue told,
            Supplier<LocalTime> clock) {
        this.clock = clock;
        jobs.addListener((ListChangeListener<Job>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::started);
                change.getRemoved().forEach(this::ended);
            }
        });
        run.log().addListener((ListChangeListener<String>) change -> {
            while (change.next()) {
                change.getAddedSubList().forEach(this::add);
            }
        });
        run.headlineProperty().addListener((property, old, words) -> {
            if (!words.isEmpty()) {
                add(TEXTS.getString("job.run") + " · " + words);
            }
        });
        problems.found().addListener((ListChangeListener<ProblemsViewModel.Found>) change -> {
            while (change.next()) {
                change.getAddedSubList().stream()
                        .map(ProblemsViewModel.Found::problem)
                        .filter(problem -> problem.severity() == Problem.Severity.WRONG)
                        .filter(problem -> change.getRemoved().stream()
                                .noneMatch(before -> before.problem().isLike(problem)))
                        .forEach(problem -> add(problem.what()));
            }
        });
        told.addListener((property, old, words) -> add(words));
    }

    private void started(Job job) {
        begun.put(job, System.nanoTime());
        add(Numbers.message(TEXTS.getString("log.started"), job.title()));
    }

    private void ended(Job job) {
        Long since = begun.remove(job);
        if (since != null) {
            add(Numbers.message(TEXTS.getString("log.ended"), job.title(), (System.nanoTime() - since) / NANOS));
        }
    }

    private void add(String words) {
        if (words.isBlank()) {
            return;
        }
        lines.add(TIME.format(clock.get()) + "  " + words.strip().replaceAll("\\s*\\R\\s*", " "));
        if (lines.size() > MOST) {
            lines.remove(0, lines.size() - MOST);
        }
    }

    ObservableList<String> lines() {
        return lines;
    }
}
