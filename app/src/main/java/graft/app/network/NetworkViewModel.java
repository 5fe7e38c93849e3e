package graft.app.network;

import graft.Refusal;
import graft.app.controls.Counts;
import graft.app.controls.Numbers;
import graft.app.jobs.JobRunner;
import graft.app.jobs.Worker;
import graft.app.task.ExampleSet;
import graft.app.train.ChosenNetwork;
import graft.files.Home;
import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.network.HeadShape;
import graft.network.Layer;
import graft.network.Network;
import graft.rewrite.NumberFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The opened network, its padlocks and its preprocessing. Every change but opening a file can be undone. */
public final class NetworkViewModel implements ChosenNetwork {
    private final JobRunner jobs;
    private final NetworkOpening opening;
    private final HeadFitting fitting;
    private final GraphEdits edits;
    private final LayerLooks looks;
    private final Forecast forecast;
    private final PreparationProposal proposal;
    private final ObservableValue<List<String>> classes;
    private final ReadOnlyObjectWrapper<Network> network = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Path> file = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Preprocessing> preprocessing = new SimpleObjectProperty<>();
    private final ObjectProperty<HeadShape> headShape = new SimpleObjectProperty<>(HeadShape.LINEAR);
    private final ReadOnlyBooleanWrapper preprocessingAssumed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper name = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper headline = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper headProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper convertible = new ReadOnlyBooleanWrapper();
    private final ObservableList<String> report = FXCollections.observableArrayList();
    private final ObservableList<Chip> chips = FXCollections.observableArrayList();
    private final History<Choice> history = new History<>();
    private final LayerPadlocks padlocks = new LayerPadlocks(
            () -> this.fitted,
            () -> this.network.get(),
            () -> this.opened == null ? null : this.history.now().padlocks(),
            (deed, now) -> choose(deed, choice -> choice.with(now)));
    private final ObservableValue<ExampleSet> examples;

    private OpenedNetwork opened;
    private OpenedNetwork origin;
    /** With the head for the classes of the data, or for one class; the opened network where no head fits. */
    private Network fitted;

    private boolean restoring;

    /** Of data only their classes are known. */
    public NetworkViewModel(JobRunner jobs, Worker worker, ObservableValue<List<String>> classes) {
        this(jobs, worker, classes, new SimpleObjectProperty<>());
    }

    /**
     * @param classes of the opened data; an empty list while there are none
     * @param examples the opened data; null while there are none
     */
    public NetworkViewModel(
            JobRunner jobs,
            Worker worker,
            ObservableValue<List<String>> classes,
            ObservableValue<ExampleSet> examples) {
        this.jobs = jobs;
        this.examples = examples;
        this.opening = new NetworkOpening(jobs, worker, this::show, problem::set);
        this.fitting = new HeadFitting(jobs);
        this.edits = new GraphEdits(
                jobs,
                worker,
                () -> opened,
                this::adopt,
                problem::set,
                Home.folder().resolve("networks").resolve("edited"));
        this.looks = new LayerLooks(this, jobs, worker);
        this.forecast = new Forecast(this, jobs, worker);
        this.proposal = new PreparationProposal(this, jobs, worker);
        this.classes = classes;
        classes.addListener((observable, before, now) -> {
            if (opened != null && !now.equals(before)) {
                refit();
            }
        });
        headShape.addListener((observable, before, now) -> {
            if (opened != null) {
                refit();
            }
        });
        preprocessing.addListener((observable, before, now) -> {
            if (opened != null && !restoring) {
                choose(Texts.of("network.did.preprocessing"), choice -> choice.withPreprocessing(now));
            }
        });
    }

    // --- opening

    /** Opens a file in the background. A file that cannot be opened leaves the network that is open as it is. */
    public void open(Path path) {
        opening.open(path, Reading.USUAL);
    }

    /** Opens the network's file again as the user says that it is to be read; the padlocks are closed anew. */
    void read(Reading reading) {
        opening.open(file.get(), reading);
    }

    /** Opens a network that is here already. */
    public void open(NetworkCard card) {
        opening.open(card);
    }

    /**
     * Converts a network that is not fp32 and opens the file that comes of it; it lies beside the other installed networks.
     */
    public void convert() {
        opening.convert(file.get());
    }

    private void show(OpenedNetwork result) {
        opened = result;
        origin = result;
        fitted = result.network();
        headProblem.set("");
        problem.set("");
        history.start(Texts.of("network.did.opened", result.name()), Choice.untouched(result));
        describe(result);
        refit();
    }

