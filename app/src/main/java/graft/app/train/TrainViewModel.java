package graft.app.train;

import graft.app.controls.Numbers;
import graft.app.jobs.ChildProcess;
import graft.app.jobs.JobRunner;
import graft.app.task.ExampleSet;
import graft.network.Network;
import graft.options.Settings;
import graft.project.RunFolders;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.RateKind;
import graft.run.Stage;
import graft.run.Stages;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
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

    /** Parameters above which all of a network would learn too long for a first try on two cores. */
    private static final long LARGE = 5_000_000;

    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.train");

    private final ChosenNetwork network;
    private final ObservableValue<ExampleSet> data;
    private final Path project;
    private final RunFollower run;
    private final RunSettings settings = new RunSettings();
    private final ObjectProperty<Recipe> recipe = new SimpleObjectProperty<>(Recipe.PROBE);
    private final ReadOnlyObjectWrapper<Timeline> timeline = new ReadOnlyObjectWrapper<>(new Timeline(List.of()));
    private final StringBinding obstacle;
    private final BooleanBinding current;
    private final BooleanBinding ofDataBefore;
    private final StringBinding headline;
    private Path file;
    private Path opened;
    /** The card that was chosen last for each network that was open. */
    private final Map<Path, Recipe> cards = new HashMap<>();

    private boolean applying;
    /** Whether a network was opened for which no recipe is chosen yet. */
    private boolean fresh;
    /** Whether the timeline is the user's own. */
    private boolean own;
    /** What it was before each move of a bar, the last one first. */
    private final Deque<Moved> moves = new ArrayDeque<>();

    private boolean grasped = true;
    /** How a run of the past was set, until its network and its data are open. */
    private FineTuningPlan wanted;

    private final ObservableList<PastRun> overlays = FXCollections.observableArrayList();
    private final RunQueue queue = new RunQueue();
    /** What of the examples has changed since the run shown. */
    private final SimpleStringProperty changedSince = new SimpleStringProperty("");

    /** Name of what is being opened. */
    private final SimpleStringProperty awaited = new SimpleStringProperty("");

    private final NextRun next;
    private final BooleanBinding rising;

    private record Moved(Timeline timeline, boolean own) {}

    public TrainViewModel(
            ChosenNetwork network,
            ObservableValue<ExampleSet> data,
            Path project,
            ChildProcess process,
            LongSupplier nanoClock) {
        this.network = network;
        this.data = data;
        this.project = project;
        this.run = new RunFollower(process, project, nanoClock);
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
        network.networkProperty().addListener((property, old, now) -> {
            followPadlocks(old, now);
            restoreIfOpen();
        });
        data.addListener((property, old, now) -> restoreIfOpen());
        settings.property(PlanOptions.EPOCHS).addListener((property, old, now) -> drawTimeline());
        settings.property(PlanOptions.LEARNING_RATE).addListener((property, old, now) -> drawTimeline());
        settings.reset(recipe.get());
        this.next = new NextRun(this, network, data);
        run.subjectProperty().addListener((property, before, now) -> showChosenRate(before, now));
        recipe.addListener((property, before, now) -> noteCard());
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

    /** Who looks at another network in between finds the card of this one again. */
    private void noteCard() {
        if (opened != null && !fresh) {
            cards.put(opened, recipe.get());
        }
    }

    /** Padlocks set by hand are no longer what a recipe said; another network begins with the best first bet. */
    private void followPadlocks(Network before, Network now) {
        boolean other = !network.openedFile().equals(opened);
        boolean edited = !network.fileProperty().getValue().equals(file);
        opened = network.openedFile();
        file = network.fileProperty().getValue();
        if (other) {
            fresh = true;
        } else if (!edited && !applying && !learningBody(before).equals(learningBody(now))) {
            fresh = false;
            take(Recipe.PADLOCKS);
        }
        // A recipe speaks of the network with its new head, which comes with the data.
        if (fresh && now.head().isPresent() && !applying) {
            fresh = false;
            choose(cards.getOrDefault(opened, now.parameters() > LARGE ? Recipe.FEATURE_EXTRACTION : Recipe.PROBE));
        }
        drawTimeline();
    }

    private static Set<String> learningBody(Network network) {
        return network.body().stream()
                .flatMap(layer -> layer.weights().stream())
                .filter(network.trainable()::contains)
                .collect(Collectors.toSet());
    }

    /** What the user changed stays. */
    private void take(Recipe next) {
        if (settings.rateByTestProperty().get()
                || settings.property(PlanOptions.LEARNING_RATE).getValue()
                        == recipe.get().learningRate()) {
            settings.expect(next.learningRate());
        }
        Property<Integer> epochs = settings.property(PlanOptions.EPOCHS);
        if (epochs.getValue() == recipe.get().epochs()) {
            epochs.setValue(next.epochs());
        }
        recipe.set(next);
    }

    /** What learns, when, by the recipe and the settings, or as the user moved it. */
    public ReadOnlyObjectProperty<Timeline> timelineProperty() {
        return timeline.getReadOnlyProperty();
    }

    /** A bar is taken: what is moved until the next time is taken back at once. */
    public void grasp() {
        grasped = true;
    }

    /** Takes the user's own stages; they stay until recipe, network, epochs or learning rate are others. */
    public void move(Timeline moved) {
        if (grasped) {
            moves.push(new Moved(timeline.get(), own));
            grasped = false;
        }
        takeOwn(moved);
    }

    private void takeOwn(Timeline moved) {
        own = true;
        timeline.set(moved);
    }

    /** Takes the last move of a bar back; false where none is left. */
    public boolean undoMove() {
        if (moves.isEmpty()) {
            return false;
        }
        Moved before = moves.pop();
        grasped = true;
        own = before.own();
        timeline.set(before.timeline());
        return true;
    }

    /** Whether the timeline is the user's own. */
    public boolean isTimelineOwn() {
        return own;
    }

    private void drawTimeline() {
        Network now = network.networkProperty().getValue();
        own = false;
        moves.clear();
        grasped = true;
        if (now == null || applying) {
            timeline.set(new Timeline(now == null ? List.of() : timeline.get().stages()));
            return;
        }
        int epochs = settings.property(PlanOptions.EPOCHS).getValue();
        double rate = settings.property(PlanOptions.LEARNING_RATE).getValue();
        List<Stage> stages = recipe.get().stages(now, epochs, rate);
        timeline.set(new Timeline(
                stages.isEmpty()
                        ? List.of(new Stage(Settings.NONE
                                .with(PlanOptions.TRAINABLE, network.trainableSpec())
                                .with(PlanOptions.EPOCHS, epochs)
                                .with(PlanOptions.LEARNING_RATE, rate)))
                        : stages));
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
        fresh = false;
        take(chosen);
        Network now = network.networkProperty().getValue();
        String spec = now == null ? null : chosen.spec(now);
        if (spec != null) {
            applying = true;
            network.apply(spec);
            applying = false;
        }
        drawTimeline();
    }

    /** The advanced settings as they were. */
    public void resetSettings() {
        settings.reset(recipe.get());
    }

    /** Starts a run in a folder of its own, or lets it wait for the one under way; nothing happens while something is missing. */
    public void start() {
        if (!obstacle.get().isEmpty()) {
            return;
        }
        RunQueue.Waiting wanted = new RunQueue.Waiting(plan(), data.getValue().classNames());
        if (run.stateProperty().get().isUnderWay()) {
            queue.add(wanted);
        } else {
            begin(wanted);
        }
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
     * open; both are opened by whoever calls this.
     */
    public void restore(FineTuningPlan past) {
        wanted = past;
        restoreIfOpen();
    }

    private void restoreIfOpen() {
        if (wanted == null || applying || network.networkProperty().getValue() == null || data.getValue() == null) {
            return;
        }
        FineTuningPlan past = wanted;
        if (!RunSubject.of(past)
                .isOf(network.fileProperty().getValue(), data.getValue().source())) {
            return;
        }
        wanted = null;
        fresh = false;
        applying = true;
        network.apply(past.get(PlanOptions.TRAINABLE));
        settings.take(past.settings());
        // Of several stages the settings say the last one's.
        Recipe followed = Recipe.of(past, network.networkProperty().getValue());
        if (followed.option().isPresent()) {
            settings.expect(followed.rateBehind(past, network.networkProperty().getValue()));
        }
        if (followed.option().isPresent() && past.stages().size() > 1) {
            settings.property(PlanOptions.LR_DECAY).setValue(PlanOptions.LR_DECAY.usual());
        }
        recipe.set(followed);
        applying = false;
        drawTimeline();
        if (past.stages().size() > 1 && !timeline.get().equals(Timeline.of(past))) {
            takeOwn(Timeline.of(past));
        }
    }

    /** What would be run now. */
    FineTuningPlan plan() {
        boolean pictures = data.getValue().files().isPresent();
        return FineTuningPlan.of(
                        network.fileProperty().getValue(), data.getValue().source(), RunFolders.next(project))
                .with(settings.values())
                .with(data.getValue().how())
                .with(whatLearns())
                .with(rate())
                .with(layerRates())
                .with(PlanOptions.FEATURES, network.features())
                .with(PlanOptions.SKIP_UNREADABLE, true) // the Data screen lists what cannot be read
                .withPreprocessing(
                        pictures ? Optional.of(network.preprocessingProperty().getValue()) : Optional.empty())
                .withReading(network.reading());
    }

    /** What the settings say of the rates of layers, and what was set at the layers themselves, which counts more. */
    private Settings layerRates() {
        String ofLayers = network.rateFactors();
        String typed = settings.values().get(PlanOptions.LR_FACTORS);
        return ofLayers.isEmpty()
                ? Settings.NONE
                : Settings.NONE.with(PlanOptions.LR_FACTORS, typed.isBlank() ? ofLayers : typed + "," + ofLayers);
    }

    /** Left to a test where nobody set one; stages of the user's own have the rates that their bars show. */
    private Settings rate() {
        return settings.rateByTestProperty().get() && !own
                ? Settings.NONE.with(PlanOptions.LEARNING_RATE, RateKind.AUTO)
                : Settings.NONE;
    }

    /** A recipe by its name, as long as the user moved nothing: whoever repeats the run by its command reads what it was. */
    private Settings whatLearns() {
        Optional<String> named = recipe.get().option();
        if (own) {
            return Settings.NONE.with(
                    PlanOptions.STAGES, new Stages(timeline.get().stages()));
        }
        return named.isEmpty() || named.get().equals("head")
                ? Settings.NONE.with(PlanOptions.TRAINABLE, network.trainableSpec())
                : Settings.NONE.with(PlanOptions.RECIPE, named);
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
        return recipe;
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
