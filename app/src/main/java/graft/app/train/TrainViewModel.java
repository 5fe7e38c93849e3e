package graft.app.train;

import graft.app.jobs.ChildProcess;
import graft.app.task.ExampleSet;
import graft.image.PictureInput;
import graft.network.Network;
import graft.rewrite.NumberFormat;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import java.nio.file.Path;
import java.text.MessageFormat;
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
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;

/** Starts runs, steers the one under way, and knows what came of it. */
public final class TrainViewModel {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("graft.app.train");

    private final ChosenNetwork network;
    private final ObservableValue<ExampleSet> data;
    private final Path project;
    private final RunFollower run;
    private final RunSettings settings = new RunSettings();
    private final ObjectProperty<Recipe> recipe = new SimpleObjectProperty<>(Recipe.FEATURE_EXTRACTION);
    private final StringBinding obstacle;
    private final BooleanBinding current;
    private final StringBinding headline;
    private Path file;
    private boolean applying;

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
                this::findObstacle,
                network.networkProperty(),
                network.headProblemProperty(),
                network.preprocessingProperty(),
                data);
        this.current = Bindings.createBooleanBinding(
                this::isCurrent, run.subjectProperty(), run.stateProperty(), network.fileProperty(), data);
        this.headline = Bindings.createStringBinding(this::sayHeadline, current, run.headlineProperty());
        network.networkProperty().addListener((property, old, now) -> followPadlocks(old, now));
    }

    /** Padlocks set by hand are no longer what a recipe said; another network comes with all of them shut. */
    private void followPadlocks(Network before, Network now) {
        boolean other = !network.fileProperty().getValue().equals(file);
        file = network.fileProperty().getValue();
        if (other) {
            take(Recipe.FEATURE_EXTRACTION);
        } else if (!applying && !learningBody(before).equals(learningBody(now))) {
            take(Recipe.PADLOCKS);
        }
    }

    private static Set<String> learningBody(Network network) {
        return network.body().stream()
                .flatMap(layer -> layer.weights().stream())
                .filter(network.trainable()::contains)
                .collect(Collectors.toSet());
    }

    /** A learning rate that the user changed stays. */
    private void take(Recipe next) {
        Property<Double> rate = settings.property(PlanOptions.LEARNING_RATE);
        if (rate.getValue() == recipe.get().learningRate()) {
            rate.setValue(next.learningRate());
        }
        recipe.set(next);
    }

    private boolean isCurrent() {
        RunSubject subject = run.subjectProperty().get();
        return subject == null
                || run.stateProperty().get().isUnderWay()
                || subject.isOf(
                        network.fileProperty().getValue(),
                        data.getValue() == null ? null : data.getValue().source());
    }

    private String sayHeadline() {
        String words = run.headlineProperty().get();
        return current.get() || words.isEmpty() ? words : text("headline.older", words);
    }

    private String findObstacle() {
        if (data.getValue() == null) {
            return TEXTS.getString("needs.data");
        }
        if (network.networkProperty().getValue() == null) {
            return TEXTS.getString("needs.network");
        }
        if (NumberFormat.hindrance(network.networkProperty().getValue().model().graph())
                .isPresent()) {
            return TEXTS.getString("needs.fp32");
        }
        ExampleSet set = data.getValue();
        if (!set.view()
                .task()
                .reading()
                .feeds(network.networkProperty().getValue().model().graph())) {
            return set.view().text("needs");
        }
        if (!network.headProblemProperty().getValue().isEmpty()) {
            return text("needs.head", network.headProblemProperty().getValue());
        }
        boolean pictures = data.getValue().files().isPresent();
        Optional<PictureInput> input = network.input();
        if (pictures && input.isPresent() && !input.get().mayBePictures()) {
            return text("needs.pictures", input.get().inWords());
        }
        return pictures && network.preprocessingProperty().getValue() == null
                ? TEXTS.getString("needs.preprocessing")
                : "";
    }

    /** Why no run can be started yet; "" where one can. */
    public StringBinding obstacleProperty() {
        return obstacle;
    }

    /** Whether the run shown is of the network and the data that are open; true where none is shown. */
    public ObservableBooleanValue currentProperty() {
        return current;
    }

    /** The state of the run in a few words; says so where it is of another network or other data. */
    public StringBinding headlineProperty() {
        return headline;
    }

    /** Chooses a recipe: sets the padlocks and a good learning rate. */
    public void choose(Recipe chosen) {
        recipe.set(chosen);
        settings.property(PlanOptions.LEARNING_RATE).setValue(chosen.learningRate());
        String spec = network.networkProperty().getValue() == null
                ? null
                : chosen.spec(network.networkProperty().getValue());
        if (spec != null) {
            applying = true;
            network.apply(spec);
            applying = false;
        }
    }

    /** The advanced settings as they were. */
    public void resetSettings() {
        settings.reset(recipe.get());
    }

    /** Starts a run of its own folder; nothing happens while one is under way or something is missing. */
    public void start() {
        if (run.stateProperty().get().isUnderWay() || !obstacle.get().isEmpty()) {
            return;
        }
        run.start(plan(), data.getValue().classNames());
    }

    private FineTuningPlan plan() {
        boolean pictures = data.getValue().files().isPresent();
        return FineTuningPlan.of(
                        network.fileProperty().getValue(), data.getValue().source(), RunFolders.next(project))
                .with(settings.values())
                .with(data.getValue().how())
                .with(PlanOptions.TRAINABLE, network.trainableSpec())
                .with(PlanOptions.FEATURES, network.features())
                .with(PlanOptions.SKIP_UNREADABLE, true) // the Data screen lists what cannot be read
                .withPreprocessing(
                        pictures ? Optional.of(network.preprocessingProperty().getValue()) : Optional.empty())
                .withReading(network.reading());
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

    static String text(String key, Object... values) {
        return MessageFormat.format(TEXTS.getString(key), values);
    }
}
