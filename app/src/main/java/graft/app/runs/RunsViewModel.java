package graft.app.runs;

import graft.app.controls.Numbers;
import graft.app.jobs.JobRunner;
import graft.app.train.PastRun;
import graft.cli.TrainArguments;
import graft.files.Json;
import graft.project.OpenedPack;
import graft.project.ProjectFolder;
import graft.project.RunComparison;
import graft.project.RunEntry;
import graft.project.RunExport;
import graft.project.RunFolders;
import graft.project.RunMarks;
import graft.project.RunPack;
import graft.run.FineTuningPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The runs that the project remembers, pinned ones first, then the newest; and everything that can be done with them. */
public final class RunsViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.runs");
    private static final Comparator<RunEntry> PINNED_FIRST = Comparator.comparing((RunEntry run) -> !run.pinned());

    private final JobRunner jobs;
    private final Path project;
    private final ObservableList<RunEntry> runs = FXCollections.observableArrayList();
    private final ObservableList<RunEntry> runsSeen = FXCollections.unmodifiableObservableList(runs);
    private final ReadOnlyObjectWrapper<List<RunEntry>> deleted = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<RunComparison> comparison = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper news = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");

    public RunsViewModel(JobRunner jobs, Path project) {
        this.jobs = jobs;
        this.project = project;
    }

    private interface Work<T> {
        T with(ProjectFolder folder);
    }

    private <T> void start(String title, Work<T> work, Consumer<T> done) {
        problem.set("");
        jobs.start(
                title,
                progress -> {
                    try (ProjectFolder folder = ProjectFolder.open(project)) {
                        return work.with(folder);
                    }
                },
                done,
                problem::set);
    }

    private static List<RunEntry> sorted(List<RunEntry> found) {
        return found.stream().sorted(PINNED_FIRST).toList();
    }

    /** Reads the history again. */
    public void refresh(Consumer<String> failed) {
        jobs.start(
                TEXTS.getString("reading"),
                progress -> {
                    try (ProjectFolder folder = ProjectFolder.open(project)) {
                        return sorted(folder.runs());
                    }
                },
                runs::setAll,
                failed);
    }

    /** Reads what is known of a run, and hands it over. */
    public void open(RunEntry run, Consumer<PastRun> show, Consumer<String> failed) {
        jobs.start(
                Numbers.message(TEXTS.getString("opening"), run.id()),
                progress -> PastRun.read(project, run),
                show,
                failed);
    }

    /** Notes where data or network of a run lie now, as its plan says, and hands it over. */
    public void relocate(PastRun run, Consumer<PastRun> then, Consumer<String> failed) {
        jobs.start(
                TEXTS.getString("relocating"),
                progress -> {
                    try (ProjectFolder folder = ProjectFolder.open(project)) {
                        run.plan().ifPresent(folder::relocate);
                        return sorted(folder.runs());
                    }
                },
                all -> {
                    runs.setAll(all);
                    then.accept(run);
                },
                failed);
    }

    /** Reads again what is known of a run that goes on elsewhere. */
    public void lookAgain(RunEntry run, Consumer<PastRun> show, Consumer<String> failed) {
        jobs.look(progress -> PastRun.read(project, run), show, failed);
    }

    /** The same, with what goes wrong said on the page of the runs. */
    public void open(RunEntry run, Consumer<PastRun> show) {
        open(run, show, problem::set);
    }

    // ---- what the user says of a run

    private void mark(List<RunEntry> which, BiConsumer<RunMarks, RunEntry> change) {
        start(
                TEXTS.getString("marking"),
                folder -> {
                    which.forEach(run -> change.accept(folder.marks(), run));
                    return sorted(folder.runs());
                },
                runs::setAll);
    }

    public void rename(RunEntry run, String name) {
        mark(List.of(run), (marks, it) -> marks.rename(it.id(), name));
    }

    public void note(RunEntry run, String words) {
        mark(List.of(run), (marks, it) -> marks.note(it.id(), words));
    }

    public void tag(RunEntry run, String tags) {
        mark(List.of(run), (marks, it) -> marks.tag(it.id(), tags));
    }

    /** Puts a star on a run, or takes it away. */
    public void star(RunEntry run) {
        mark(List.of(run), (marks, it) -> marks.star(it.id(), !it.starred()));
    }

    /** Pins a run above the others, or takes the pin away. */
    public void pin(RunEntry run) {
        mark(List.of(run), (marks, it) -> marks.pin(it.id(), !it.pinned()));
    }

    // ---- deleting

    /** Nothing is lost: {@link #undoDelete} has them back, and so has {@code graft runs restore}. */
    public void delete(List<RunEntry> which) {
        List<RunEntry> gone = List.copyOf(which);
        start(
                TEXTS.getString("deleting"),
                folder -> {
                    gone.forEach(folder.trash()::delete);
                    return sorted(folder.runs());
                },
                left -> {
                    runs.setAll(left);
                    deleted.set(gone);
                    news.set(Numbers.message(TEXTS.getString("deleted"), gone.size(), RunWords.names(gone)));
                });
    }

    /** Has those back that were deleted last. */
    public void undoDelete() {
        List<RunEntry> back = deleted.get();
        start(
                TEXTS.getString("restoring"),
                folder -> {
                    back.forEach(run -> folder.trash().restore(folder.trash().run(Long.toString(run.id()))));
                    return sorted(folder.runs());
                },
                all -> {
                    runs.setAll(all);
                    deleted.set(List.of());
                    news.set("");
                });
    }

    // ---- comparing and sharing

    /** Says why the second may be better than the first. */
    public void compare(RunEntry first, RunEntry second) {
        start(TEXTS.getString("comparing"), folder -> folder.compare(first, second), comparison::set);
    }

    /** The command that repeats a run, as it is typed; in a folder that no run has taken. */
    public String commandLine(RunEntry run) {
        FineTuningPlan plan = Json.convert(run.plan(), FineTuningPlan.class);
        return TrainArguments.typed(TrainArguments.of(plan.withOut(RunFolders.next(project))));
    }

    public void exportTables(RunEntry run, Path folder) {
        export(folder, project -> RunExport.csv(project, run, folder));
    }

    public void exportTensorBoard(RunEntry run, Path folder) {
        export(folder, project -> List.of(RunExport.tensorBoard(project, run, folder)));
    }

    private void export(Path folder, Function<ProjectFolder, List<Path>> writing) {
        start(TEXTS.getString("exporting"), writing::apply, files -> news.set(said(folder)));
    }

    private static String said(Path file) {
        return Numbers.message(TEXTS.getString("written"), file);
    }

    /** Writes a run as one file. */
    public void pack(RunEntry run, Path file) {
        start(
                TEXTS.getString("packing"),
                folder -> RunPack.write(folder, run, file, RunPack.Source.of(run)),
                packed -> news.set(said(packed.file())));
    }

    /** Takes the run in a {@code .graft} file into the project, and hands it over. */
    public void openPack(Path file, Consumer<RunEntry> then, Consumer<String> failed) {
        jobs.start(
                Numbers.message(TEXTS.getString("unpacking"), file.getFileName()),
                progress -> {
                    try (ProjectFolder folder = ProjectFolder.open(project)) {
                        RunEntry opened = OpenedPack.open(folder, file);
                        List<RunEntry> all = new ArrayList<>(sorted(folder.runs()));
                        return new Unpacked(opened, all);
                    }
                },
                unpacked -> {
                    runs.setAll(unpacked.all());
                    then.accept(unpacked.run());
                },
                failed);
    }

    /** The same, with what goes wrong said on the page of the runs. */
    public void openPack(Path file, Consumer<RunEntry> then) {
        openPack(file, then, problem::set);
    }

    private record Unpacked(RunEntry run, List<RunEntry> all) {}

    // ---- what is known

    public ObservableList<RunEntry> runs() {
        return runsSeen;
    }

    /** Those that were deleted last; empty where none were. */
    public ReadOnlyObjectProperty<List<RunEntry>> deletedProperty() {
        return deleted.getReadOnlyProperty();
    }

    /** In what the two runs that were compared last differ; null before. */
    public ReadOnlyObjectProperty<RunComparison> comparisonProperty() {
        return comparison.getReadOnlyProperty();
    }

    /** What was done; "" where nothing is to be said. */
    public ReadOnlyStringProperty newsProperty() {
        return news.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
