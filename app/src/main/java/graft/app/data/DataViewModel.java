package graft.app.data;

import graft.Refusal;
import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.task.Correcting;
import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.app.task.Understanding;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.Remark;
import graft.data.ZippedData;
import graft.image.PictureCheck;
import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanOptions;
import graft.text.TableLook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.function.Consumer;
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
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.data");
    private final JobRunner jobs;
    private final Path imports;
    private final ReadOnlyObjectWrapper<ExampleSet> examples = new ReadOnlyObjectWrapper<>();
    private final ObjectBinding<List<String>> classes = Bindings.createObjectBinding(
            () -> examples.get() == null ? List.of() : examples.get().classNames(), examples);
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Understanding> understood = new ReadOnlyObjectWrapper<>();
    private final Deque<ExampleSet> before = new ArrayDeque<>();
    private Job checking;
    private Job looking;
    /** Whose pictures were looked at before it was taken. */
    private ExampleSet checked;
    /** What was unpacked and is not taken yet. */
    private Path unpacked;

    /** @param imports folder of the project for what is unpacked */
    public DataViewModel(JobRunner jobs, Path imports) {
        this.jobs = jobs;
        this.imports = imports;
        examples.addListener((value, old, set) ->
                headline.set(set == null ? "" : text("headline", set.classes().size(), set.train() + set.val())));
    }

    /** Opens a folder of pictures or texts, a table of texts or an array file; what was open before can be had back by {@link #undo}. */
    public void open(Path source) {
        open(source, Settings.NONE);
    }

    /** The same, read as the user said. */
    public void open(Path source, Settings how) {
        problem.set("");
        understood.set(null);
        jobs.start(
                text("opening", source.getFileName()),
                progress -> ExampleSet.open(source, how),
                this::show,
                problem::set);
    }

    /** What was dropped: one folder, or one file. */
    public void drop(List<Path> files) {
        if (files.size() == 1) {
            look(files.get(0));
        } else {
            problem.set(text("drop.one", files.size()));
        }
    }

    /** Shows what is understood of data; {@link #accept} takes them. A zip file is unpacked into the project first. */
    public void look(Path source) {
        if (ZippedData.isOne(source)) {
            unpack(source);
        } else {
            look(source, Settings.NONE);
        }
    }

    private void unpack(Path zip) {
        problem.set("");
        decline();
        looking = jobs.start(
                text("unpacking", zip.getFileName()),
                progress -> {
                    Path folder = newFolder(zip);
                    ZippedData.unpack(zip, folder, progress);
                    try {
                        return Understanding.of(folder, Settings.NONE);
                    } catch (Refusal e) {
                        ZippedData.clear(folder);
                        throw e;
                    }
                },
                found -> {
                    unpacked = found.source();
                    understand(found);
                },
                problem::set);
    }

    private Path newFolder(Path zip) {
        String name = FileNames.last(zip).replaceFirst("(?i)\\.zip$", "");
        Path folder = imports.resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = imports.resolve(name + " " + i);
        }
        return folder;
    }

    private void look(Path source, Settings how) {
        problem.set("");
        if (looking != null) {
            looking.cancel();
        }
        looking = jobs.start(
                text("looking", source.getFileName()),
                progress -> Understanding.of(source, how),
                this::understand,
                words -> {
                    understood.set(null);
                    problem.set(words);
                });
    }

    /** Looks at the data again, read in another way. */
    public <T> void say(Option<T> option, T value) {
        Understanding now = understood.get();
        if (now != null && !now.how().get(option).equals(value)) {
            look(now.source(), now.how().with(option, value));
        }
    }

    /** Reads a second text together with the first; none where {@code column} is "". */
    public void pair(TableLook table, String column) {
        Understanding now = understood.get();
        if (now != null && !table.pair().orElse("").equals(column)) {
            // A pair is looked for where neither text is named.
            Settings first = table.text().isEmpty() ? now.how() : now.how().with(PlanOptions.TEXT, table.text());
            look(
                    now.source(),
                    first.with(PlanOptions.TEXT_PAIR, column.isEmpty() ? Optional.empty() : Optional.of(column)));
        }
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
            look(now.source(), now.how());
        }
    }

    /** Takes what was understood; nothing happens where it cannot be taken. */
    public void accept() {
        Understanding now = understood.get();
        if (now != null && now.examples().isPresent()) {
            understood.set(null);
            unpacked = null;
            show(now.examples().get());
        }
    }

    /** Leaves the data alone. */
    public void decline() {
        if (looking != null) {
            looking.cancel();
        }
        understood.set(null);
        Path unwanted = unpacked;
        unpacked = null;
        if (unwanted != null) {
            jobs.start(
                    text("clearing", unwanted.getFileName()),
                    progress -> {
                        ZippedData.clear(unwanted);
                        return unwanted;
                    },
                    cleared -> {},
                    problem::set);
        }
    }

    private void show(ExampleSet set) {
        if (examples.get() != null) {
            before.push(examples.get());
        }
        become(set);
    }

    /** Goes back to the data set before this one, or to the state before the last change. */
    @Override
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

    /** Takes back the change that {@code set} was changed by, unless others came after it. */
    void undoTo(ExampleSet set) {
        if (before.peek() == set) {
            undo();
        } else {
            problem.set(TEXTS.getString("undo.later"));
        }
    }

    private void become(ExampleSet set) {
        if (checking != null) {
            checking.cancel();
        }
        examples.set(set);
        canUndo.set(!before.isEmpty());
        if (set == checked) {
            return; // before it was taken
        }
        check(set, seen -> {
            if (examples.get() == set) {
                examples.set(seen);
            }
        });
    }

    /** Looks at each picture: what cannot be read is left out, what may mislead is said. */
    private void check(ExampleSet set, Consumer<ExampleSet> then) {
        set.files()
                .ifPresent(files -> checking = jobs.start(
                        text("checking", set.source().getFileName()),
                        progress -> PictureCheck.look(
                                files,
                                set.how().get(PlanOptions.SEED),
                                set.how().get(PlanOptions.VAL_SHARE),
                                TEXTS.getString("stage.checking"),
                                progress),
                        findings -> {
                            boolean news = !findings.unreadable().isEmpty()
                                    || !findings.remarks().isEmpty();
                            then.accept(news ? set.seen(findings) : set);
                        },
                        problem::set));
    }

    /** Also before data are taken it is to be seen what of them cannot be read. */
    private void understand(Understanding found) {
        understood.set(found);
        found.examples()
                .ifPresent(set -> check(set, seen -> {
                    if (understood.get() == found) {
                        checked = seen;
                        understood.set(found.with(seen));
                    }
                }));
    }

    /** Mends what a remark is about, by a note in the folder; {@link #undo} takes the note back. */
    public void mend(Remark remark) {
        correct(remark.fix());
    }

    /** Notes what was left out since it cannot be read or lies in no class, so that it is passed over without a word. */
    public void settleSkipped() {
        if (isCorrectable()) {
            correct(Corrections.leavingOut(examples.get().skipped().stream()
                    .map(skipped -> inside(skipped.file()))
                    .toList()));
        }
    }

    @Override
    public void relabel(List<Shown> shown, String className) {
        if (isCorrectable()) {
            Map<String, String> files = new LinkedHashMap<>();
            shown.forEach(each -> files.put(inside(each.file()), className));
            correct(Corrections.relabelling(files));
        }
    }

    @Override
    public void leaveOut(List<Shown> shown) {
        if (isCorrectable()) {
            correct(Corrections.leavingOut(
                    shown.stream().map(each -> inside(each.file())).toList()));
        }
    }

    /** Calls a class by another name; where a class has that name, both become one. */
    public void rename(String className, String name) {
        String wanted = name.strip();
        if (!isCorrectable() || wanted.isEmpty() || wanted.equals(className)) {
            return;
        }
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> folders = new LinkedHashMap<>();
        examples.get().files().orElseThrow().files().stream()
                .filter(found -> found.className().equals(className))
                .forEach(found -> {
                    String folder = FileNames.last(found.file().getParent());
                    boolean ofFolder =
                            examples.get().corrections().className(folder).equals(className);
                    if (ofFolder) {
                        folders.put(folder, wanted);
                    } else {
                        files.put(inside(found.file()), wanted);
                    }
                });
        correct(new Corrections(List.of(), folders, files));
    }

    /** Leaves all examples of a class out. */
    public void leaveOutClass(String className) {
        if (isCorrectable()) {
            leaveOut(examples.get().examples(className));
        }
    }

    private boolean isCorrectable() {
        return examples.get() != null && examples.get().isCorrectable();
    }

    private String inside(Path file) {
        return FileNames.inside(examples.get().source(), file);
    }

    private void correct(Corrections fix) {
        ExampleSet now = examples.get();
        if (now == null || fix.isNone()) {
            return;
        }
        Path source = now.source();
        problem.set("");
        jobs.start(
                text("opening", source.getFileName()),
                progress -> {
                    Corrections before = Corrections.of(source);
                    before.and(fix).writeTo(source);
                    try {
                        return ExampleSet.open(source, now.how());
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
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** What was understood of data that are not taken yet; null where there are none. */
    public ReadOnlyObjectProperty<Understanding> understoodProperty() {
        return understood.getReadOnlyProperty();
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
