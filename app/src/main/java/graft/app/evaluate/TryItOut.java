package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.evaluate.Judgement.Example;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.task.Shown;
import graft.app.task.TaskView;
import graft.meaning.Reading;
import graft.worker.Asking;
import graft.worker.Works;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;

/** One example of which nothing is known, and what the network says of it. */
final class TryItOut {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private final JobRunner jobs;
    private final Worker worker;
    private final ObservableValue<Path> network;
    private final ObservableValue<TaskView> view;
    private final Consumer<String> problem;
    private final ReadOnlyObjectWrapper<Example> answer = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Asking.Answer> marked = new ReadOnlyObjectWrapper<>();
    private int asked;

    /** @param problem gets what went wrong; "" as something new is asked */
    TryItOut(
            JobRunner jobs,
            Worker worker,
            ObservableValue<Path> network,
            ObservableValue<TaskView> view,
            Consumer<String> problem) {
        this.jobs = jobs;
        this.worker = worker;
        this.network = network;
        this.view = view;
        this.problem = problem;
    }

    /** What was asked of another network is no answer of this one. */
    void forget() {
        asked++;
        answer.set(null);
        marked.set(null);
    }

    /** Asks the network about a file of which nothing is known. */
    void about(List<Path> files) {
        Path example = files.get(0);
        ask(example.getFileName().toString(), example, file -> Asking.Plan.about(file, example));
    }

    /** Asks the network about a text; about none, nothing happens. */
    void about(String text) {
        if (!text.isBlank()) {
            ask("", Path.of(""), file -> Asking.Plan.about(file, text));
        }
    }

    /** Asks the network a question about a passage; where one of them is missing, nothing happens. */
    void about(String passage, String question) {
        if (!passage.isBlank() && !question.isBlank()) {
            ask("", Path.of(""), file -> Asking.Plan.about(file, passage, question));
        }
    }

    private void ask(String name, Path example, Function<Path, Asking.Plan> plan) {
        Path file = network.getValue();
        TaskView shownAs = view.getValue();
        if (file == null) {
            problem.accept(TEXTS.getString("needs.network"));
            return;
        }
        problem.accept("");
        int mine = ++asked;
        jobs.start(
                name.isEmpty() ? TEXTS.getString("trying.typed") : text("trying", name),
                progress -> worker.ask(Works.ASK, plan.apply(file), progress),
                said -> {
                    if (mine == asked) {
                        Shown shown = new Shown("", name, example, said.words());
                        boolean classes = !said.shares().isEmpty();
                        marked.set(classes ? null : said);
                        answer.set(
                                classes
                                        ? new Example(
                                                file,
                                                Reading.USUAL,
                                                shownAs,
                                                shown,
                                                "",
                                                said.classes(),
                                                said.shares(),
                                                said.strange())
                                        : null);
                    }
                },
                words -> {
                    if (mine == asked) {
                        problem.accept(words);
                    }
                });
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** The text that was asked about last, where answers are places in it; null before. */
    ReadOnlyObjectProperty<Asking.Answer> markedProperty() {
        return marked.getReadOnlyProperty();
    }

    /** The example that was asked about last, where answers are classes; null before. */
    ReadOnlyObjectProperty<Example> answerProperty() {
        return answer.getReadOnlyProperty();
    }
}
