package graft.app.task;

import graft.Refusal;
import graft.app.jobs.Failures;
import graft.options.Settings;
import graft.run.PlanOptions;
import graft.task.TaskTable;
import graft.text.TableLook;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
        // Those that the data look like first; the others can be meant too, and are for the user to say.
        List<TaskView> possible = Stream.concat(
                        TaskTable.all().stream().filter(task -> task.reading().fits(source)),
                        TaskTable.all().stream().filter(task -> task.reading().suits(source)))
                .distinct()
                .map(TaskViews::of)
                .toList();
        TaskView view = !isUnsaid(how) || possible.isEmpty() ? TaskViews.of(source, how) : possible.get(0);
        Optional<TableLook> table = view.opening().look(source, how);
        try {
            return opened(source, how, view, possible, table);
        } catch (Refusal e) {
            // A folder may hold what any task reads: then the first that can read it is meant.
            String asked = view.task().questions().words();
            for (int i = 1; i < possible.size() && table.isEmpty() && isUnsaid(how); i++) {
                if (possible.get(i).task().questions().words().equals(asked)) {
                    continue; // what is wrong with texts as these is worth knowing
                }
                try {
                    return opened(source, how, possible.get(i), possible.subList(i, possible.size()), table);
                } catch (Refusal alsoNot) {
                    e.addSuppressed(alsoNot);
                }
            }
            if (table.isEmpty() && possible.size() < 2) {
                throw e;
            }
            return new Understanding(source, how, view, possible, table, Optional.empty(), Failures.words(e));
        }
    }

    private static boolean isUnsaid(Settings how) {
        return how.get(PlanOptions.TASK).isEmpty();
    }

    private static Understanding opened(
            Path source, Settings how, TaskView view, List<TaskView> possible, Optional<TableLook> table) {
        return new Understanding(
                source, how, view, possible, table, Optional.of(view.opening().open(view, source, how)), "");
    }

    /** What the user calls the data. */
    public String title() {
        return ExampleSet.title(source);
    }
}
