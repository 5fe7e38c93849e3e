package graft.app.evaluate;

import graft.Refusal;
import graft.app.controls.Numbers;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.data.Unlabelled.Unread;
import graft.files.AtomicFile;
import graft.meaning.Reading;
import graft.predict.AnswerFile;
import graft.predict.AnswerRows;
import graft.predict.AnswerRows.AnswerRow;
import graft.predict.Prediction;
import graft.progress.Event;
import graft.progress.Progress;
import graft.worker.HowRead;
import graft.worker.Predicting;
import graft.worker.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Asks a network about what nobody has labelled: files and folders go in, a table of answers comes out. */
public final class UseItViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");
    /** Of the likeliest classes: the answer and those after it. */
    private static final int TOP = 3;
    /** More are in the file that is saved, and are of no use on a screen. */
    static final int MOST_ROWS = 100_000;

    private final JobRunner jobs;
    private final Worker worker;
    private final ObservableValue<Path> network;
    private final ObservableValue<Reading> reading;
    private final ObservableList<AnswerRow> rows = FXCollections.observableArrayList();
    private final ObservableList<Unread> unread = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Prediction> prediction = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper saved = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper stopped = new ReadOnlyBooleanWrapper();
    private final StringBinding status;
    private Job job;
    private int asked;
    private List<Path> inputs = List.of();
    private Path asker;
    private Path kept;

    /**
     * @param network that is asked; null while there is none
     * @param reading what the user says of it
     */
    public UseItViewModel(
            JobRunner jobs, Worker worker, ObservableValue<Path> network, ObservableValue<Reading> reading) {
        this.jobs = jobs;
        this.worker = worker;
        this.network = network;
        this.reading = reading;
        this.status = Bindings.createStringBinding(this::say, rows, prediction, asking, stopped);
        network.addListener((value, old, file) -> clear());
    }

    /** Answers of another network would be taken for those of this one. */
    private void clear() {
        asked++;
        if (job != null) {
            job.cancel();
        }
        rows.clear();
        unread.clear();
        prediction.set(null);
        problem.set("");
        saved.set("");
        stopped.set(false);
    }

    /** Asks about files and folders; what was asked before is given up. */
    public void ask(List<Path> dropped) {
        if (network.getValue() == null) {
            problem.set(TEXTS.getString("needs.network"));
            return;
        }
        clear();
        inputs = List.copyOf(dropped);
        asker = network.getValue();
        Reading said = reading.getValue();
        int mine = asked;
        Consumer<List<AnswerRow>> told = jobs.bringing(some -> {
            if (mine == asked) {
                rows.addAll(some.subList(0, Math.max(0, Math.min(some.size(), MOST_ROWS - rows.size()))));
            }
        });
        job = jobs.start(
                text("using", inputs.get(0).getFileName(), inputs.size()),
                progress -> {
                    kept = Files.createTempDirectory("graft-answers");
                    Predicting.Plan plan = new Predicting.Plan(asker, said, inputs, HowRead.USUAL, kept, TOP);
                    return worker.ask(Works.PREDICT, plan, telling(progress, told));
                },
                result -> {
                    if (mine == asked) {
                        unread.setAll(result.skipped());
                        prediction.set(result);
                    }
                },
                words -> {
                    if (mine == asked) {
                        problem.set(words);
                    }
                });
        job.whenCancelled(() -> stopped.set(mine == asked));
        asking.bind(job.runningProperty());
    }

    private static Progress telling(Progress progress, Consumer<List<AnswerRow>> told) {
        return new Progress() {
            @Override
            public void report(Event event) {
                if (event instanceof AnswerRows answers) {
                    told.accept(answers.rows());
                } else {
                    progress.report(event);
                }
            }

            @Override
            public boolean isCancelled() {
                return progress.isCancelled();
            }
        };
    }

    /** Ends the asking; the answers so far stay in sight. */
    public void stop() {
        if (job != null) {
            job.cancel();
        }
    }

    /** Writes all answers to a {@code .csv} or {@code .jsonl} file, as {@code graft predict} writes them. */
    public void save(Path file) {
        if (prediction.get() == null) {
            return;
        }
        problem.set("");
        saved.set("");
        Path from = kept;
        List<Path> read = new java.util.ArrayList<>(inputs);
        read.add(asker);
        jobs.start(
                text("saving", file.getFileName()),
                progress -> {
                    AnswerFile.check(file, read);
                    String name = file.toString().toLowerCase(java.util.Locale.ROOT);
                    byte[] content = content(from, name.endsWith(".csv") ? Predicting.CSV : Predicting.JSON_LINES);
                    AtomicFile.write(file, out -> out.write(content));
                    return file;
                },
                written -> saved.set(text("saved", written)),
                problem::set);
    }

    private static byte[] content(Path folder, String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new Refusal(
                    "The answers are no longer there (" + AtomicFile.reason(e) + "). Drop the files again.", e);
        }
    }

    private String say() {
        Prediction done = prediction.get();
        if (done != null) {
            String words = text("used", done.n(), done.n() + done.skippedCount(), done.seconds());
            return rows.size() < done.n() ? words + " " + text("used.shown", rows.size()) : words;
        }
        if (asking.get()) {
            return text("used.so.far", rows.size());
        }
        return stopped.get() ? text("used.stopped", rows.size()) : "";
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** The network that is asked; null where there is none. */
    public ObservableValue<Path> networkProperty() {
        return network;
    }

    /** Answers as they come; the first {@link #MOST_ROWS}. */
    public ObservableList<AnswerRow> rows() {
        return rows;
    }

    /** What could not be read, and why. */
    public ObservableList<Unread> unread() {
        return unread;
    }

    /** How the asking went; null until it is done. */
    public ReadOnlyObjectProperty<Prediction> predictionProperty() {
        return prediction.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Where the answers were saved, in words; "" before. */
    public ReadOnlyStringProperty savedProperty() {
        return saved.getReadOnlyProperty();
    }

    /** What a row is called: without the folder that all of them are in. */
    public String called(AnswerRow row) {
        String name = row.input();
        for (Path input : inputs) {
            Path parent = input.getParent();
            if (parent != null && name.startsWith(parent + java.io.File.separator)) {
                return name.substring(parent.toString().length() + 1);
            }
        }
        return name;
    }

    /** How far it is, or how it went. */
    public StringBinding statusProperty() {
        return status;
    }

    public ReadOnlyBooleanProperty askingProperty() {
        return asking.getReadOnlyProperty();
    }
}
