package graft.app.data;

import graft.Refusal;
import graft.app.jobs.Awaited;
import graft.app.jobs.JobRunner;
import graft.app.jobs.WindowWords;
import graft.app.task.Correcting;
import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.app.task.Understanding;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.Remark;
import graft.data.Skipped;
import graft.options.Settings;
import graft.run.PlanOptions;
import graft.task.AddedFiles;
import graft.task.DataEdits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
public final class DataViewModel implements Correcting {
    private static final int NAMED = 3;

    private final JobRunner jobs;
    private final Awaited awaited;
    private final ReadOnlyObjectWrapper<ExampleSet> examples = new ReadOnlyObjectWrapper<>();
    private final ObjectBinding<List<String>> classes = Bindings.createObjectBinding(
            () -> examples.get() == null ? List.of() : examples.get().classNames(), examples);
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper news = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    /** What was open earlier, the latest first; empty = nothing. */
    private final Deque<Optional<ExampleSet>> before = new ArrayDeque<>();
    /** What was taken back, the latest first. */
    private final Deque<Optional<ExampleSet>> after = new ArrayDeque<>();

    private final PictureLooks looks;
    private final Imports imports;
    /** Where what is pasted and lies nowhere is written. */
    private final Path pasted;

    /** @param imports folder of the project for what is unpacked */
    public DataViewModel(JobRunner jobs, Path imports) {
        this.jobs = jobs;
        this.awaited = new Awaited(jobs);
        this.pasted = imports.resolve("pasted");
        this.looks = new PictureLooks(jobs, problem::set);
        this.imports = new Imports(jobs, imports, looks, this::take, this::begin);
        examples.addListener((value, old, set) -> headline.set(
                set == null
                        ? ""
                        : DataTexts.text(
                                "headline",
                                set.classes().size(),
                                set.train() + set.val(),
                                set.view().text("classes"))));
    }

    /** What was said of something before is no longer of what is done now. */
    private void begin(String words) {
        news.set("");
        problem.set(words);
    }

    /** Looks at data before they are taken. */
    public Imports imports() {
        return imports;
    }

    /** Opens a folder of pictures or texts, a table of texts or an array file; what was open before can be had back by {@link #undo}. */
    public void open(Path source) {
        open(source, Settings.NONE);
    }

    /** The same, read as the user said. */
    public void open(Path source, Settings how) {
        begin("");
        imports.forget();
        awaited.start(
                source.getFileName().toString(),
                DataTexts.text("opening", source.getFileName()),
                progress -> ExampleSet.open(source, how),
                this::show,
                problem::set);
    }

    /** What was dropped: folders or tables, several as one data set. */
    public void drop(List<Path> files) {
        imports.drop(files);
    }

    /** Shows what is understood of data. */
    public void look(Path source) {
        imports.look(source);
    }

    /** Takes what was understood. */
    public void accept() {
        imports.accept();
    }

    /** Leaves what was understood alone. */
    public void decline() {
        imports.decline();
    }

    /** Sets another share of each class aside to judge by; {@link #undo} goes back. */
    public void validateOn(double share) {
        ExampleSet now = examples.get();
        if (now != null && now.isDrawn() && now.how().get(PlanOptions.VAL_SHARE) != share) {
            open(now.source(), now.how().with(PlanOptions.VAL_SHARE, share));
        }
    }

    /** Looks again at what is open, to change how it is read. */
    public void lookAgain() {
        ExampleSet now = examples.get();
        if (now != null) {
            imports.look(now.source(), now.how());
        }
    }

    /** Somebody else has changed what is open: it is said, and read again only where the user wants it. */
    public void noteChanged(Path source) {
        ExampleSet now = examples.get();
        if (now != null && now.source().equals(source)) {
            changed.set(true);
        }
    }

