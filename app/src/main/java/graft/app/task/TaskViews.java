package graft.app.task;

import graft.catalog.BuiltInNetwork;
import graft.catalog.MiniLm;
import graft.onnx.Graph;
import graft.options.Settings;
import graft.run.PlanOptions;
import graft.sample.Sample;
import graft.sample.SampleMails;
import graft.task.Task;
import graft.task.TaskTable;
import java.nio.file.Path;
import java.util.List;

/** How all tasks are shown: one line each. The first is that of the first start. */
public final class TaskViews {
    private static final List<TaskView> ALL = List.of(
            new TaskView(
                    TaskTable.named("image-classification"),
                    PictureSets::open,
                    PictureGallery::new,
                    PicturePortrait::new,
                    false,
                    Sample::folder,
                    BuiltInNetwork::file),
            new TaskView(
                    TaskTable.named("text-classification"),
                    new TextSets(),
                    loaders -> new TextGallery(),
                    loaders -> new TextPortrait(),
                    true,
                    SampleMails::folder,
                    MiniLm::file));

    private TaskViews() {}

    public static List<TaskView> all() {
        return ALL;
    }

    /** Of the first start, and while nothing is open. */
    public static TaskView usual() {
        return ALL.get(0);
    }

    /** @throws IllegalStateException for a task that has no line here */
    static TaskView of(Task task) {
        return ALL.stream()
                .filter(view -> view.task().equals(task))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody says how " + task.name() + " is shown"));
    }

    /** How the data that a network is for are shown, as far as its inputs tell. */
    public static TaskView of(Graph network) {
        return of(TaskTable.of(network));
    }

    /** How data are shown; looks into folders. */
    public static TaskView of(Path data) {
        return of(data, Settings.NONE);
    }

    /** The same where the user may have said which task it is. */
    public static TaskView of(Path data, Settings how) {
        return of(TaskTable.of(data, how.get(PlanOptions.TASK)));
    }
}
