package graft.app.data;

import graft.Refusal;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.task.ExampleSet;
import graft.data.Corrections;
import graft.data.Remark;
import graft.image.PictureCheck;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;

/** Which examples there are. */
public final class DataViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.data");
    private static final long SEED = 1;

    private final JobRunner jobs;
    private final ReadOnlyObjectWrapper<ExampleSet> examples = new ReadOnlyObjectWrapper<>();
    private final ObjectBinding<List<String>> classes = Bindings.createObjectBinding(
            () -> examples.get() == null ? List.of() : examples.get().classNames(), examples);
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final Deque<ExampleSet> before = new ArrayDeque<>();
    private Job checking;

    public DataViewModel(JobRunner jobs) {
        this.jobs = jobs;
        examples.addListener((value, old, set) ->
                headline.set(set == null ? "" : text("headline", set.classes().size(), set.train() + set.val())));
    }

    /** Opens a folder of pictures or texts, a table of texts or an array file; what was open before can be had back by {@link #undo}. */
    public void open(Path source) {
        problem.set("");
        jobs.start(
                text("opening", source.getFileName()),
                progress -> ExampleSet.open(source, SEED),
                this::show,
                problem::set);
    }

    /** What was dropped: one folder, or one file. */
    public void drop(List<Path> files) {
        if (files.size() == 1) {
            open(files.get(0));
        } else {
            problem.set(text("drop.one", files.size()));
        }
    }

    private void show(ExampleSet set) {
        if (examples.get() != null) {
            before.push(examples.get());
        }
        become(set);
    }

    /** Goes back to the data set before this one. */
    public void undo() {
        if (before.isEmpty()) {
            return;
        }
        ExampleSet now = examples.get();
        ExampleSet earlier = before.pop();
        problem.set("");
        if (now.source().equals(earlier.source()) && !now.corrections().equals(earlier.corrections())) {
            try {
                earlier.corrections().writeTo(earlier.source());
            } catch (Refusal e) {
                before.push(earlier);
                problem.set(e.getMessage());
                return;
            }
        }
        become(earlier);
    }

    private void become(ExampleSet set) {
        if (checking != null) {
            checking.cancel();
        }
        examples.set(set);
        canUndo.set(!before.isEmpty());
        set.files()
                .ifPresent(files -> checking = jobs.start(
                        text("checking", set.source().getFileName()),
                        progress -> PictureCheck.look(files, SEED, TEXTS.getString("stage.checking"), progress),
                        findings -> {
                            boolean news = !findings.unreadable().isEmpty()
                                    || !findings.remarks().isEmpty();
                            if (news && examples.get() == set) {
                                examples.set(set.seen(findings, SEED));
                            }
                        },
                        problem::set));
    }

    /** Mends what a remark is about, by a note in the folder; {@link #undo} takes the note back. */
    public void mend(Remark remark) {
        ExampleSet now = examples.get();
        if (now == null || remark.fix().isNone()) {
            return;
        }
        Path source = now.source();
        problem.set("");
        jobs.start(
                text("opening", source.getFileName()),
                progress -> {
                    Corrections before = Corrections.of(source);
                    before.and(remark.fix()).writeTo(source);
                    try {
                        return ExampleSet.open(source, SEED);
                    } catch (Refusal e) {
                        // Nothing would be left to learn from: as it was.
                        before.writeTo(source);
                        throw e;
                    }
                },
                this::show,
                problem::set);
    }

    private static String text(String key, Object... values) {
        return MessageFormat.format(TEXTS.getString(key), values);
    }

    /** Null where nothing is open. */
    public ReadOnlyObjectProperty<ExampleSet> examplesProperty() {
        return examples.getReadOnlyProperty();
    }

    /** Names of the classes; empty where nothing is open. */
    public ObservableValue<List<String>> classesProperty() {
        return classes;
    }

    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** What went wrong, for the user; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }
}
