package graft.app.evaluate;

import graft.app.controls.Numbers;
import graft.app.evaluate.Judgement.Example;
import graft.app.jobs.Job;
import graft.app.jobs.JobRunner;
import graft.app.jobs.WindowWords;
import graft.app.jobs.Worker;
import graft.app.task.Edition;
import graft.app.task.ExampleSet;
import graft.app.task.TaskView;
import graft.meaning.ClassOrder.Order;
import graft.meaning.Reading;
import graft.worker.Asking;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;

/** How good a network's file is, as ONNX Runtime answers from it. */
public final class EvaluateViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.evaluate");

    private final JobRunner jobs;
    private final Worker worker;
    private final ObservableValue<Path> data;
    private final ObservableValue<Edition> edition;
    private final ObservableValue<TaskView> view;
    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    /** What the user says of the classes of a network that came from elsewhere. */
    private final SimpleObjectProperty<Reading> reading = new SimpleObjectProperty<>(Reading.USUAL);

    private final Staleness staleness;
    /** Why the file of the run shown cannot be judged by the open data; "" where it can. */
    private final StringProperty misfit = new SimpleStringProperty("");

    private final BooleanBinding foreign;
    private final ReadOnlyObjectWrapper<Judged> judgement = new ReadOnlyObjectWrapper<>();
    private final BooleanBinding isJudged = judgement.isNotNull();
    private final ReadOnlyObjectWrapper<Judgement> ofClasses = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<TagJudgement> ofTags = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<AnswerJudgement> ofAnswers = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<TextJudgement> ofTexts = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper judging = new ReadOnlyBooleanWrapper();
    private final StringBinding obstacle;
    private final StringBinding summary;
    private final StringBinding headline;
    private final StringBinding remarks;
    private final StringBinding subject;
    private final StringBinding staleNote;
    private final BooleanBinding edited;
    private final BooleanBinding stale;
    private final TryItOut asking;
    private final StringProperty sentence = new SimpleStringProperty("");
    private final WhyViewModel why;
    private final CalibrationViewModel calibration;
    private final WritingViewModel writing;
    private final AddClassViewModel addingClass;
    private Job job;
    private Path judgedFile;
    private Path judgedData;
    private Edition judgedEdition;
    private Reading judgedReading;
    private int judgings;

    /**
     * @param result the file that the run shown exported; null while there is none
     * @param resultIsOfData whether that run is of the network and the data that are open: its file is then judged at once
     * @param data where the examples are; null while none are open
     * @param edition in which state; never null
     * @param view how examples of the open data are shown; never null
     */
    public EvaluateViewModel(
            JobRunner jobs,
            Worker worker,
            ObservableValue<Path> result,
            ObservableValue<Boolean> resultIsOfData,
            ObservableValue<Path> data,
            ObservableValue<Edition> edition,
            ObservableValue<TaskView> view) {
        this.jobs = jobs;
        this.worker = worker;
        this.data = data;
        this.edition = edition;
        this.view = view;
        this.staleness = new Staleness(judgement, network, data, edition, result, resultIsOfData);
        this.asking = new TryItOut(jobs, worker, network, view, problem::set);
        this.why = new WhyViewModel(jobs, worker);
        this.writing = new WritingViewModel(jobs, worker, network);
        this.foreign = Bindings.createBooleanBinding(
                () -> network.get() != null && !staleness.isOfRun(network.get()), network);
        this.obstacle = Bindings.createStringBinding(this::findObstacle, network, data, misfit);
        this.addingClass = new AddClassViewModel(jobs, worker, network);
        this.calibration = new CalibrationViewModel(jobs, worker, network, reading, data, edition, obstacle);
        this.stale = Bindings.createBooleanBinding(
                staleness::is,
                judgement,
                network,
                data,
                edition,
                result,
                resultIsOfData,
                staleness.trainedBeforeProperty());
        this.summary = Bindings.createStringBinding(
                this::summarise, judgement, stale, network, data, misfit, edition, result, resultIsOfData);
        this.headline = Bindings.createStringBinding(this::sayHeadline, judgement, stale, network, data, edition);
        this.subject = Bindings.createStringBinding(this::saySubject, judgement, network, data, misfit);
        this.edited = Bindings.createBooleanBinding(
                () -> judgement.get() != null
                        && judgement.get().data().equals(data.getValue())
                        && !judgement.get().edition().equals(edition.getValue()),
                judgement,
                data,
                edition);
        this.staleNote = Bindings.createStringBinding(
                this::sayStale, judgement, stale, network, data, edition, staleness.trainedBeforeProperty(), obstacle);
        this.remarks = Bindings.createStringBinding(
                () -> judgement.get() == null
                        ? ""
                        : WindowWords.of(String.join("\n", judgement.get().remarks())),
                judgement);
        result.addListener((value, old, file) -> {
            if (file != null) {
                staleness.follow(file);
                show(file);
                if (resultIsOfData.getValue()) {
                    judge();
                }
            }
        });
        judgement.addListener((value, old, now) -> {
            why.forget();
            ofClasses.set(now instanceof Judgement classes ? classes : null);
            ofTags.set(now instanceof TagJudgement tags ? tags : null);
            ofAnswers.set(now instanceof AnswerJudgement answers ? answers : null);
            ofTexts.set(now instanceof TextJudgement texts ? texts : null);
        });
        network.addListener((value, old, file) -> {
            reading.set(Reading.USUAL); // it was said of the network before
            forgetAnswer();
        });
        // What was asked and answered was of the data before, and words about them are no longer true.
        data.addListener((value, old, source) -> forgetAnswer());
    }

    private void show(Path file) {
        if (file.equals(judgedFile)) { // a run that went on has written it anew
            judgedFile = null;
            judgement.set(null);
        }
        forgetAnswer();
        open(file);
    }

    /** Of the network before. */
    private void forgetAnswer() {
        asking.forget();
        problem.set("");
    }

    private String sayHeadline() {
        if (judgement.get() == null) {
            return "";
        }
        String words = judgement.get().headline();
        return staleness.isOfOther()
                ? text("headline.stale", words)
                : stale.get() ? text("headline.older", words) : words;
    }

    private String findObstacle() {
        if (network.get() == null) {
            return TEXTS.getString("needs.network");
        }
        if (data.getValue() == null) {
            return TEXTS.getString("needs.data");
        }
        return staleness.isOfRun(network.get()) ? misfit.get() : "";
    }

    /** What was judged, or what would be. */
    private String saySubject() {
        Judged now = judgement.get();
        if (now != null) {
            return text("subject", shortly(now.network()), now.data().getFileName());
        }
        return findObstacle().isEmpty()
                ? text("subject", shortly(network.get()), data.getValue().getFileName())
                : "";
    }

    private String summarise() {
        Judged now = judgement.get();
        if (now == null) {
            String missing = findObstacle();
            return missing.isEmpty()
                    ? text("ready", shortly(network.get()), data.getValue().getFileName())
                    : missing;
        }
        String words = now.summary(shortly(now.network()));
        return staleness.isOfOther()
                ? text(staleness.isOfDataBefore() ? "changed" : "stale", words)
                : stale.get() ? text("older", words) : words;
    }

    /** Why it cannot be judged again goes before how old the figures are. */
    private String sayStale() {
        return judgement.get() != null && !obstacle.get().isEmpty() ? obstacle.get() : staleness.words();
    }

    /** With its folder: the networks of all runs have one name. */
    private static String shortly(Path file) {
        int names = file.getNameCount();
        return file.subpath(Math.max(0, names - 2), names).toString();
    }

    /** Whether what was judged by are examples of this set, so that they can be corrected in it; not of none. */
    boolean isOf(ExampleSet set) {
        Judged now = judgement.get();
        return now != null && set != null && now.data().equals(set.source());
    }

    /** Any {@code .onnx} file may be judged. */
    public void open(Path file) {
        network.set(file);
    }

    /**
     * Says which answer of a network is which class, where its file does not, and judges it so.
     *
     * @param order empty = as the file says
     * @param names a file with their names, in the order of the outputs
     */
    public void readClasses(Optional<Order> order, Optional<Path> names) {
        Reading wanted = new Reading(Optional.empty(), Map.of(), names, order);
        if (!wanted.equals(reading.get())) {
            reading.set(wanted);
            judge();
        }
    }

    /** Judges the file by the examples to judge by. What is under way for others is given up. */
    public void judge() {
        if (!findObstacle().isEmpty()) {
            return;
        }
        Path file = network.get();
        Path source = data.getValue();
        if (judging.get()
                && file.equals(judgedFile)
                && source.equals(judgedData)
                && edition.getValue().equals(judgedEdition)
                && reading.get().equals(judgedReading)) {
            return;
        }
        if (job != null) {
            job.cancel();
        }
        judgedFile = file;
        judgedData = source;
        judgedEdition = edition.getValue();
        staleness.begin();
        judgedReading = reading.get();
        Reading said = judgedReading;
        Edition state = judgedEdition;
        TaskView shownAs = view.getValue();
        int mine = ++judgings;
        problem.set("");
        job = jobs.start(
                text("judging", file.getFileName()),
                progress -> Judgers.judge(new Judgers.Asked(file, said, source, state, shownAs), worker, progress),
                result -> {
                    if (mine == judgings) {
                        judgement.set(result);
                    }
                },
                words -> {
                    if (mine == judgings) {
                        problem.set(words);
                    }
                });
        // A job that the user cancels ends without result and without failure.
        judging.bind(job.runningProperty());
    }

    /** Why the network answers as it does about the example that is looked at. */
    public WhyViewModel why() {
        return why;
    }

    /** Whether it is as sure as it is right, and what it can promise. */
    public CalibrationViewModel calibration() {
        return calibration;
    }

    /** A class more for the network, without training. */
    public AddClassViewModel addingClass() {
        return addingClass;
    }

    /** A sentence that is being typed, wherever that is. */
    StringProperty sentenceProperty() {
        return sentence;
    }

    /** Asks the network about a file of which nothing is known. */
    public void tryOut(List<Path> files) {
        asking.about(files);
    }

    /** Asks the network about a text; about none, nothing happens. */
    public void tryOut(String text) {
        asking.about(text);
    }

    /** Asks the network a question about a passage; where one of them is missing, nothing happens. */
    void tryOut(String passage, String question) {
        asking.about(passage, question);
    }

    private static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }

    /** The file that is judged and asked; null where there is none. */
    public ReadOnlyObjectProperty<Path> networkProperty() {
        return network;
    }

    /** What is known of the classes of the network's file from the user. */
    public ReadOnlyObjectProperty<Reading> readingProperty() {
        return reading;
    }

    /** Whether the network comes from elsewhere, not from a run. */
    public ObservableBooleanValue foreignProperty() {
        return foreign;
    }

    /** Null until something was judged. */
    ReadOnlyObjectProperty<Judged> judgedProperty() {
        return judgement.getReadOnlyProperty();
    }

    /** Whether something was judged. */
    public ObservableBooleanValue isJudged() {
        return isJudged;
    }

    /** Where answers are classes of whole examples; else null. */
    public ReadOnlyObjectProperty<Judgement> judgementProperty() {
        return ofClasses.getReadOnlyProperty();
    }

    /** Where answers are places in texts; else null. */
    ReadOnlyObjectProperty<TagJudgement> tagsProperty() {
        return ofTags.getReadOnlyProperty();
    }

    /** Where answers are places in passages, to questions; else null. */
    ReadOnlyObjectProperty<AnswerJudgement> answersProperty() {
        return ofAnswers.getReadOnlyProperty();
    }

    /** Where texts are foreseen; else null. */
    ReadOnlyObjectProperty<TextJudgement> textsProperty() {
        return ofTexts.getReadOnlyProperty();
    }

    /** What the network makes of a text that is typed. */
    WritingViewModel writing() {
        return writing;
    }

    /** How an example that is asked about is shown. */
    public ObservableValue<TaskView> viewProperty() {
        return view;
    }

    /** The text that the network was asked about last, where answers are places in it; null before. */
    ReadOnlyObjectProperty<Asking.Answer> markedProperty() {
        return asking.markedProperty();
    }

    /** The example that the network was asked about last, where answers are classes; null before. */
    public ReadOnlyObjectProperty<Example> triedProperty() {
        return asking.answerProperty();
    }

    /** Accuracy with its interval; says so where it is of an earlier network or data set. */
    public StringBinding headlineProperty() {
        return headline;
    }

    /** What was assumed as the network was judged, and what looks wrong with its answers; a line each. */
    public StringBinding remarksProperty() {
        return remarks;
    }

    /** Whether what was judged is not what is open. */
    public ObservableBooleanValue staleProperty() {
        return stale;
    }

    /** Accuracy with its interval and the baseline, in words; says so where it is of an earlier network or data set. */
    public StringBinding summaryProperty() {
        return summary;
    }

    /** Of which file and data the figures are; "" where there are neither. */
    public StringBinding subjectProperty() {
        return subject;
    }

    /** Why the figures may not be taken for those of what is open; "" where they are. */
    public StringBinding staleNoteProperty() {
        return staleNote;
    }

    /** Whether the examples were changed since the run shown, whose network and data set are open. */
    public BooleanProperty trainedBeforeProperty() {
        return staleness.trainedBeforeProperty();
    }

    /** Why the network of the run shown cannot be judged by the open data; "" where it can. */
    public StringProperty misfitProperty() {
        return misfit;
    }

    /** Whether the data that were judged by were changed since. */
    public ObservableBooleanValue editedProperty() {
        return edited;
    }

    /** Why nothing can be judged yet; "" where it can. */
    public StringBinding obstacleProperty() {
        return obstacle;
    }

    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty judgingProperty() {
        return judging.getReadOnlyProperty();
    }
}
