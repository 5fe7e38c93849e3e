package graft.app.train;

import graft.app.controls.Numbers;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.JobRunner;
import graft.app.task.ExampleSet;
import graft.project.RunFolders;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.RateKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ResourceBundle;
import java.util.function.LongSupplier;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Starts runs, steers the one under way, and knows what came of it. */
public final class TrainViewModel {
    /** As the button beside a curve that still rises says. */
    static final int MORE_EPOCHS = 20;

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.train");

    private final ChosenNetwork network;
    private final ObservableValue<ExampleSet> data;
    private final Path project;
    private final RunFollower run;
    private final RunSettings settings = new RunSettings();
    private final WhatLearns learns;
    private final PlanDraft draft;
    private final StringBinding obstacle;
    private final BooleanBinding current;
    private final BooleanBinding ofDataBefore;
    private final StringBinding headline;
    private final ObservableList<PastRun> overlays = FXCollections.observableArrayList();
    private final RunQueue queue;
    /** What of the examples has changed since the run shown. */
    private final SimpleStringProperty changedSince = new SimpleStringProperty("");

    /** Name of what is being opened. */
    private final SimpleStringProperty awaited = new SimpleStringProperty("");

    private final NextRun next;
    private final BooleanBinding rising;

    public TrainViewModel(
            ChosenNetwork network,
            ObservableValue<ExampleSet> data,
            Path project,
            ChildProcess process,
            LongSupplier nanoClock) {
        this.network = network;
        this.data = data;
        this.project = project;
        this.queue = new RunQueue(project.resolve("queue.json"));
        this.run = new RunFollower(process, project, nanoClock);
        this.learns = new WhatLearns(network, data, settings);
        this.draft = new PlanDraft(network, data, settings, learns);
        this.obstacle = Bindings.createStringBinding(
                () -> Obstacle.of(network, data.getValue(), awaited.get()),
                awaited,
                network.networkProperty(),
                network.headProblemProperty(),
                network.preprocessingProperty(),
                data);
        this.current = Bindings.createBooleanBinding(
                this::isCurrent,
                run.subjectProperty(),
                run.stateProperty(),
                network.fileProperty(),
                data,
                changedSince);
        this.ofDataBefore = Bindings.createBooleanBinding(
                this::isOnlyOfDataBefore, current, run.subjectProperty(), network.fileProperty(), data);
        this.headline = Bindings.createStringBinding(this::sayHeadline, current, ofDataBefore, run.headlineProperty());
        this.rising = Bindings.createBooleanBinding(
                () -> run.stateProperty().get() == RunState.FINISHED
                        && run.canResume()
                        && run.resultProperty().get() != null
                        && Rising.is(
                                run.curves().epochs(),
                                run.resultProperty().get().bestEpoch()),
                run.stateProperty(),
                run.resultProperty());
        this.next = new NextRun(this, network, data);
        run.subjectProperty().addListener((property, before, now) -> showChosenRate(before, now));
        run.stateProperty().addListener((property, old, state) -> {
            if (old.isUnderWay() && !state.isUnderWay()) {
                queue.next().ifPresent(this::begin);
            }
        });
    }

    /** What the test of a run has chosen is what the next one is expected to learn at. */
    private void showChosenRate(RunSubject before, RunSubject now) {
        boolean chosen = before != null
                && now != null
                && RateKind.isAuto(before.learningRate())
                && !RateKind.isAuto(now.learningRate());
        if (chosen && settings.rateByTestProperty().get()) {
            settings.expect(now.learningRate());
        }
    }

    /** What learns, when, by the recipe and the settings, or as the user moved it. */
    public ReadOnlyObjectProperty<Timeline> timelineProperty() {
        return learns.timelineProperty();
    }

    /** A bar is taken: what is moved until the next time is taken back at once. */
    public void grasp() {
        learns.grasp();
    }

    /** Takes the user's own stages; they stay until recipe, network, epochs or learning rate are others. */
    public void move(Timeline moved) {
        learns.move(moved);
    }

    /** Takes the last move of a bar back; false where none is left. */
    public boolean undoMove() {
        return learns.undoMove();
    }

    /** Whether the timeline is the user's own. */
    public boolean isTimelineOwn() {
        return learns.isTimelineOwn();
    }

    private boolean isCurrent() {
        RunSubject subject = run.subjectProperty().get();
        return subject == null
                || run.stateProperty().get().isUnderWay()
                || changedSince.get().isEmpty() && isOfOpen(subject);
    }

    private boolean isOfOpen(RunSubject subject) {
        return subject.isOf(
                network.fileProperty().getValue(),
                data.getValue() == null ? null : data.getValue().source());
    }

    private boolean isOnlyOfDataBefore() {
        RunSubject subject = run.subjectProperty().get();
        return subject != null && !current.get() && isOfOpen(subject);
    }

    /** What the chosen augmentation makes of a picture. */
    public AugmentationPreview preview(JobRunner jobs) {
        return new AugmentationPreview(jobs, settings, data, network.preprocessingProperty());
    }

    /** What of the examples has changed since the run shown, in words; "" where nothing has. */
    public StringProperty changedSinceProperty() {
        return changedSince;
    }

