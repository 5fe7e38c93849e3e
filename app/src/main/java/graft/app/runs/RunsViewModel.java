package graft.app.runs;

import graft.app.jobs.JobRunner;
import graft.project.ProjectFolder;
import graft.project.RunEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
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
    public void refresh(java.util.function.Consumer<String> failed) {
        jobs.start(TEXTS.getString("reading"), progress -> read(), runs::setAll, failed);
    }

    private List<RunEntry> read() {
        try (ProjectFolder folder = ProjectFolder.open(project)) {
            return folder.runs();
        }
    }

    public ObservableList<RunEntry> runs() {
        return runsSeen;
    }
}