    /** Whether the files of what is open have changed since they were read. */
    public ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }

    /** Reads what is open again, as it was read. */
    public void readAgain() {
        ExampleSet now = examples.get();
        if (now != null) {
            open(now.source(), now.how());
        }
    }

    /** What was imported can be taken back, also where nothing was open before. */
    private void take(ExampleSet set) {
        if (examples.get() == null) {
            before.push(Optional.empty());
        }
        show(set);
    }

    private void show(ExampleSet set) {
        changed.set(false);
        if (examples.get() != null) {
            before.push(Optional.of(examples.get()));
        }
        after.clear();
        become(set);
    }

    /** Goes back to the data set before this one, or to the state before the last change. */
    @Override
    public void undo() {
        move(before, after);
    }

    @Override
    public void redo() {
        move(after, before);
    }

    private void move(Deque<Optional<ExampleSet>> from, Deque<Optional<ExampleSet>> to) {
        if (from.isEmpty()) {
            return;
        }
        Optional<ExampleSet> now = Optional.ofNullable(examples.get());
        Optional<ExampleSet> other = from.peek();
        begin("");
        try {
            other.filter(set -> now.isPresent() && isCorrectedOtherwise(now.get(), set))
                    .ifPresent(set -> set.corrections().writeTo(set.source()));
        } catch (Refusal e) {
            problem.set(e.getMessage());
            return;
        }
        from.pop();
        to.push(now);
        become(other.orElse(null));
    }

    private static boolean isCorrectedOtherwise(ExampleSet one, ExampleSet other) {
        return one.source().equals(other.source()) && !one.corrections().equals(other.corrections());
    }

    /** Takes back the change that {@code set} was changed by, unless others came after it. */
    void undoTo(ExampleSet set) {
        if (!before.isEmpty() && before.peek().orElse(null) == set) {
            undo();
        } else {
            problem.set(DataTexts.text("undo.later"));
        }
    }

    /** @param set null = none */
    private void become(ExampleSet set) {
        examples.set(set);
        canUndo.set(!before.isEmpty());
        canRedo.set(!after.isEmpty());
        if (set == null) {
            return;
        }
        looks.look(set, seen -> {
            if (examples.get() == set) {
                examples.set(seen);
            }
        });
    }

    /** Mends what a remark is about, by a note beside the data; {@link #undo} takes the note back. */
    public void mend(Remark remark) {
        correct(remark.fix());
    }

    /** Notes what was left out since it cannot be read or lies in no class, so that it is passed over without a word. */
    public void settleSkipped() {
        if (isCorrectable()) {
            correct(Corrections.leavingOut(examples.get().unsettled()));
        }
    }

    /** Those that are of that class already stay as they are. */
    @Override
    public void relabel(List<Shown> shown, String className) {
        if (!isRelabellable()) {
            return;
        }
        List<Shown> others = here(shown, now -> !className.equals(now));
        Map<String, String> names = new LinkedHashMap<>();
        others.forEach(each -> names.put(each.key(), className));
        correct(Corrections.relabelling(names).withRows(Shown.rows(others)));
    }

    @Override
    public void relabel(Map<Shown, String> classes) {
        if (!isRelabellable()) {
            return;
        }
        Map<String, String> names = new LinkedHashMap<>();
        List<Shown> those = here(List.copyOf(classes.keySet()), now -> true);
        those.forEach(each -> names.put(each.key(), classes.get(each)));
        correct(Corrections.relabelling(names).withRows(Shown.rows(those)));
    }

    @Override
    public void leaveOut(List<Shown> shown) {
        List<Shown> those = here(shown, now -> true);
        correct(Corrections.leavingOut(those.stream().map(Shown::key).toList()).withRows(Shown.rows(those)));
    }

    /** Of some examples, those that are in the open data and whose class is as asked for. */
    private List<Shown> here(List<Shown> shown, Predicate<String> ofClass) {
        if (!isCorrectable()) {
            return List.of();
        }
        Map<String, String> now = examples.get().classOf();
        return shown.stream()
                .filter(each -> now.containsKey(each.key()) && ofClass.test(now.get(each.key())))
                .toList();
    }

    @Override
    public void add(List<Path> files, String className) {
        bring(folder -> files, files.size(), className);
    }

    /** Examples that may have no file yet. */
    interface Brought {
        /**
         * Their files.
         *
         * @param folder of the project, for those that lie nowhere; it need not be there
         */
        List<Path> into(Path folder) throws IOException;
    }

    /** Makes what is brought examples of a class; says what was done. */
    void bring(Brought what, int count, String className) {
        if (!isRelabellable()) {
            return;
        }
        ExampleSet now = examples.get();
        begin("");
        jobs.start(
                DataTexts.text("adding", count, className),
                progress -> {
                    List<Path> files = what.into(pasted);
                    AddedFiles found = DataEdits.of(now.source(), now.how()).adding(files, className, progress);
                    ExampleSet set = found.fix().isNone() ? now : corrected(now, said -> said.and(found.fix()));
                    return new Added(set, found);
                },
                done -> {
                    if (done.set() != now) {
                        show(done.set());
                    }
                    news.set(words(done.found(), className));
                },
                problem::set);
    }

    private record Added(ExampleSet set, AddedFiles found) {}

    private static String words(AddedFiles found, String className) {
        StringBuilder out = new StringBuilder(DataTexts.text("added", found.added() + found.relabelled(), className));
        if (found.already() > 0) {
            out.append(' ').append(DataTexts.text("added.already", found.already()));
        }
        List<Skipped> refused = found.refused();
        if (!refused.isEmpty()) {
            String named = refused.stream()
                    .limit(NAMED)
                    .map(each -> FileNames.last(each.file()) + " (" + WindowWords.of(each.reason()) + ")")
                    .collect(Collectors.joining(", "));
            out.append(' ')
                    .append(DataTexts.text(
                            "added.refused", refused.size(), named + (refused.size() > NAMED ? ", …" : "")));
        }
        return out.toString();
    }

    /** Calls a class by another name; where a class has that name, both become one. */
    public void rename(String className, String name) {
        String wanted = name.strip();
        if (!wanted.isEmpty() && !wanted.equals(className)) {
            change(said -> said.renamed(className, wanted));
        }
    }

    /** Leaves all examples of a class out. */
    public void leaveOutClass(String className) {
        if (isCorrectable()) {
            leaveOut(examples.get().examples(className));
        }
    }

    /** Takes back what was said of examples, files or classes, whenever that was. */
    void takeBack(Set<String> names) {
        change(said -> said.without(names));
    }

    private boolean isCorrectable() {
        return examples.get() != null && examples.get().isCorrectable();
    }

    private boolean isRelabellable() {
        return examples.get() != null && examples.get().isRelabellable();
    }

    private void correct(Corrections fix) {
        if (!fix.isNone()) {
            change(said -> said.and(fix));
        }
    }

    private void change(Function<Corrections, Corrections> how) {
        if (!isCorrectable()) {
            return;
        }
        ExampleSet now = examples.get();
        begin("");
        awaited.start(
                now.source().getFileName().toString(),
                DataTexts.text("opening", now.source().getFileName()),
                progress -> corrected(now, how),
                this::show,
                problem::set);
    }

    private static ExampleSet corrected(ExampleSet now, Function<Corrections, Corrections> how) {
        Path source = now.source();
        Corrections said = Corrections.of(source);
        how.apply(said).writeTo(source);
        try {
            return ExampleSet.open(source, now.how());
        } catch (Refusal e) {
            // Nothing would be left to learn from: as it was.
            said.writeTo(source);
            throw e;
        }
    }

    /** What was understood of data that are not taken yet; null where there are none. */
    public ReadOnlyObjectProperty<Understanding> understoodProperty() {
        return imports.understoodProperty();
    }

    /** Null where nothing is open. */
    @Override
    public ReadOnlyObjectProperty<ExampleSet> examplesProperty() {
        return examples.getReadOnlyProperty();
    }

    /** Names of the classes; empty where nothing is open. */
    public ObservableValue<List<String>> classesProperty() {
        return classes;
    }

    /** Name of what is being read; "" where nothing is. */
    public ReadOnlyStringProperty openingProperty() {
        return awaited.nameProperty();
    }

    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** What went wrong, for the user; "" where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** What was done with files that were dropped on a class; "" where nothing was. */
    public ReadOnlyStringProperty newsProperty() {
        return news.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canRedoProperty() {
        return canRedo.getReadOnlyProperty();
    }
}
