package graft.app.task;

import graft.Refusal;
import graft.app.jobs.Failures;
import graft.options.Settings;
import graft.task.TaskTable;
import graft.text.TableLook;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was understood of data before they are taken: shown, and changed, until it is right.
 *
 * @param how what the user said so far
 * @param view of the task that was recognised or chosen
 * @param possible tasks whose data these may be
 * @param table whose columns may be chosen; empty where there is none
 * @param examples empty where the data cannot be taken as they are
 * @param problem why they cannot; "" where they can
 */
public record Understanding(
        Path source,
        Settings how,
        TaskView view,
        List<TaskView> possible,
        Optional<TableLook> table,
        Optional<ExampleSet> examples,
        String problem) {

    /** The same with what looking at the examples has shown. */
    public Understanding with(ExampleSet set) {
        return new Understanding(source, how, view, possible, table, Optional.of(set), problem);
    }

    /** @throws Refusal where not even a person who looks at them could help */
    public static Understanding of(Path source, Settings how) {
        TaskView view = TaskViews.of(source, how);
        List<TaskView> possible = TaskTable.all().stream()
                .filter(task -> task.reading().fits(source))
                .map(TaskViews::of)
                .toList();
        Optional<TableLook> table = view.opening().look(source, how);
        try {
            return new Understanding(
                    source,
                    how,
                    view,
                    possible,
                    table,
                    Optional.of(view.opening().open(view, source, how)),
                    "");
        } catch (Refusal e) {
            if (table.isEmpty() && possible.size() < 2) {
                throw e;
            }
            return new Understanding(source, how, view, possible, table, Optional.empty(), Failures.words(e));
        }
    }

    /** What the user calls the data. */
    public String title() {
        return ExampleSet.title(source);
    }
}
