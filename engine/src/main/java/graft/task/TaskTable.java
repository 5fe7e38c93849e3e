package graft.task;

import graft.Refusal;
import graft.onnx.Graph;
import graft.onnx.Model;
import graft.onnx.NetworkFile;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tasks: one line each. */
public final class TaskTable {
    /** Of these, data without a task's name are of the first that they fit. */
    private static final List<Task> ALL = List.of(
            TextClassification.TASK,
            TokenClassification.TASK,
            QuestionAnswering.TASK,
            TextGeneration.TASK,
            FillMask.TASK,
            ImageClassification.TASK);

    private static final Map<String, Task> BY_NAME = byName();

    private TaskTable() {}

    private static Map<String, Task> byName() {
        Map<String, Task> out = new LinkedHashMap<>();
        for (Task task : ALL) {
            if (out.put(task.name(), task) != null) {
                throw new IllegalStateException("two tasks are called " + task.name());
            }
        }
        return out;
    }

    public static List<Task> all() {
        return ALL;
    }

    /** @throws Refusal where there is none of this name */
    public static Task named(String name) {
        Task task = BY_NAME.get(name);
        if (task == null) {
            throw new Refusal(
                    "There is no task \"" + name + "\"; there are " + String.join(", ", BY_NAME.keySet()) + ".");
        }
        return task;
    }

    /** The task that a network is for, as far as its inputs tell. */
    public static Task of(Graph network) {
        return ALL.stream()
                .filter(task -> task.reading().feeds(network))
                .findFirst()
                .orElse(ALL.get(ALL.size() - 1));
    }

    /** The task that data are of; the last one where they fit none, which then says what is wrong with them. */
    public static Task of(Path source, Optional<String> wanted) {
        return wanted.map(TaskTable::named).orElseGet(() -> ALL.stream()
                .filter(task -> task.reading().fits(source))
                .findFirst()
                .orElse(ALL.get(ALL.size() - 1)));
    }

    /** The task that a network's file says it was trained for. */
    public static Optional<Task> noted(Model network) {
        return Optional.ofNullable(network.metadata().get(Task.NOTE)).map(TaskTable::named);
    }

    /** The task of a network: the one that its file notes; else the first that its inputs are for, which is said. */
    public static Task ofNetwork(NetworkFile network, Progress progress) {
        Optional<Task> noted = noted(network.model());
        if (noted.isPresent()) {
            return noted.get();
        }
        Optional<Task> known = ALL.stream()
                .filter(each -> each.reading().isAnsweredBy(network.path(), network.model()))
                .findFirst();
        if (known.isPresent()) {
            progress.note(network.path() + " is taken for a network of "
                    + known.get().name() + ", as its outputs or the config.json beside it have it.");
            return known.get();
        }
        Task task = ALL.stream()
                .filter(each -> each.questions().areTakenBy(network.model().graph()))
                .findFirst()
                .orElse(ALL.get(ALL.size() - 1));
        progress.note(network.path() + " does not say what it answers. By its inputs it is asked about "
                + task.questions().words() + ": " + task.words().question());
        return task;
    }
}
