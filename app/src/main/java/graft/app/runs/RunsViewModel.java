package graft.app.runs;

import graft.app.jobs.JobRunner;
import graft.app.train.PastRun;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The runs that the project remembers, the newest first. */
public final class RunsViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.runs");

    private final JobRunner jobs;
    private final Path project;
    private final ObservableList<RunEntry> runs = FXCollections.observableArrayList();
    private final ObservableList<RunEntry> runsSeen = FXCollections.unmodifiableObservableList(runs);

    public RunsViewModel(JobRunner jobs, Path project) {
        this.jobs = jobs;
        this.project = project;
    }

    /** Reads the history again. */
    public void refresh(Consumer<String> failed) {
        jobs.start(TEXTS.getString("reading"), progress -> read(), runs::setAll, failed);
    }

    private List<RunEntry> read() {
        try (ProjectFolder folder = ProjectFolder.open(project)) {
            return folder.runs();
        }
    }

    /** Reads what is known of a run, and hands it over. */
    public void open(RunEntry run, Consumer<PastRun> show, Consumer<String> failed) {
        jobs.start(
                MessageFormat.format(TEXTS.getString("opening"), run.id()),
                progress -> PastRun.read(project, run),
                show,
                failed);
    }

    public ObservableList<RunEntry> runs() {
        return runsSeen;
    }
}