    private void describe(OpenedNetwork result) {
        chips.setAll(Chip.of(result));
        report.setAll(result.report());
        convertible.set(NumberFormat.hindrance(result.network().model().graph()).isPresent());
    }

    // --- the head

    List<String> classNames() {
        return classes.getValue() == null ? List.of() : classes.getValue();
    }

    /** Makes the head for the present classes and features; the padlocks stay. */
    private void refit() {
        fit(history.now().features(), () -> {});
    }

    /** @param then done before the network is shown, where the head fits */
    private void fit(Optional<String> features, Runnable then) {
        fitting.fit(
                opened,
                features,
                headShape.get(),
                classNames(),
                result -> {
                    fitted = result;
                    headProblem.set("");
                    then.run();
                    refresh();
                    opening.arrived(opened);
                },
                words -> {
                    if (fitted == opened.network()) {
                        headProblem.set(words);
                        refresh();
                    }
                    opening.arrived(opened);
                    if (!words.isEmpty()) {
                        problem.set(words);
                    }
                });
    }

    /** What the new head has before its last layer. */
    public ObjectProperty<HeadShape> headShapeProperty() {
        return headShape;
    }

    /** The user's choice of the tensor that the head stands on; empty = the input of the old classifier. */
    @Override
    public Optional<String> features() {
        return opened == null ? Optional.empty() : history.now().features();
    }

    /** The tensor that the head stands on, chosen or found. */
    public Optional<String> featureTensor() {
        return opened == null ? Optional.empty() : Optional.of(opened.features(features()));
    }

    /** Puts the head on another tensor; empty = the input of the old classifier. A tensor that does not do is refused. */
    public void chooseFeatures(Optional<String> tensor) {
        if (opened != null && !tensor.equals(features())) {
            String deed = tensor.isPresent()
                    ? Texts.of("network.did.features", tensor.get())
                    : Texts.of("network.did.features.found");
            fit(tensor, () -> history.push(deed, history.now().withFeatures(tensor)));
        }
    }

    // --- padlocks

    public LayerPadlocks padlocks() {
        return padlocks;
    }

    // --- rates

    /** At how many times the run's rate layers learn; nothing is said of those at the full rate. */
    Rates rates() {
        return opened == null ? Rates.ALIKE : history.now().rates();
    }

    /** Lets layers learn at {@code factor} times the run's rate. */
    void setRate(List<Layer> layers, double factor) {
        String name = layers.size() == 1
                ? layers.get(0).name()
                : Texts.of(
                        "network.did.range",
                        layers.get(0).name(),
                        layers.get(layers.size() - 1).name());
        choose(
                Texts.of("network.did.rate", name, Numbers.local(Rates.number(factor))),
                choice -> choice.with(choice.rates().with(layers, factor)));
    }

    @Override
    public String rateFactors() {
        return network.get() == null ? "" : rates().spec(network.get());
    }

    // --- the graph

    public GraphEdits edits() {
        return edits;
    }

    private void adopt(String deed, OpenedNetwork edited) {
        history.push(deed, history.now().on(edited));
        turnTo(edited);
    }

    /** What was shown stays until the head stands on the other graph. */
    private void turnTo(OpenedNetwork edited) {
        opened = edited;
        fitted = edited.network();
        describe(edited);
        refit();
    }

    @Override
    public String trainableSpec() {
        return padlocks.spec();
    }

    /** Sets the padlocks as {@code spec} says; a spec that names no layer of the network becomes the problem shown. */
    @Override
    public void apply(String spec) {
        try {
            padlocks.apply(spec);
        } catch (Refusal e) {
            problem.set(e.getMessage());
        }
    }

    // --- history

    private void choose(String deed, UnaryOperator<Choice> change) {
        if (opened != null) {
            problem.set("");
            history.push(deed, change.apply(history.now()));
            refresh();
        }
    }

    public void undo() {
        restore(history::undo);
    }

    public void redo() {
        restore(history::redo);
    }

    /** Goes to one of {@link #deeds}. */
    void goTo(int number) {
        restore(() -> history.goTo(number));
    }

    private void restore(Runnable move) {
        if (opened == null) {
            return;
        }
        Optional<String> features = history.now().features();
        move.run();
        if (opened != history.now().opened()) {
            turnTo(history.now().opened());
        } else if (features.equals(history.now().features())) {
            refresh();
        } else {
            refit();
        }
    }

    /** What the user did, the oldest first. */
    ObservableList<String> deeds() {
        return history.deeds();
    }

    /** Number of the present state among {@link #deeds}. */
    ReadOnlyIntegerProperty presentProperty() {
        return history.presentProperty();
    }

    public ReadOnlyBooleanProperty undoableProperty() {
        return history.undoableProperty();
    }