    /** Name of what is being opened; nothing is trained while it is not "". */
    public StringProperty awaitedProperty() {
        return awaited;
    }

    /** What would be trained if Train were pressed. */
    public NextRun next() {
        return next;
    }

    private String sayHeadline() {
        String words = run.headlineProperty().get();
        return current.get() || words.isEmpty()
                ? words
                : text(ofDataBefore.get() ? "headline.before" : "headline.older", words);
    }

    /** Whether there is no learning rate to look for: no step is taken, or the recipe is chosen with the run. */
    BooleanBinding withoutRateProperty() {
        return Bindings.createBooleanBinding(
                () -> recipeProperty().get().isAtOnce()
                        || !recipeProperty().get().isKnown(),
                recipeProperty());
    }

    /** Why no run can be started yet; "" where one can. */
    public StringBinding obstacleProperty() {
        return obstacle;
    }

    /** Whether the run shown is of the network and the data that are open; true where none is shown. */
    public ObservableBooleanValue currentProperty() {
        return current;
    }

    /** Whether the run shown is of the network and the data set that are open, whose examples were changed since. */
    public ObservableBooleanValue ofDataBeforeProperty() {
        return ofDataBefore;
    }

    /** The state of the run in a few words; says so where it is of another network or other data. */
    public StringBinding headlineProperty() {
        return headline;
    }

    /** Chooses a recipe: sets the padlocks to what learns in the end, a good learning rate and a good length. */
    public void choose(Recipe chosen) {
        learns.choose(chosen);
    }

    /** The advanced settings as they were. */
    public void resetSettings() {
        settings.reset(learns.recipeProperty().get());
    }

    /** Starts a run in a folder of its own, or lets it wait for the one under way; nothing happens while something is missing. */
    public void start() {
        if (!obstacle.get().isEmpty()) {
            return;
        }
        enqueue(new RunQueue.Waiting(plan(), data.getValue().classNames()));
    }

    private void enqueue(RunQueue.Waiting wanted) {
        if (run.stateProperty().get().isUnderWay()) {
            queue.add(wanted);
        } else {
            begin(wanted);
        }
    }

    /**
     * Trains a new head for what the run shown has exported, on what the examples have become; recipe and settings stay as they
     * are. Where no run is shown, a head for the open network.
     */
    public void retrainHead() {
        if (!obstacle.get().isEmpty()) {
            return;
        }
        FineTuningPlan now = plan();
        FineTuningResult result = run.resultProperty().get();
        FineTuningPlan ran = run.plan().orElse(now);
        Path trained = result == null || !Files.exists(result.network()) ? now.network() : result.network();
        enqueue(new RunQueue.Waiting(
                HeadAgain.plan(now, ran, trained), data.getValue().classNames()));
    }

    /** Tries again at a tenth of the learning rate. */
    void startSlower() {
        Property<Double> rate = settings.property(PlanOptions.LEARNING_RATE);
        rate.setValue(rate.getValue() / 10);
        start();
    }

    private void begin(RunQueue.Waiting wanted) {
        run.start(wanted.plan().withOut(RunFolders.next(project)), wanted.classes());
    }

    /** Runs that wait for the one under way. */
    public RunQueue queue() {
        return queue;
    }

    /** Lays the curves of a run below those of the one shown; false where it is that one. */
    public boolean lay(PastRun past) {
        if (past.folder().equals(run.folder())) {
            return false;
        }
        overlays.removeIf(other -> other.folder().equals(past.folder()));
        overlays.add(past);
        return true;
    }

    /** Other runs whose curves lie below those of the run shown. */
    public ObservableList<PastRun> overlays() {
        return overlays;
    }

    /** Whether the run shown ended while it was still getting better. */
    public BooleanBinding risingProperty() {
        return rising;
    }

    /** Goes on with the run shown for some epochs more than were planned. */
    public void trainMore() {
        if (rising.get()) {
            run.goOnFor(MORE_EPOCHS);
        }
    }

    /**
     * Sets everything as it was for a run of the past: recipe, padlocks and settings, as soon as its network and its data are
     * open; both are opened by whoever calls this. Where its data are gone, as soon as its network is.
     */
    public void restore(FineTuningPlan past) {
        learns.restore(past);
    }

    /** What would be run now. */
    FineTuningPlan plan() {
        return draft.into(RunFolders.next(project));
    }

    /** The data that are open; null while there are none. */
    ObservableValue<ExampleSet> examples() {
        return data;
    }

    /** The run under way, or the last one. */
    public RunFollower run() {
        return run;
    }

    public RunSettings settings() {
        return settings;
    }

    public ObjectProperty<Recipe> recipeProperty() {
        return learns.recipeProperty();
    }

    /** The exported file of the last finished run. */
    public ObservableValue<Path> resultFileProperty() {
        return run.resultProperty().map(FineTuningResult::network);
    }

    static boolean has(String key) {
        return TEXTS.containsKey(key);
    }

    static String text(String key, Object... values) {
        return Numbers.message(TEXTS.getString(key), values);
    }
}
