package graft.app.task;

import graft.app.task.TaskView.Answers;
import graft.catalog.BuiltInNetwork;
import graft.catalog.MiniLm;
import graft.onnx.Graph;
import graft.options.Settings;
import graft.run.PlanOptions;
import graft.sample.Sample;
import graft.sample.SampleMails;
import graft.sample.SampleNotes;
import graft.sample.SampleQuestions;
import graft.task.Task;
import graft.task.TaskTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How tasks are shown: one line for each that has a view of its own. The first is that of the first start. */
public final class TaskViews {
    private static final List<TaskView> OWN = List.of(
            new TaskView(
                    TaskTable.named("image-classification"),
                    PictureSets::open,
                    PictureGallery::new,
                    PicturePortrait::new,
                    Answers.CLASSES,
                    false,
                    Sample::folder,
                    BuiltInNetwork::file),
            new TaskView(
                    TaskTable.named("text-classification"),
                    new TextSets(),
                    loaders -> new TextGallery(),
                    loaders -> new TextPortrait(),
                    Answers.CLASSES,
                    true,
                    SampleMails::folder,
                    MiniLm::file),
            new TaskView(
                    TaskTable.named("token-classification"),
                    new MarkedSets(),
                    loaders -> TextGallery.of(MarkedWords::new),
                    loaders -> new TextPortrait(),
                    Answers.PLACES,
                    true,
                    SampleNotes::folder,
                    MiniLm::file),
            new TaskView(
                    TaskTable.named("question-answering"),
                    new QuestionSets(),
                    loaders -> TextGallery.of(MarkedWords::new),
                    loaders -> new TextPortrait(),
                    Answers.PASSAGES,
                    true,
                    SampleQuestions::folder,
                    MiniLm::file));

    /** Of texts that nobody labelled: there is no sample of them. */
    private static final List<TaskView> OF_LANGUAGE =
            List.of(ofLanguage("text-generation", Answers.CONTINUATIONS), ofLanguage("fill-mask", Answers.GAPS));

    /** Kept, as screens keep a gallery for each view. */
    private static final Map<Task, TaskView> GENERAL = new ConcurrentHashMap<>();

    private TaskViews() {}

    private static TaskView ofLanguage(String task, Answers answers) {
        return new TaskView(
                TaskTable.named(task),
                new UnlabelledSets(),
                loaders -> TextGallery.of(MarkedWords::new),
                loaders -> new TextPortrait(),
                answers,
                true,
                SampleMails::folder,
                MiniLm::file);
    }

    /** Views of their own: the tasks that bring a sample and a network along. */
    public static List<TaskView> own() {
        return OWN;
    }

    /** Of the first start, and while nothing is open. */
    public static TaskView usual() {
        return OWN.get(0);
    }

    /** The task's own view; else a general one. */
    static TaskView of(Task task) {
        return Stream.of(OWN, OF_LANGUAGE)
                .flatMap(List::stream)
                .filter(view -> view.task().equals(task))
                .findFirst()
                .orElseGet(() -> GENERAL.computeIfAbsent(task, TaskViews::general));
    }

    /** Shows examples as the first task does that asks about the same; of others only how many there are. */
    private static TaskView general(Task task) {
        String asked = task.questions().words();
        // Of answers that are places in a text the views of whole texts know nothing.
        Optional<TaskView> alike = OWN.stream()
                .filter(view -> task.spotting().isEmpty())
                .filter(view -> view.task().questions().words().equals(asked))
                .findFirst();
        TaskView model = alike.orElse(usual());
        return new TaskView(
                task,
                alike.map(TaskView::opening).orElse(ListedSets::open),
                model.gallery(),
                model.portrait(),
                model.answers(),
                alike.isPresent() && model.typed(),
                model.sample(),
                model.network());
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