    public ReadOnlyBooleanProperty redoableProperty() {
        return history.redoableProperty();
    }

    /** Brings all properties to the present choice. */
    private void refresh() {
        Choice choice = history.now();
        restoring = true;
        preprocessing.set(choice.preprocessing());
        restoring = false;
        preprocessingAssumed.set(choice.assumed() && choice.preprocessing() != null);
        Network learning = choice.padlocks().on(fitted);
        if (classNames().isEmpty() && learning.head().isPresent()) {
            // Of the body alone: the old classifier may have the names of the new head.
            Set<String> names = learning.body().stream()
                    .flatMap(layer -> layer.weights().stream())
                    .filter(learning.trainable()::contains)
                    .collect(Collectors.toSet());
            learning = opened.network().withTrainable(names);
        }
        file.set(opened.file());
        name.set(opened.name());
        headline.set(Texts.of("network.headline", opened.name(), Counts.rounded(learning.parameters())));
        // The last: who listens may choose what learns, which brings all of this to another choice.
        network.set(learning);
    }

    // --- what is known

    /** The network as it would be trained, with the head for the data's classes once there are any; null = none. */
    @Override
    public ReadOnlyObjectProperty<Network> networkProperty() {
        return network.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyObjectProperty<Path> fileProperty() {
        return file.getReadOnlyProperty();
    }

    @Override
    public Path openedFile() {
        return origin == null ? null : origin.file();
    }

    @Override
    public ReadOnlyStringProperty headProblemProperty() {
        return headProblem.getReadOnlyProperty();
    }

    /** Found in the file, assumed, or set by the user; null = unknown. */
    @Override
    public ObjectProperty<Preprocessing> preprocessingProperty() {
        return preprocessing;
    }

    /** Whether the preprocessing is neither from the file nor from the user. */
    public ReadOnlyBooleanProperty preprocessingAssumedProperty() {
        return preprocessingAssumed.getReadOnlyProperty();
    }

    /** The network's input as pictures see it; empty where nothing is open. */
    @Override
    public Optional<PictureInput> input() {
        return opened == null ? Optional.empty() : opened.input();
    }

    @Override
    public Reading reading() {
        return opened == null ? Reading.USUAL : opened.reading();
    }

    /** "mobilenetv2-0.35"; empty where nothing is open. */
    ReadOnlyStringProperty nameProperty() {
        return name.getReadOnlyProperty();
    }

    /** "mobilenetv2-0.35 · 2 562 learn"; empty where nothing is open. */
    public ReadOnlyStringProperty headlineProperty() {
        return headline.getReadOnlyProperty();
    }

    /** What last went wrong, for the user; empty where nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    public void dismissProblem() {
        problem.set("");
    }

    /** Says what is wrong with what was dropped. */
    void refuse(String words) {
        problem.set(Objects.requireNonNull(words));
    }

    /** Whether the network must be converted to fp32 before it can learn. */
    public ReadOnlyBooleanProperty convertibleProperty() {
        return convertible.getReadOnlyProperty();
    }

    /** Name of the file that is being opened; empty where none is. */
    public ReadOnlyStringProperty openingProperty() {
        return opening.titleProperty();
    }

    /** What was understood of the file, one fact a line. */
    public ObservableList<String> report() {
        return report;
    }

    /** The same in a few words each. */
    ObservableList<Chip> chips() {
        return chips;
    }

    /** How many examples are open; 0 where none are. */
    long exampleCount() {
        ExampleSet open = examples.getValue();
        return open == null ? 0 : open.train() + open.val();
    }

    /** How many examples there are to learn from; 0 where none are open. */
    long trainCount() {
        return examples.getValue() == null ? 0 : examples.getValue().train();
    }

    /** The opened data; null while there are none. */
    ObservableValue<ExampleSet> examples() {
        return examples;
    }

    /** Tensors that the head can stand on, the topmost first. */
    public List<String> featureChoices() {
        return opened == null ? List.of() : opened.featureChoices();
    }

    /** Shape of a tensor for one example, batch axis first, where it is known. */
    public Optional<long[]> shape(String tensor) {
        return opened == null || network.get() == null ? Optional.empty() : opened.shape(tensor, network.get());
    }

    OpenedNetwork opened() {
        return opened;
    }

    /** What was opened, before its graph was edited; null = none. */
    OpenedNetwork origin() {
        return origin;
    }

    PreparationProposal proposal() {
        return proposal;
    }

    Forecast forecast() {
        return forecast;
    }

    LayerLooks looks() {
        return looks;
    }

    JobRunner jobs() {
        return jobs;
    }
}
